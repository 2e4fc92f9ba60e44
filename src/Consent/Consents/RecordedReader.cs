// Reads what an organisation recorded, for those of its roles whose business it is.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>A consent as its recorder sees it, and whose it is.</summary>
internal sealed record OwnConsent(ClientId Client, RecordedConsent Shown);

/// <summary>A page of them; <paramref name="Next"/> is null on the last.</summary>
internal sealed record OwnConsents(ImmutableArray<OwnConsent> Consents, string? Next);

/// <summary>INVARIANT: what one register of an organisation recorded is not shown to the roles of another; whoever could not have recorded a consent does not learn that it is there.</summary>
internal sealed class RecordedReader(Database database, ClientKeys keys, ConsentScope scope, TimeProvider clock)
{
    private const int PageSize = 100;
    private const string Highest = "g"; // behind every hexadecimal digit

    /// <summary>Consents after one, newest first.</summary>
    public async Task<OwnConsents> PageAsync(Recorder recorder, string? after, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var found = new List<IReadOnlyList<ConsentVersion>>();
        for (var last = after ?? Highest; last is not null && found.Count <= PageSize;)
        {
            var batch = ByConsent(await ConsentStore.RecordedAsync(session, recorder.Organisation, last, PageSize, cancellation));
            found.AddRange(Handled(batch, recorder));
            last = batch.Count == PageSize ? batch[^1][0].Record.Id : null;
        }

        var page = found.Take(PageSize).ToList();
        return new OwnConsents(await ShowAsync(session, recorder, page, cancellation), found.Count > PageSize ? page[^1][0].Record.Id : null);
    }

    /// <summary>All of them.</summary>
    public async Task<IReadOnlyList<OwnConsent>> AllAsync(Recorder recorder, CancellationToken cancellation)
    {
        var all = new List<OwnConsent>();
        string? after = null;
        do
        {
            var page = await PageAsync(recorder, after, cancellation);
            all.AddRange(page.Consents);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    /// <summary>Those of one client, by any of the identities of it.</summary>
    public async Task<ImmutableArray<OwnConsent>> OfClientAsync(Recorder recorder, ClientId client, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var whose = await Identities.StandsForAsync(session, client, cancellation);
        var recorded = ByConsent(await ConsentStore.RecordedAsync(session, recorder.Organisation, whose, cancellation));
        return await ShowAsync(session, recorder, [.. Handled(recorded, recorder)], cancellation);
    }

    private static List<List<ConsentVersion>> ByConsent(IEnumerable<ConsentVersion> versions) => [.. versions.GroupBy(static version => version.Record.Id).Select(static group => group.ToList())];

    private IEnumerable<IReadOnlyList<ConsentVersion>> Handled(List<List<ConsentVersion>> consents, Recorder recorder) => consents
        .Where(versions => scope.IsHandledBy(ConsentVersion.LastFor(recorder.Organisation, versions), recorder))
        .Select(versions => ConsentVersion.For(recorder.Organisation, versions));

    private async Task<ImmutableArray<OwnConsent>> ShowAsync(Session session, Recorder recorder, List<IReadOnlyList<ConsentVersion>> page, CancellationToken cancellation)
    {
        var indexes = await ConsentEndpoints.IndexesAsync(session, page.SelectMany(static versions => versions), cancellation);
        var cases = new Dictionary<ClientId, List<Relationship>>();
        foreach (var client in page.Where(static versions => versions[^1].Evidence.Case is not null).Select(static versions => versions[0].Client).Distinct())
        {
            cases[client] = await ConsentAnswers.RelationshipsAsync(session, client);
        }

        return [.. page.Select(versions => new OwnConsent(versions[0].Client, new RecordedConsent
        {
            ClientMark = keys.MarkOf(versions[0].Client, recorder.Organisation),
            Consent = ConsentViews.Show(versions, cases.GetValueOrDefault(versions[0].Client) ?? [], indexes, clock.GetUtcNow()),
            RecordedBy = versions[^1].RecordedBy,
        }))];
    }
}
