// The gateway's entries, each with the state it may rest on.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Relationships;
using Sisote.Consent.Replaying;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Keeping;

/// <summary>What became of one append: <see cref="Logged"/> is set when it is committed, <see cref="Clash"/> when its id belongs to another entry.</summary>
internal sealed record Appended(AppendStatus Status, LoggedEntry? Logged = null, bool Clash = false);

/// <summary>Appends entries if what their decisions used is still current (design.md 2).</summary>
internal sealed class Appending(LogWriter writer, ClientStore clients, InputStore inputs, LegalCatalogue catalogue)
{
    /// <summary>Appends in one transaction; each commits or fails alone.</summary>
    public async Task<ImmutableArray<Appended>> AppendAsync(IReadOnlyList<CheckedAppend> appends)
    {
        var results = await writer.WriteAsync(new LogWork<ImmutableArray<Appended>>(transaction => AppendAllAsync(transaction, appends))
        {
            Clients = [.. appends.Select(static append => append.Item.Entry.Client).OfType<ClientId>().Distinct()],
            EntryIds = [.. appends.Select(static append => append.Item.Entry.Id).Distinct()],
        });
        for (var place = 0; place < results.Length; place++)
        {
            if (results[place].Status == AppendStatus.Committed && appends[place].Item.Entry.Inputs is { } commitment)
            {
                inputs.Remember(commitment);
            }
        }

        return results;
    }

    private async Task<ImmutableArray<Appended>> AppendAllAsync(LogTransaction transaction, IReadOnlyList<CheckedAppend> appends)
    {
        var results = ImmutableArray.CreateBuilder<Appended>(appends.Count);
        foreach (var append in appends)
        {
            results.Add(await AppendOneAsync(transaction, append));
        }

        return results.MoveToImmutable();
    }

    private async Task<Appended> AppendOneAsync(LogTransaction transaction, CheckedAppend append)
    {
        var entry = append.Item.Entry;
        if (await transaction.FindAsync(entry.Id, CancellationToken.None) is { } before)
        {
            // INVARIANT: "committed" is only ever said of this very entry; another one under the same id is no record of this disclosure.
            return append.Sealed.Record.AsSpan().SequenceEqual(before.Record) ? new Appended(AppendStatus.Committed, before) : new Appended(AppendStatus.Stale, Clash: true);
        }

        if (await JudgeAsync(transaction, append.Item) is { } refused)
        {
            return new Appended(refused);
        }

        var begun = append.Item.Begins is { } begins ? await RelationshipStore.FindAsync(transaction.Session, begins.Id, CancellationToken.None) : null;
        if (begun is not null && begun.Client != entry.Client)
        {
            return new Appended(AppendStatus.Stale, Clash: true);
        }

        if (!await inputs.EnsureAsync(transaction.Session, append, transaction.Now))
        {
            return new Appended(AppendStatus.InputsWanted);
        }

        if (append.Identifier is not null || append.Item.Begins is not null)
        {
            await transaction.EnsureAsync(clients, entry.Client!.Value, append.Identifier, CancellationToken.None);
        }

        if (append.Item.Begins is { } beginning && begun is null)
        {
            await BeginAsync(transaction, entry.Client!.Value, beginning);
        }

        return new Appended(AppendStatus.Committed, transaction.Append(entry, append.Sealed));
    }

    /// <summary>INVARIANT: an entry commits only if all that its decision used is still current, and its time has not passed.</summary>
    private async Task<AppendStatus?> JudgeAsync(LogTransaction transaction, AppendItem item) => item.Expect switch
    {
        null => null,
        var expect when expect.Catalogue != catalogue.Version => AppendStatus.Stale,
        var expect when expect.AgreementsRevision != transaction.AgreementsRevision => AppendStatus.Stale,
        var expect when expect.ClientRevision != await CurrentAsync(transaction, item.Entry.Client) => AppendStatus.Stale,
        var expect when expect.HoldsUntil < transaction.Now => AppendStatus.Expired,
        _ => null,
    };

    private static async ValueTask<long> CurrentAsync(LogTransaction transaction, ClientId? client) =>
        client is { } known ? await transaction.RevisionAsync(known, CancellationToken.None) : 0;

    private static async Task BeginAsync(LogTransaction transaction, ClientId client, NewRelationship begins)
    {
        var relationship = new Relationship
        {
            Id = begins.Id,
            Kind = begins.Kind,
            Status = begins.Status,
            FromOrganisation = begins.FromOrganisation,
            ToOrganisation = begins.ToOrganisation,
            Professional = begins.Professional,
            From = transaction.Now,
            To = begins.To,
        };
        await RelationshipStore.AddAsync(transaction.Session, new KeptRelationship(client, relationship), CancellationToken.None);
        await transaction.RaiseAsync(client, CancellationToken.None);
    }
}
