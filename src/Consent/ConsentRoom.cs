// The face of the room.
using Sisote.Doors;

namespace Sisote.Consent;

/// <summary>Opens the room.</summary>
public static class ConsentRoom
{
    /// <summary>Adds what the room needs.</summary>
    public static void AddConsent(this WebApplicationBuilder builder, RoomSettings settings) => throw new NotImplementedException($"{builder}{settings}");

    /// <summary>Maps its door.</summary>
    public static void MapConsent(this WebApplication app) => throw new NotImplementedException($"{app}");
}
