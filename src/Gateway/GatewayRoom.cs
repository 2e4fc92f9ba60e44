// The face of the room.
using Sisote.Doors;

namespace Sisote.Gateway;

/// <summary>Opens the room.</summary>
public static class GatewayRoom
{
    /// <summary>Adds what the room needs.</summary>
    public static void AddGateway(this WebApplicationBuilder builder, RoomSettings settings) => throw new NotImplementedException($"{builder}{settings}");

    /// <summary>Maps its door.</summary>
    public static void MapGateway(this WebApplication app) => throw new NotImplementedException($"{app}");
}
