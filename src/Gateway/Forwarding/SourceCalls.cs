// Asks a source, by the clients and destinations that the proxy keeps.
using Yarp.ReverseProxy.Model;

namespace Sisote.Gateway.Forwarding;

/// <summary>
/// Sends requests of our own making and gives back the beginning of the answer. Routes, clusters, destinations and connections are YARP's; its forwarder is not used, because nothing is
/// passed on here: no header, no byte, in either direction (docs/adr/0011-calls-to-sources.md).
/// </summary>
internal sealed class SourceCalls(SourceToken token, SourceTimes times)
{
    /// <summary>Asks the source of a route.</summary>
    internal Task<SourceReply> AskAsync(IReverseProxyFeature route, UpstreamRequest question, CancellationToken callerGone) =>
        AskAsync(route.Cluster.HttpClient, route.AvailableDestinations, question, callerGone);

    /// <summary>Asks the source of a cluster.</summary>
    internal async Task<SourceReply> AskAsync(HttpMessageInvoker client, IReadOnlyList<DestinationState> destinations, UpstreamRequest question, CancellationToken callerGone)
    {
        if (await token.GetHeaderAsync(callerGone) is not { } bearer)
        {
            return new SourceReply(null, SourceFault.NoCredential, null);
        }

        if (destinations is not [var destination, ..])
        {
            return new SourceReply(null, SourceFault.NeverConnected, null);
        }

#pragma warning disable CA2000 // both are handed over with the reply
        var limit = times.Begin(callerGone);
        var request = question.ToMessage(destination.Model.Config.Address, bearer);
#pragma warning restore CA2000
        try
        {
            return new SourceReply(await client.SendAsync(request, limit.Token), SourceFault.None, limit);
        }
        catch (HttpRequestException fault)
        {
            return new SourceReply(null, FaultOf(fault.HttpRequestError), limit);
        }
        catch (IOException)
        {
            return new SourceReply(null, SourceFault.Unreached, limit);
        }
        catch (OperationCanceledException fault) when (fault.InnerException is TimeoutException && !limit.Token.IsCancellationRequested)
        {
            return new SourceReply(null, SourceFault.NeverConnected, limit); // the time for connecting ran out, not that for the answer
        }
        catch (OperationCanceledException)
        {
            return new SourceReply(null, callerGone.IsCancellationRequested ? SourceFault.CallerGone : SourceFault.Unreached, limit);
        }
    }

    private static SourceFault FaultOf(HttpRequestError error) => error switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError => SourceFault.NeverConnected,
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => SourceFault.Unreadable,
        _ => SourceFault.Unreached,
    };
}
