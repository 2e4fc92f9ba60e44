// The face of the room.
using Sisote.Doors;

namespace Sisote.Adapters;

/// <summary>Opens the room.</summary>
public static class AdaptersRoom
{
    /// <summary>Adds what the room needs.</summary>
    public static void AddAdapters(this WebApplicationBuilder builder, RoomSettings settings) => throw new NotImplementedException($"{builder}{settings}");

    /// <summary>Maps its door.</summary>
    public static void MapAdapters(this WebApplication app) => throw new NotImplementedException($"{app}");
}
