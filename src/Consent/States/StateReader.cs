// Puts together what a decision may rest on.
using System.Collections.Immutable;
using Sisote.Consent.Agreements;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.Consent.Relationships;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.States;

/// <summary>Reads the states of clients as of one moment.</summary>
internal sealed class StateReader(Database database, ClientStore clients, ClientKeys keys)
{
    /// <summary>The states of persons and keys, in this order. Writes nothing.</summary>
    public async Task<ClientStateAnswer> ReadAsync(IReadOnlyList<Hetu> identifiers, IReadOnlyList<ClientId> known, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);

        // INVARIANT: revisions are read no later than what they cover; a state that changes in between is then stale at the append, never wrongly current.
        var agreementsRevision = await LogTransaction.ReadAgreementsRevisionAsync(session, cancellation);
        var agreements = (await AgreementStore.AllAsync(session, cancellation)).ToImmutableArray();
        var rows = ImmutableArray.CreateBuilder<ClientStateRow>();
        foreach (var (client, identifier) in identifiers.Select(hetu => (keys.KeyOf(hetu), (Hetu?)hetu)).Concat(known.Select(static client => (client, (Hetu?)null))))
        {
            var row = await clients.FindAsync(session, client, cancellation);
            var who = identifier ?? row?.Identifier;
            rows.Add(new ClientStateRow
            {
                Identifier = who?.Reveal(),
                CommitmentKey = keys.CommitmentKeyOf(client),
                State = new ConsentState
                {
                    Client = client,
                    Revision = row?.Revision ?? 0,
                    AgreementsRevision = agreementsRevision,
                    Consents = [.. await NewestConsentsAsync(session, client, cancellation)],
                    Relationships = [.. (await RelationshipStore.OfClientAsync(session, client, cancellation)).Select(static kept => kept.Relationship)],
                    Agreements = agreements,
                    Facts = WithBirthDate(row?.Facts ?? new ClientFacts(), who),
                },
            });
        }

        return new ClientStateAnswer { States = rows.ToImmutable() };
    }

    private static async Task<IEnumerable<ConsentRecord>> NewestConsentsAsync(Session session, ClientId client, CancellationToken cancellation) =>
        (await ConsentStore.AllAsync(session, client, cancellation)).GroupBy(static version => version.Record.Id).Select(static versions => versions.Last().Record);

    private static ClientFacts WithBirthDate(ClientFacts facts, Hetu? identifier) =>
        facts.BirthDate is null && identifier is { } hetu ? facts with { BirthDate = hetu.BirthDate } : facts;
}
