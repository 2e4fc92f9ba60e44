// One version of a consent as it is kept.
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>What the client said, when, on which text, and the log entry that tells of it. Never changed once written.</summary>
internal sealed record ConsentVersion
{
    public const string Given = "given";
    public const string Changed = "changed";
    public const string Withdrawn = "withdrawn";

    public required ClientId Client { get; init; }

    public required ConsentRecord Record { get; init; }

    /// <summary>given, changed or withdrawn.</summary>
    public required string What { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string TextLanguage { get; init; }

    public required string TextVersion { get; init; }

    /// <summary>How it was said: signed-in.</summary>
    public required string How { get; init; }

    public required string EntryId { get; init; }

    /// <summary>Whether it opens or closes anything at this instant.</summary>
    public bool IsInForce(DateTimeOffset at) => Record.Status == ConsentStatus.Active && Record.From <= at && (Record.To is null || Record.To >= at);
}
