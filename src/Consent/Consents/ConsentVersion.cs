// One version of a consent as it is kept.
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>What the client said, when, how, on which text, and the log entry that tells of it. Never changed once written.</summary>
internal sealed record ConsentVersion
{
    public const string Drafted = "drafted";
    public const string Given = "given";
    public const string Changed = "changed";
    public const string Withdrawn = "withdrawn";
    public const string Discarded = "discarded";
    public const string Used = "used";
    public const string Unused = "unused";
    public const string RecipientLeft = "recipient-left";
    public const string Merged = "merged";

    public required ClientId Client { get; init; }

    /// <summary>The identity under which it came where that is not the client's own; said when it is first written, and not read back.</summary>
    public ClientId? Identity { get; init; }

    public required ConsentRecord Record { get; init; }

    /// <summary>drafted, given, changed, withdrawn, discarded, used, unused, recipient-left or merged.</summary>
    public required string What { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string TextLanguage { get; init; }

    public required string TextVersion { get; init; }

    /// <summary>How it was said: a word of <see cref="Policy.Catalogues.ConsentWay"/>.</summary>
    public required string How { get; init; }

    /// <summary>What stands behind it.</summary>
    public ConsentEvidence Evidence { get; init; } = new();

    /// <summary>The professional who recorded it.</summary>
    public ProfessionalId? RecordedBy { get; init; }

    public required string EntryId { get; init; }

    /// <summary>Whether another register keeps it.</summary>
    public bool IsMirrored => Evidence.Source is not null;

    /// <summary>Whether guardians give it and nobody beside them.</summary>
    public bool IsGuardiansOwn => Record.GivenBy is "guardian" or "guardians";

    /// <summary>Whether it opens or closes anything at this instant.</summary>
    public bool IsInForce(DateTimeOffset at) => Record.Status == ConsentStatus.Active && Record.From <= at && (Record.To is null || Record.To >= at);

    /// <summary>The versions up to the last that an organisation recorded; what the client said later without it is told as its end only.</summary>
    public static IReadOnlyList<ConsentVersion> For(OrganisationId organisation, IReadOnlyList<ConsentVersion> versions)
    {
        var last = LastFor(organisation, versions);
        var newest = versions[^1];
        return ReferenceEquals(last, newest) ? versions
            : [.. versions.TakeWhile(version => version != last), last with { Record = last.Record with { Status = newest.Record.Status == ConsentStatus.Withdrawn ? ConsentStatus.Withdrawn : ConsentStatus.Superseded } }];
    }

    /// <summary>The last of the versions that an organisation recorded, of which there is one.</summary>
    public static ConsentVersion LastFor(OrganisationId organisation, IReadOnlyList<ConsentVersion> versions) => versions.Last(version => version.Evidence.RecordedFor == organisation);

    /// <summary>The next version, nothing in it changed but what happened.</summary>
    public ConsentVersion Next(string what, ConsentStatus status, DateTimeOffset at) => this with
    {
        Record = Record with { Version = Record.Version + 1, Status = status },
        What = what,
        At = at,
        EntryId = Guid.CreateVersion7().ToString("N"),
    };
}
