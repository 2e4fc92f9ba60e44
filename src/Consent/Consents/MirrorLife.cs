// What another register says of a client's permissions and prohibitions is taken over.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Clients.Merging;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>A register's telling of one client, in one call.</summary>
internal sealed record MirrorTelling(MirrorConsents Message, Hetu Identifier, LogParty From, string CorrelationId);

/// <summary>Takes over a register's state of one client in one transaction: the next disclosure is decided on all of it or on nothing of it.</summary>
internal sealed class MirrorLife(ClientKeys keys, ClientStore clients, LogWriter writer, ConsentScope scope, FormRules rules)
{
    private const string NoText = "-";

    /// <summary>Takes it over; null where a newer state of that register stands already.</summary>
    public Task<ConsentsMirrored?> TakeOverAsync(MirrorTelling telling)
    {
        var client = keys.KeyOf(telling.Identifier);
        return writer.WriteAsync(new LogWork<ConsentsMirrored?>(transaction => TakeOverAsync(transaction, client, telling)) { Clients = [client] });
    }

    private async Task<ConsentsMirrored?> TakeOverAsync(LogTransaction transaction, ClientId identity, MirrorTelling telling)
    {
        var asOf = CanonicalTime.Cut(telling.Message.AsOf);
        var last = await LastAsync(transaction.Session, identity, telling.Message.Source);
        if (last > asOf)
        {
            return null;
        }

        var client = await transaction.StandsForAsync(identity, CancellationToken.None);
        await clients.EnsureAsync(transaction.Session, identity, telling.Identifier, CancellationToken.None);
        var all = (await ConsentStore.AllAsync(transaction.Session, client, CancellationToken.None)).GroupBy(static version => version.Record.Id).Select(static versions => versions.Last()).ToDictionary(static version => version.Record.Id);
        var identities = await ConsentPlaces.IdentitiesAsync(transaction.Session, client, CancellationToken.None);

        // INVARIANT: what a register tells of one identity ends nothing that it told of another identity of the same person.
        ClientId? under = identity == client ? null : identity;
        var kept = all.Values.Where(version => version.Evidence.Source == telling.Message.Source && identities[version.Record.Id] == under).ToDictionary(static version => MergeRules.BaseOf(version.Record.Id));
        var told = telling.Message.Consents.ToDictionary(consent => $"{telling.Message.Source}:{consent.Id}");
        string IdOf(string name) => kept.GetValueOrDefault(name)?.Record.Id ?? (all.ContainsKey(name) ? MergeRules.Renamed(name, identity) : name);
        var changes = told.Select(pair => Compare(kept.GetValueOrDefault(pair.Key), Make(client, IdOf(pair.Key), pair.Value, telling.Message, transaction.Now) with { Identity = under })).OfType<ConsentVersion>()
            .Concat(kept.Values.Where(version => version.Record.Status == ConsentStatus.Active && !told.ContainsKey(MergeRules.BaseOf(version.Record.Id)))
                .Select(version => version.Next(ConsentVersion.Withdrawn, ConsentStatus.Withdrawn, transaction.Now) with { Evidence = version.Evidence with { SourceTime = asOf } })).ToList();
        if (last == asOf && changes.Exists(static change => !Closes(change)))
        {
            return null;
        }

        foreach (var change in changes)
        {
            await ConsentEntries.AddAsync(transaction, change, telling.From, telling.CorrelationId, scope);
        }

        await PutLastAsync(transaction.Session, identity, telling.Message.Source, asOf);
        return new ConsentsMirrored
        {
            Begun = changes.Count(static change => change.What == ConsentVersion.Given),
            Changed = changes.Count(static change => change.What == ConsentVersion.Changed),
            Withdrawn = changes.Count(static change => change.What == ConsentVersion.Withdrawn),
            Revision = await transaction.RevisionAsync(client, CancellationToken.None),
        };
    }

    /// <summary>Of two messages with the same time nobody knows which was read later: one of them, sent again, may close, and opens nothing.</summary>
    private static bool Closes(ConsentVersion change) => change.Record.Type == ConsentType.Prohibition ? change.What == ConsentVersion.Given : change.What == ConsentVersion.Withdrawn;

    /// <summary>What is new of a told one against what is kept; null where nothing is.</summary>
    private static ConsentVersion? Compare(ConsentVersion? kept, ConsentVersion told)
    {
        if (kept is null)
        {
            return told;
        }

        var next = told with { Record = told.Record with { Version = kept.Record.Version + 1 } };
        return kept.Record.Status != ConsentStatus.Active ? next
            : kept.Record.Items.SequenceEqual(told.Record.Items) && NewVersion.SameSources(kept.Record, told.Record)
                && kept.Record with { Version = 1, Items = [], SourceOrganisations = null } == told.Record with { Items = [], SourceOrganisations = null } ? null
            : next with { What = ConsentVersion.Changed };
    }

    private ConsentVersion Make(ClientId client, string id, MirroredConsent told, MirrorConsents message, DateTimeOffset now) => new()
    {
        Client = client,
        Record = new ConsentRecord
        {
            Id = id,
            Version = 1,
            Form = told.Form,
            Type = rules.Closes(told.Form) ? ConsentType.Prohibition : ConsentType.Permit,
            Status = ConsentStatus.Active,
            Items = [.. told.Items.Distinct().OrderBy(static item => item.Value, StringComparer.Ordinal)],
            AllItems = told.AllItems,
            RecipientSector = told.RecipientSector,
            RecipientRole = told.RecipientRole,
            RecipientOrganisation = told.RecipientOrganisation,
            SourceOrganisations = told.SourceOrganisations is { } sources ? NewVersion.Ordered(sources) : null,
            Purpose = told.Purpose,
            From = CanonicalTime.Cut(told.From),
            To = told.To is { } to ? CanonicalTime.Cut(to) : null,
            GivenBy = told.GivenBy,
        },
        What = ConsentVersion.Given,
        At = now,
        TextLanguage = NoText,
        TextVersion = NoText,
        How = Policy.Catalogues.ConsentWay.Mirrored.ToWord(),
        Evidence = new ConsentEvidence { Source = message.Source, SourceTime = CanonicalTime.Cut(message.AsOf) },
        EntryId = Guid.CreateVersion7().ToString("N"),
    };

    private static async Task<DateTimeOffset?> LastAsync(Session session, ClientId client, string source) =>
        (await session.QueryAsync(
            "SELECT as_of FROM consent_mirror WHERE client = @client AND source = @source", static row => (DateTimeOffset?)row.Time(0), CancellationToken.None, ("client", client.Reveal()), ("source", source))).SingleOrDefault();

    private static Task PutLastAsync(Session session, ClientId client, string source, DateTimeOffset asOf) =>
        session.ExecuteAsync(
            "INSERT INTO consent_mirror (client, source, as_of) VALUES (@client, @source, @as_of) ON CONFLICT (client, source) DO UPDATE SET as_of = @as_of",
            CancellationToken.None,
            ("client", client.Reveal()),
            ("source", source),
            ("as_of", asOf.Column()));
}
