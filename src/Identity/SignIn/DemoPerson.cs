// A person who can be chosen at the demonstration's sign-in page.
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Identity.SignIn;

/// <summary>An invented person of the demonstration.</summary>
public sealed record DemoPerson
{
    /// <summary>Code; becomes the token's subject. Not personal data and never the national identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Name shown on the page and in the identity token.</summary>
    public required string Name { get; init; }

    /// <summary>In which capacity the person signs in.</summary>
    public required PersonKind Kind { get; init; }

    /// <summary>National identifier of a client, a test code.</summary>
    public Hetu? Hetu { get; init; }

    /// <summary>Role of a professional.</summary>
    public RoleId? Role { get; init; }

    /// <summary>Organisation of a professional, officer or administrator.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>Identifier of a professional in the log.</summary>
    public ProfessionalId? Professional { get; init; }

    /// <summary>What is special about the person, shown on the page.</summary>
    public required LocalisedText Remark { get; init; }
}
