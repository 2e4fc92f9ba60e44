// How a consent looks to the one who gave it.
using Sisote.Doors.Consent;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Shows versions of a consent as one, with its history.</summary>
internal static class ConsentViews
{
    /// <summary>The newest of the versions (oldest first) with its status as of now, and what happened before.</summary>
    public static MyConsent Show(IReadOnlyList<ConsentVersion> versions, IReadOnlyCollection<Relationship> relationships, IReadOnlyDictionary<string, long> indexes, DateTimeOffset now)
    {
        var newest = Now(versions[^1], relationships, now);
        return new MyConsent
        {
            Consent = newest.Record,
            TextLanguage = newest.TextLanguage,
            TextVersion = newest.TextVersion,
            How = newest.How,
            Evidence = newest.Evidence == new ConsentEvidence() ? null : newest.Evidence,
            History = [.. versions.Select((version, place) => new ConsentEvent
            {
                Version = version.Record.Version,
                What = version.What,
                Status = place == versions.Count - 1 ? newest.Record.Status : After(version, versions[place + 1]),
                At = version.At,
                Items = version.Record.Items,
                To = version.Record.To,
                Index = indexes[version.EntryId],
            })],
        };
    }

    /// <summary>The newest version as it stands now: past its end, or the end of its case, it reads expired.</summary>
    public static ConsentVersion Now(ConsentVersion newest, IReadOnlyCollection<Relationship> relationships, DateTimeOffset now)
    {
        var bound = CaseBound.Apply(newest, relationships);
        return bound.Record.Status == ConsentStatus.Active && bound.Record.To < now ? bound with { Record = bound.Record with { Status = ConsentStatus.Expired } } : bound;
    }

    /// <summary>How a version stands that a newer one followed.</summary>
    private static ConsentStatus After(ConsentVersion version, ConsentVersion next) => next.What switch
    {
        ConsentVersion.Changed => ConsentStatus.Superseded,
        _ when version.Record.Status != ConsentStatus.Active => version.Record.Status,
        _ => next.Record.Status,
    };
}
