// An assertion that has been used.
namespace Sisote.Identity.Storage;

/// <summary>One row per assertion accepted, kept until the assertion itself would be too old.</summary>
internal sealed class UsedAssertion
{
    /// <summary>Hash of client id and <c>jti</c>; the primary key, so that every replica agrees who was first.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>When the row may go, in Unix seconds.</summary>
    public required long EndsAt { get; init; }
}
