// The rooms that a process can open.
namespace Sisote.Host.House;

/// <summary>A room with a door.</summary>
internal enum RoomName
{
    /// <summary>Sector systems with invented people; demo mode only.</summary>
    Simulators,

    /// <summary>The authorization server.</summary>
    Identity,

    /// <summary>Consents, relationships, log.</summary>
    Consent,

    /// <summary>FHIR facades of the sector systems.</summary>
    Adapters,

    /// <summary>The enforcement point.</summary>
    Gateway,

    /// <summary>Web pages.</summary>
    Portal,
}
