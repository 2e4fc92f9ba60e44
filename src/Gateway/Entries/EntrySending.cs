// Puts an entry to its target.
using Sisote.Gateway.Forwarding;
using Yarp.ReverseProxy;

namespace Sisote.Gateway.Entries;

/// <summary>One attempt, the same for an entry that comes now and for one that waited: send, and read what the answer means.</summary>
internal sealed class EntrySending(SourceCalls sources, IProxyStateLookup clusters, TargetAnswers targets, ILogger<EntrySending> log)
{
    internal async Task<Delivery> SendAsync(WriteExchange exchange, UpstreamRequest request, CancellationToken callerGone)
    {
        var target = exchange.Call.Asker.Other.Id.Value;
        if (!clusters.TryGetCluster(target, out var cluster))
        {
            return Delivery.NotTaken; // the deployment gives every system with an adapter a cluster
        }

        using var reply = await sources.AskAsync(cluster.Model.HttpClient, cluster.DestinationsState.AvailableDestinations, request, callerGone);
        if (reply.Response is { } response)
        {
            return await targets.ReadAsync(response, exchange, reply.Limit);
        }

        Log.SourceUnreachable(log, target, reply.Fault.ToString(), exchange.Call.CorrelationId);
        return reply.Fault is SourceFault.NoCredential or SourceFault.NeverConnected ? Delivery.NotTaken : Delivery.Unknown; // only then nothing can have arrived
    }
}
