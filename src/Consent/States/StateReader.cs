// Puts together what a decision may rest on.
using System.Collections.Immutable;
using Sisote.Consent.Agreements;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.Consent.Minors;
using Sisote.Consent.Relationships;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.States;

/// <summary>Reads the states of clients as of one moment.</summary>
internal sealed class StateReader(Database database, ClientStore clients, MinorRecordStore minors, ClientKeys keys)
{
    /// <summary>The states of persons and keys, in this order. Writes nothing.</summary>
    public async Task<ClientStateAnswer> ReadAsync(IReadOnlyList<Hetu> identifiers, IReadOnlyList<ClientId> known, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);

        // INVARIANT: revisions are read no later than what they cover; a state that changes in between is then stale at the append, never wrongly current.
        var agreementsRevision = await LogTransaction.ReadAgreementsRevisionAsync(session, cancellation);
        var agreements = (await AgreementStore.AllAsync(session, cancellation)).ToImmutableArray();
        var rows = ImmutableArray.CreateBuilder<ClientStateRow>();
        foreach (var (asked, named) in identifiers.Select(hetu => (keys.KeyOf(hetu), (Hetu?)hetu)).Concat(known.Select(static client => (client, (Hetu?)null))))
        {
            var own = await clients.FindAsync(session, asked, cancellation);
            var client = own?.MergedInto ?? asked;
            var row = client == asked ? own : await clients.FindAsync(session, client, cancellation);
            var identifier = client == asked ? named : null; // whoever asks by an identity that was merged goes on with the surviving one
            var who = identifier ?? row?.Identifier;
            var relationships = (await RelationshipStore.OfClientAsync(session, client, cancellation)).Select(static kept => kept.Relationship).ToImmutableArray();
            rows.Add(new ClientStateRow
            {
                Identifier = who?.Reveal(),
                AskedAs = client == asked ? null : asked,
                CommitmentKey = keys.CommitmentKeyOf(client),
                State = new ConsentState
                {
                    Client = client,
                    Revision = row?.Revision ?? 0,
                    AgreementsRevision = agreementsRevision,
                    Consents = [.. await NewestConsentsAsync(session, client, relationships, cancellation)],
                    Relationships = relationships,
                    Agreements = agreements,
                    Facts = await minors.OverAsync(session, client, WithBirthDate(row?.Facts ?? new ClientFacts(), who), cancellation),
                },
            });
        }

        return new ClientStateAnswer { States = rows.ToImmutable() };
    }

    /// <summary>The state of a client where it is another than the one held. To find that it is the same takes two short questions, whatever is on record.</summary>
    public async Task<ClientStateRefreshed> RefreshAsync(ClientStateRefresh held, CancellationToken cancellation) =>
        new() { Changed = await IsCurrentAsync(held, cancellation) ? null : (await ReadAsync([], [held.Client], cancellation)).States[0] };

    private async Task<bool> IsCurrentAsync(ClientStateRefresh held, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var agreementsRevision = await LogTransaction.ReadAgreementsRevisionAsync(session, cancellation);
        var mark = (await ClientStore.MarksAsync(session, [held.Client], cancellation)).GetValueOrDefault(held.Client);
        return mark.MergedInto is null && held.Revision == mark.Revision && held.AgreementsRevision == agreementsRevision && (held.KnowsIdentifier || !mark.IsIdentified);
    }

    private static async Task<IEnumerable<ConsentRecord>> NewestConsentsAsync(Session session, ClientId client, ImmutableArray<Relationship> relationships, CancellationToken cancellation) =>
        (await ConsentStore.AllAsync(session, client, cancellation)).GroupBy(static version => version.Record.Id).Select(versions => CaseBound.Apply(versions.Last(), relationships).Record);

    private static ClientFacts WithBirthDate(ClientFacts facts, Hetu? identifier) =>
        facts.BirthDate is null && identifier is { } hetu ? facts with { BirthDate = hetu.BirthDate } : facts;
}
