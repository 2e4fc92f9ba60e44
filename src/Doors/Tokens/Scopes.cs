// What a token may be used for.
namespace Sisote.Doors.Tokens;

/// <summary>OAuth scopes and the audience of Sisote's doors.</summary>
public static class Scopes
{
    /// <summary>The audience of every access token.</summary>
    public const string Audience = "sisote";

    /// <summary>A connected system exchanges data at the gateway.</summary>
    public const string Exchange = "sisote.exchange";

    /// <summary>A room of Sisote calls an inner door.</summary>
    public const string Inner = "sisote.inner";

    /// <summary>A signed-in person acts at the consent service.</summary>
    public const string Person = "sisote.person";
}
