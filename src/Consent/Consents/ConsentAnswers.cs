// What is answered after a change.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Clients;
using Sisote.Consent.Relationships;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Puts the answers together after the change is durable.</summary>
internal sealed class ConsentAnswers(Database database, ClientKeys keys, WithdrawalEffects effects, NoteSigner signer, TimeProvider clock)
{
    public ClientId KeyOf(Hetu identifier) => keys.KeyOf(identifier);

    /// <summary>201 for a fresh consent, 200 for one that stood already; a problem where it does not stand.</summary>
    public async Task<IResult> GivenAsync(ConsentOutcome outcome)
    {
        if (outcome is not ConsentOutcome.Stands stands)
        {
            return ProblemOf(outcome);
        }

        await using var session = await database.ReadAsync(CancellationToken.None);
        var given = new ConsentGiven
        {
            Consent = await ShowAsync(session, stands.Versions),
            Receipt = stands.Logged.Receipt(signer),
            Index = stands.Logged.Index,
            Alone = stands.Alone,
        };
        return stands.Fresh ? TypedResults.Created((string?)null, given) : TypedResults.Ok(given);
    }

    /// <summary>What the withdrawal did, for who recorded it: of what that organisation gave. What else the client consented to, what the client changed without it, and what others gave, is the client's to know; repeating the
    /// withdrawal tells no more.</summary>
    public async Task<IResult> WithdrawnAsync(ConsentOutcome outcome, OrganisationId recorder)
    {
        if (outcome is not ConsentOutcome.Stands stands)
        {
            return ProblemOf(outcome);
        }

        var (withdrawn, seen) = (stands.Versions[^1], ConsentVersion.LastFor(recorder, stands.Versions));
        await using var session = await database.ReadAsync(CancellationToken.None);
        var given = (await Receipts.ReadAsync(session, withdrawn.Client, withdrawn.Record.Id, CancellationToken.None)).GivenBy(recorder);
        return TypedResults.Ok(new WithdrawalAnswer
        {
            Consent = await ShowAsync(session, ConsentVersion.For(recorder, stands.Versions)),
            At = withdrawn.At,
            Receipt = stands.Logged.Receipt(signer),
            Index = stands.Logged.Index,
            Holders = given.Holders(),
            Stops = [],
            Continues = effects.Continues(seen.Record, []),
            Waiting = given.Waiting(),
            Case = seen.Evidence.Case,
        });
    }

    /// <summary>What the withdrawal did, for the client.</summary>
    public async Task<IResult> WithdrawnAsync(ConsentOutcome outcome)
    {
        if (outcome is not ConsentOutcome.Stands stands)
        {
            return ProblemOf(outcome);
        }

        var withdrawn = stands.Versions[^1];
        await using var session = await database.ReadAsync(CancellationToken.None);
        var relationships = await RelationshipsAsync(session, withdrawn.Client);
        var others = (await ConsentStore.AllAsync(session, withdrawn.Client, CancellationToken.None)).GroupBy(static version => version.Record.Id)
            .Select(versions => ConsentViews.Now(versions.Last(), relationships, clock.GetUtcNow())).Where(version => version.IsInForce(clock.GetUtcNow())).Select(static version => version.Record).ToList();
        var received = await Receipts.ReadAsync(session, withdrawn.Client, withdrawn.Record.Id, CancellationToken.None);
        return TypedResults.Ok(new WithdrawalAnswer
        {
            Consent = await ShowAsync(session, stands.Versions),
            At = withdrawn.At,
            Receipt = stands.Logged.Receipt(signer),
            Index = stands.Logged.Index,
            Holders = received.Holders(),
            Stops = effects.Stops(withdrawn.Record, others),
            Continues = effects.Continues(withdrawn.Record, others),
            Waiting = received.Waiting(),
            Case = withdrawn.Evidence.Case,
        });
    }

    /// <summary>Consents of one client as they stand now, newest change first.</summary>
    public async Task<ImmutableArray<RecordedConsent>> ListAsync(ClientId client, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        client = await Identities.StandsForAsync(session, client, cancellation);
        var versions = await ConsentStore.AllAsync(session, client, cancellation);
        var relationships = await RelationshipsAsync(session, client);
        var indexes = await ConsentEndpoints.IndexesAsync(session, versions, cancellation);
        var consents = versions.GroupBy(static version => version.Record.Id).Select(static group => group.ToList()).OrderByDescending(static group => group[^1].At);
        return [.. consents.Select(group => new RecordedConsent { Consent = ConsentViews.Show(group, relationships, indexes, clock.GetUtcNow()), RecordedBy = group[^1].RecordedBy })];
    }

    /// <summary>Relationships of a client.</summary>
    public static async Task<List<Relationship>> RelationshipsAsync(Session session, ClientId client) =>
        [.. (await RelationshipStore.OfClientAsync(session, await Identities.StandsForAsync(session, client, CancellationToken.None), CancellationToken.None)).Select(static kept => kept.Relationship)];

    /// <summary>The problem of an outcome that does not stand.</summary>
    public static ProblemHttpResult ProblemOf(ConsentOutcome outcome) => outcome switch
    {
        ConsentOutcome.IdTaken => Problems.IdTaken(),
        ConsentOutcome.Absent => Problems.NotFound(),
        ConsentOutcome.NotInForce => Problems.WrongState("Only a consent in force can be changed, and only a draft be given; else give a new one."),
        ConsentOutcome.Refused refused => refused.Problem,
        _ => throw new InvalidOperationException($"{outcome} is no refusal."),
    };

    private async Task<MyConsent> ShowAsync(Session session, IReadOnlyList<ConsentVersion> versions) => ConsentViews.Show(
        versions, await RelationshipsAsync(session, versions[0].Client), await ConsentEndpoints.IndexesAsync(session, versions, CancellationToken.None), clock.GetUtcNow());
}
