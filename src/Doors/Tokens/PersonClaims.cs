// Claims that the authority puts into a person's token.
namespace Sisote.Doors.Tokens;

/// <summary>Names of the claims of a signed-in person; an outside issuer maps its own claims to these.</summary>
public static class PersonClaims
{
    /// <summary>One of <see cref="PersonKind"/> in kebab case.</summary>
    public const string Kind = "sisote_kind";

    /// <summary>The national identifier, clients only.</summary>
    public const string Hetu = "sisote_hetu";

    /// <summary>Role.</summary>
    public const string Role = "sisote_role";

    /// <summary>Organisation.</summary>
    public const string Organisation = "sisote_organisation";

    /// <summary>Professional's identifier.</summary>
    public const string Professional = "sisote_professional";
}
