// Under which identifiers the log's entries name one consent.
using Sisote.Consent.Clients;
using Sisote.Consent.Clients.Merging;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary>
/// A merge renames a consent whose identifier the surviving client has too, and the log's entries keep the name that it had. An entry under the prior key that names it so means that one, and not the
/// surviving client's of the same name.
/// </summary>
internal sealed record ConsentNames(string Id, IReadOnlySet<string> Renamed)
{
    /// <summary>The names of a consent of a client.</summary>
    public static async Task<ConsentNames> ReadAsync(Session session, ClientId client, string id, CancellationToken cancellation)
    {
        var prefix = MergeRules.Renamed(id, client)[..(MergeRules.BaseOf(id).Length + 1)];
        var others = await session.QueryAsync(
            "SELECT id FROM consent_place WHERE client = @client AND substr(id, 1, @length) = @prefix",
            static row => row.GetString(0),
            cancellation,
            ("client", (await Identities.StandsForAsync(session, client, cancellation)).Reveal()),
            ("length", prefix.Length),
            ("prefix", prefix));
        return new ConsentNames(id, others.ToHashSet());
    }

    /// <summary>The entry, with this consent alone among those that its items rest on, under its name of today.</summary>
    public LogEntry In(LogEntry entry) => entry with
    {
        Items = [.. entry.Items.Select(item => item with { Consents = [.. item.Consents.Where(reference => IsMeant(entry.Client, reference.Id)).Select(reference => reference with { Id = Id })] })],
    };

    private bool IsMeant(ClientId? key, string name) => (key is { } identity && Renamed.Contains(MergeRules.Renamed(name, identity)) && MergeRules.BaseOf(name) == name ? MergeRules.Renamed(name, identity) : name) == Id;
}
