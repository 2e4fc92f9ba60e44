// How a consent looks to the one who gave it.
using Sisote.Doors.Consent;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Shows versions of a consent as one, with its history.</summary>
internal static class ConsentViews
{
    /// <summary>The newest of the versions (oldest first), with its status as of now, and what happened before.</summary>
    public static MyConsent Show(IReadOnlyList<ConsentVersion> versions, IReadOnlyDictionary<string, long> indexes, DateTimeOffset now)
    {
        var newest = versions[^1];
        var isPast = newest.Record.Status == ConsentStatus.Active && newest.Record.To < now;
        return new MyConsent
        {
            Consent = isPast ? newest.Record with { Status = ConsentStatus.Expired } : newest.Record,
            TextLanguage = newest.TextLanguage,
            TextVersion = newest.TextVersion,
            How = newest.How,
            History = [.. versions.Select(version => new ConsentEvent
            {
                Version = version.Record.Version,
                What = version.What,
                At = version.At,
                Items = version.Record.Items,
                To = version.Record.To,
                Index = indexes[version.EntryId],
            })],
        };
    }
}
