// The forwarder's routes, made from the deployment.
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Yarp.ReverseProxy.Configuration;

namespace Sisote.Gateway.Forwarding;

/// <summary>One route and one cluster for each connected system that has an adapter; every destination is the adapters' room.</summary>
internal static class SourceRoutes
{
    /// <summary>Name of the route value that holds the path below the system.</summary>
    internal const string Rest = "rest";

    /// <summary>Metadata of a route: the system.</summary>
    internal const string SystemKey = "system";

    internal static IReadOnlyList<RouteConfig> Routes(RoomSettings settings) => [.. Systems(settings).Select(static system => new RouteConfig
    {
        RouteId = system,
        ClusterId = system,
        Order = 1, // after the statements
        AuthorizationPolicy = TokenDoor.Exchange,
        Match = new RouteMatch { Path = $"/fhir/{system}/{{**{Rest}}}" },
        Metadata = new Dictionary<string, string> { [SystemKey] = system },
    })];

    internal static IReadOnlyList<ClusterConfig> Clusters(RoomSettings settings) => [.. Systems(settings).Select(system => new ClusterConfig
    {
        ClusterId = system,
        Destinations = new Dictionary<string, DestinationConfig> { ["adapters"] = new() { Address = settings.Adapters.AbsoluteUri } },
    })];

    /// <summary>Connections to a source: no trace of the caller goes out on them, and of an answer only so much comes in.</summary>
    internal static void Configure(SocketsHttpHandler handler, GatewayOptions options)
    {
        handler.ActivityHeadersPropagator = null;
        handler.ConnectTimeout = options.SourceTimeout / 2; // ends before the whole limit, so that a host which swallows connections is known as one that was not asked
        handler.MaxResponseHeadersLength = 32; // KiB, all headers of an answer together
        handler.MaxResponseDrainSize = 64 * 1024; // of an answer that is refused: more than this costs the connection
        handler.ResponseDrainTimeout = TimeSpan.FromMilliseconds(200);
    }

    private static IEnumerable<string> Systems(RoomSettings settings) =>
        settings.Deployment.Systems.Where(static system => system.Adapter is not null).Select(static system => system.Id.Value);
}
