// The authority gave no token.
namespace Sisote.Doors.Tokens;

/// <summary>The authority refused a token or could not be asked. Whoever needed it releases nothing.</summary>
public sealed class TokenRefusedException : Exception
{
    /// <summary>The <see cref="Error"/> of an authority that did not answer.</summary>
    public const string Unreachable = "authority_unreachable";

    /// <summary>Makes the exception from the OAuth error code and its description.</summary>
    public TokenRefusedException(string error, string? description, Exception? inner = null)
        : base(description is null ? $"No access token: {error}." : $"No access token: {error} ({description}).", inner) => Error = error;

    /// <summary>OAuth error code (RFC 6749 section 5.2), or what went wrong on the way: authority_unreachable, authority_answer_unreadable, authority_is_another, authority_not_https, no_answer.</summary>
    public string Error { get; }
}
