// Record, receipt, release: in this order.
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Searching;

namespace Sisote.Gateway.Release;

/// <summary>What may now leave about one client, or why nothing may.</summary>
internal abstract record ClientRelease
{
    private ClientRelease()
    {
    }

    /// <summary>On record; <paramref name="Receipt"/> is null where nothing was found to release, <paramref name="Next"/> where nothing follows.</summary>
    internal sealed record Recorded(ClientDraft Draft, string? Receipt, Position? Next) : ClientRelease;

    internal sealed record Failed(Refusal Refusal) : ClientRelease;
}

/// <summary>Gets one client's part of an answer on record. If the log finds that the decision's ground moved, everything is decided and minimised again, and only what both decisions allow stays.</summary>
internal sealed class Releasing(Drafting drafting, Decider decider, ClientStates states, Records records, AppendQueue queue)
{
    private const int MostRounds = 4;

    /// <summary>Releases one client's part of an answer.</summary>
    /// <param name="exchange">The call.</param>
    /// <param name="judged">The client with what was decided.</param>
    /// <param name="choose">What stands on the page under a decision, of this client alone.</param>
    internal async Task<ClientRelease> ReleaseAsync(ReadExchange exchange, Judged judged, Func<Judged, ChosenPage> choose)
    {
        for (var round = 1; round <= MostRounds; round++)
        {
            if (await TryReleaseAsync(exchange, judged, choose(judged)) is { } release)
            {
                return release;
            }

            if (await states.RefreshAsync(judged.Known.Client, CancellationToken.None) is not { } fresh)
            {
                return new ClientRelease.Failed(Refusal.LogDown);
            }

            // INVARIANT: deciding again never releases more than the source was asked for on the first decision.
            var again = decider.Decide(judged.Request, fresh with { Identifier = judged.Known.Identifier });
            judged = again with { Permitted = again.Permitted.Intersect(judged.Permitted).ToHashSet() };
        }

        return new ClientRelease.Failed(Refusal.StateChanging);
    }

    /// <summary>Gets a draft on record; null where the ground moved, or where nothing was found on a kept state: a denial reads the state anew, so this must too, lest time tell them apart.</summary>
    private async Task<ClientRelease?> TryReleaseAsync(ReadExchange exchange, Judged judged, ChosenPage page)
    {
        var resources = page.Parts[0].Resources;
#pragma warning disable CA2000 // handed over with the release, which is disposed once it is written
        var draft = drafting.Draft(exchange, judged, resources);
#pragma warning restore CA2000
        if (draft.Resources.Count > 0 || judged.Known.IsFresh)
        {
            var result = await queue.AppendAsync(MakeItem(exchange, judged, draft, resources.Count - draft.Unasked));
            if (result is { Status: AppendStatus.Committed })
            {
                return new ClientRelease.Recorded(draft, draft.Resources.Count > 0 ? result.Receipt : null, page.Next);
            }

            if (result is null)
            {
                draft.Dispose();
                return new ClientRelease.Failed(Refusal.LogDown);
            }
        }

        draft.Dispose();
        return null;
    }

    private AppendItem MakeItem(ReadExchange exchange, Judged judged, ClientDraft draft, int found)
    {
        var releases = draft.Resources.Count > 0;
        var item = records.About(exchange.Call, judged.Known, draft.Decided, draft.Items);
        return item with
        {
            Entry = item.Entry with
            {
                Kind = releases ? exchange.Call.Asker.IsOwnRegister ? LogEntryKind.Use : LogEntryKind.Disclosure : LogEntryKind.Refusal,
                Outcome = releases ? Records.Released : judged.Permitted.Count == 0 ? Records.Denied : found > 0 ? Records.Withheld : Records.NothingFound,
                Resources = releases ? Resources(judged, draft) : [],
            },
            Expect = releases ? Records.Expect(draft.Decided) : null,
            ClientIdentifier = releases ? judged.Known.Identifier : item.ClientIdentifier,
        };
    }

    private static ImmutableArray<LogResource> Resources(Judged judged, ClientDraft draft)
    {
        var resources = ImmutableArray.CreateBuilder<LogResource>(draft.Resources.Count);
        var digests = judged.Known.Seal.DigestsOf(draft.Output.Written.Span, CollectionsMarshal.AsSpan(draft.Resources.ConvertAll(static resource => (resource.Start, resource.Length))));
        foreach (var resource in draft.Resources)
        {
            resources.Add(new LogResource { Type = resource.Type, Handle = resource.Handle, Content = digests[resources.Count] });
        }

        return resources.MoveToImmutable();
    }
}
