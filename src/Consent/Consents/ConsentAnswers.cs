// What a client reads after a change.
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary>Puts the answers together after the change is durable.</summary>
internal sealed class ConsentAnswers(Database database, ClientKeys keys, WithdrawalEffects effects, NoteSigner signer, TimeProvider clock)
{
    public ClientId KeyOf(Hetu identifier) => keys.KeyOf(identifier);

    /// <summary>201 for a fresh consent, 200 for one that stood already.</summary>
    public async Task<IResult> GivenAsync(ConsentOutcome.Stands stands)
    {
        await using var session = await database.ReadAsync(CancellationToken.None);
        var given = new ConsentGiven { Consent = await ShowAsync(session, stands.Versions), Receipt = stands.Logged.Receipt(signer), Index = stands.Logged.Index };
        return stands.Fresh ? TypedResults.Created((string?)null, given) : TypedResults.Ok(given);
    }

    public async Task<WithdrawalAnswer> WithdrawnAsync(ConsentOutcome.Stands stands)
    {
        var withdrawn = stands.Versions[^1];
        await using var session = await database.ReadAsync(CancellationToken.None);
        var others = (await ConsentStore.AllAsync(session, withdrawn.Client, CancellationToken.None)).GroupBy(static version => version.Record.Id)
            .Select(static versions => versions.Last()).Where(version => version.IsInForce(clock.GetUtcNow())).Select(static version => version.Record).ToList();
        return new WithdrawalAnswer
        {
            Consent = await ShowAsync(session, stands.Versions),
            At = withdrawn.At,
            Receipt = stands.Logged.Receipt(signer),
            Index = stands.Logged.Index,
            Holders = await WithdrawalEffects.HoldersAsync(session, withdrawn.Client, withdrawn.Record.Id, CancellationToken.None),
            Stops = effects.Stops(withdrawn.Record, others),
            Continues = effects.Continues(withdrawn.Record, others),
        };
    }

    private async Task<MyConsent> ShowAsync(Session session, IReadOnlyList<ConsentVersion> versions) =>
        ConsentViews.Show(versions, await ConsentEndpoints.IndexesAsync(session, versions, CancellationToken.None), clock.GetUtcNow());
}
