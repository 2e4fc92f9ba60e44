// Whom the doctor examines: a whole installation from inside, or a gateway as a connected system sees it.
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Host.Doctor;

/// <summary>Addresses, and the system in whose name a token is asked for and one exchange is made.</summary>
internal sealed record DoctorSubject
{
    /// <summary>The gateway's outer address.</summary>
    internal required Uri Gateway { get; init; }

    /// <summary>The issuer as the settings name it; null to take what the gateway names.</summary>
    internal Uri? Issuer { get; init; }

    /// <summary>Further doors that only the installation itself can reach, with the setting that names each.</summary>
    internal IReadOnlyList<(string Name, Uri Address, string Setting)> InnerDoors { get; init; } = [];

    /// <summary>What the token source needs; its issuer is replaced by the one that was found.</summary>
    internal required RoomSettings Settings { get; init; }

    /// <summary>The calling system; null where there is none whose private key is here.</summary>
    internal SystemId? System { get; init; }

    /// <summary>Who stands behind its call.</summary>
    internal BusinessContext? Context { get; init; }

    /// <summary>The system whose adapter is looked at, too; null = none was named, or it has none.</summary>
    internal SystemEntry? Named { get; init; }

    /// <summary>Source systems to try, the likeliest first.</summary>
    internal IReadOnlyList<SystemId> Sources { get; init; } = [];

    /// <summary>Whether one exchange is made; it stands in the disclosure log.</summary>
    internal bool MakesExchange { get; init; } = true;

    /// <summary>The file with the log's public key; null where the examiner has none.</summary>
    internal string? LogKeyFile { get; init; }
}
