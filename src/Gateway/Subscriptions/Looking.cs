// What a subscriber would be given now.
using Sisote.Gateway.Clients;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Release;
using Yarp.ReverseProxy;

namespace Sisote.Gateway.Subscriptions;

/// <summary>What came of a look.</summary>
internal abstract record Look
{
    private Look()
    {
    }

    /// <summary>The handle stands for nobody any more.</summary>
    internal sealed record Gone : Look;

    /// <summary>The source or the consent service gave no answer that can be used; nothing is known.</summary>
    internal sealed record Failed : Look;

    /// <summary>Digest of the answer, and what it rests on.</summary>
    internal sealed record Answered(byte[] Digest, Judged Judged) : Look;
}

/// <summary>
/// Asks as the subscriber would: the same decision, the same narrowed question to the source, the same minimising. INVARIANT: what it looks at is what would leave, and nothing else, so that what is hidden
/// from the subscriber changes nothing here.
/// </summary>
internal sealed class Looking(ReadPreparation reads, SourceAsking source, Drafting drafting, ClientStates states, SubscriptionSeal seal)
{
    /// <summary>Looks, on the client's state as it is now.</summary>
    internal async Task<Look> LookAsync(string id, SubscribedCall subscribed, HandleRing handles)
    {
        var (call, search) = (subscribed.Call, subscribed.Search);
        if (handles.For(call.Asker.System.Id).ReadClient(search.PatientHandle!) is not { } client)
        {
            return new Look.Gone();
        }

        states.Drop(client); // a look that finds nothing new has no record, so nothing else would find out that a kept state is an old one
        if (await reads.PrepareAsync(call, search, subscribed.Sight, CancellationToken.None) is not Prepared.Forward { Exchange: ReadExchange { Client: { } judged } exchange, Request: var request })
        {
            return new Look.Failed();
        }

        using var answer = await source.AskAsync(exchange, request);
        if (answer is not { Refusal: null } || await source.SortAsync(exchange, answer) is not { } part)
        {
            return new Look.Failed();
        }

        using var draft = drafting.Draft(exchange, judged, part.Resources);
        return new Look.Answered(seal.DigestOf(id, draft), judged with { Decided = draft.Decided });
    }
}

/// <summary>Puts a search to its source without a caller who waits.</summary>
internal sealed class SourceAsking(SourceCalls sources, IProxyStateLookup clusters, SourceReading reading, ClientSorting sorting)
{
    /// <summary>The answer; null where there is none.</summary>
    internal async Task<SourceAnswer?> AskAsync(ReadExchange exchange, UpstreamRequest request)
    {
        if (!clusters.TryGetCluster(exchange.Call.Asker.Other.Id.Value, out var cluster))
        {
            return null; // the deployment gives every system with an adapter a cluster
        }

        using var reply = await sources.AskAsync(cluster.Model.HttpClient, cluster.DestinationsState.AvailableDestinations, request, CancellationToken.None);
        return reply.Response is { } response ? await reading.ReadAsync(response, exchange, reply.Limit) : null;
    }

    /// <summary>The client's own part of the answer.</summary>
    internal async Task<ClientPart?> SortAsync(ReadExchange exchange, SourceAnswer answer) => await sorting.SortAsync(exchange, answer.Resources, CancellationToken.None) is [var only] ? only : null;
}
