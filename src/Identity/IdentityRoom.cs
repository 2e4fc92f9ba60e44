// The face of the room.
using Sisote.Doors;

namespace Sisote.Identity;

/// <summary>Opens the room.</summary>
public static class IdentityRoom
{
    /// <summary>Adds what the room needs.</summary>
    public static void AddIdentity(this WebApplicationBuilder builder, RoomSettings settings) => throw new NotImplementedException($"{builder}{settings}");

    /// <summary>Maps its door.</summary>
    public static void MapIdentity(this WebApplication app) => throw new NotImplementedException($"{app}");
}
