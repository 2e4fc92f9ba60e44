// Why there is no answer.
namespace Sisote.Client;

/// <summary>A refusal or fault by its permanent name; never anything about a client.</summary>
/// <param name="Status">HTTP status; 0 = nobody answered.</param>
/// <param name="Name">The name in docs/problems.md, the authority's OAuth error, or one of <see cref="Unreachable"/> and <see cref="Unreadable"/>.</param>
/// <param name="Text">A sentence for people; it may change.</param>
/// <param name="At">The element or member concerned; null = none.</param>
/// <param name="RequestId">By what the operator finds the call (<c>X-Request-Id</c>); null = the call did not arrive.</param>
public sealed record Problem(int Status, string Name, string Text, string? At = null, string? RequestId = null)
{
    /// <summary>Nobody answered.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>What came is not the gateway's, or cannot be read in one way.</summary>
    public const string Unreadable = "answer-unreadable";
}
