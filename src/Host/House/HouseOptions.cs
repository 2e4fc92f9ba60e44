// Where everything is, from the configuration and the command line.
using System.Globalization;

namespace Sisote.Host.House;

/// <summary>Settings of the process as given, before anything is read or opened. Section <c>Sisote</c>; environment names <c>Sisote__Name</c>.</summary>
internal sealed record HouseOptions
{
    /// <summary>First of the demo's ports. <value>8080</value></summary>
    internal const int DefaultPort = 8080;

    /// <summary>Name of the deployment file in the data folder.</summary>
    internal const string DeploymentName = "sisote.yaml";

    /// <summary>Name of the demonstration's file of persons in the data folder.</summary>
    internal const string PersonsName = "persons.yaml";

    /// <summary>Folder of databases, keys and the deployment file. <value>./data</value></summary>
    internal required string Data { get; init; }

    /// <summary>The deployment file. <value>sisote.yaml in the data folder</value></summary>
    internal required string DeploymentFile { get; init; }

    /// <summary>A catalogue folder to use instead of the built-in one.</summary>
    internal string? CatalogueFolder { get; init; }

    /// <summary>Demonstration with invented people. <value>true</value></summary>
    internal required bool Demo { get; init; }

    /// <summary>Forbids what is only good for trying out. <value>the opposite of <see cref="Demo"/></value></summary>
    internal required bool Strict { get; init; }

    /// <summary>Rooms to open. <value>all (Simulators in demo mode only)</value></summary>
    internal required IReadOnlyList<RoomName> Rooms { get; init; }

    /// <summary>Gateway 8080, portal +1, identity +2, consent +3, adapters +4, MLLP +5, simulators from +11. <value>8080</value></summary>
    internal required int FirstPort { get; init; }

    /// <summary>The whole configuration; rooms bind their own sections of it.</summary>
    internal required IConfiguration Configuration { get; init; }

    /// <summary>The outer address of a room.</summary>
    internal Uri Address(RoomName room)
    {
        var name = room == RoomName.Identity ? "Issuer" : room.ToString();
        return Configuration[$"Sisote:{name}"] is { Length: > 0 } given
            ? ParseAddress($"Sisote__{name}", given)
            : new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{DefaultHost(room)}:{FirstPort + Offset(room)}/"));
    }

    /// <summary>The demonstration's persons.</summary>
    internal string PersonsFile => Path.Combine(Data, PersonsName);

    /// <summary>Whether the deployment file is the one of the data folder, not one named by a setting.</summary>
    internal bool OwnsDeployment => DeploymentFile == Path.Combine(Data, DeploymentName);

    /// <summary>Whether a number can be the first of the ports.</summary>
    internal static bool IsFirstPort(int number) => number is > 0 and < 65000;

    /// <summary>Where a room listens. <value>its address</value></summary>
    internal string Listen(RoomName room) => Configuration[$"Sisote:Listen:{room}"] ?? Address(room).GetLeftPart(UriPartial.Authority);

    /// <summary>Reads the settings; the command line wins over the environment.</summary>
    /// <exception cref="StartFaultException">A value cannot be read.</exception>
    internal static HouseOptions Read(IConfiguration configuration, string? data = null, int? port = null)
    {
        var folder = Path.GetFullPath(data ?? configuration["Sisote:Data"] ?? "data");
        var demo = Flag(configuration, "Demo", fallback: true);
        return new HouseOptions
        {
            Data = folder,
            DeploymentFile = Path.GetFullPath(configuration["Sisote:Deployment"] ?? Path.Combine(folder, DeploymentName)),
            CatalogueFolder = configuration["Sisote:CatalogueFolder"],
            Demo = demo,
            Strict = Flag(configuration, "Strict", fallback: !demo),
            Rooms = ReadRooms(configuration["Sisote:Rooms"], demo),
            FirstPort = port ?? Number(configuration, "Port", DefaultPort),
            Configuration = configuration,
        };
    }

    private static int Offset(RoomName room) => room switch
    {
        RoomName.Gateway => 0,
        RoomName.Portal => 1,
        RoomName.Identity => 2,
        RoomName.Consent => 3,
        RoomName.Adapters => 4,
        RoomName.Simulators => 11,
        _ => throw new ArgumentOutOfRangeException(nameof(room)),
    };

    private static string DefaultHost(RoomName room) => room is RoomName.Gateway or RoomName.Portal or RoomName.Identity ? "localhost" : "127.0.0.1";

    private static Uri ParseAddress(string name, string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address)
            ? address
            : throw new StartFaultException($"{name} is not an address: give one such as https://sisote.example.fi/.");

    private static bool Flag(IConfiguration configuration, string name, bool fallback) => configuration[$"Sisote:{name}"] switch
    {
        null or "" => fallback,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw new StartFaultException($"Sisote__{name} must be true or false."),
    };

    private static int Number(IConfiguration configuration, string name, int fallback) => configuration[$"Sisote:{name}"] switch
    {
        null or "" => fallback,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && IsFirstPort(value) => value,
        _ => throw new StartFaultException($"Sisote__{name} must be a port number from 1 to 64999."),
    };

    private static RoomName[] ReadRooms(string? text, bool demo)
    {
        if (text is null or "" or "all")
        {
            return Enum.GetValues<RoomName>().Where(room => demo || room != RoomName.Simulators).ToArray();
        }

        return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static name => Enum.TryParse<RoomName>(name, ignoreCase: true, out var room) && !char.IsAsciiDigit(name[0])
                ? room
                : throw new StartFaultException($"Sisote__Rooms names an unknown room `{name}`: use {string.Join(", ", Enum.GetNames<RoomName>()).ToLowerInvariant()}."))
            .ToArray();
    }
}
