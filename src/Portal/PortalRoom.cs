// The face of the room.
using Sisote.Doors;

namespace Sisote.Portal;

/// <summary>Opens the room.</summary>
public static class PortalRoom
{
    /// <summary>Adds what the room needs.</summary>
    public static void AddPortal(this WebApplicationBuilder builder, RoomSettings settings) => throw new NotImplementedException($"{builder}{settings}");

    /// <summary>Maps its door.</summary>
    public static void MapPortal(this WebApplication app) => throw new NotImplementedException($"{app}");
}
