// Which ports this process will listen on, looked at before anything is written or opened.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sisote.Policy.Deployments;

namespace Sisote.Host.House;

/// <summary>Every listener of the process with the place where its port is set, so that a taken one is named exactly.</summary>
internal static class DoorPlan
{
    /// <summary>A listener to come.</summary>
    /// <param name="Shown">The address as people write it.</param>
    /// <param name="Port">The port.</param>
    /// <param name="Addresses">Where it binds.</param>
    /// <param name="Owner">Whose it is.</param>
    /// <param name="Remedy">How to give it another port.</param>
    internal sealed record Door(string Shown, int Port, IPAddress[] Addresses, string Owner, string Remedy);

    /// <summary>Makes sure that no two listeners want the same port and that all are free.</summary>
    /// <exception cref="StartFaultException">They do, or one is not.</exception>
    internal static void RequireFree(HouseOptions options, Deployment deployment)
    {
        var doors = List(options, deployment).Where(static door => door.Port > 0).ToList();
        foreach (var (index, door) in doors.Index())
        {
            if (doors.Take(index).FirstOrDefault(first => Meet(first, door)) is { } first)
            {
                throw new StartFaultException($"{door.Shown} is wanted twice, by {first.Owner} and by {door.Owner}: {door.Remedy}.");
            }
        }

        if (doors.Find(static door => door.Addresses.Any(address => IsTaken(address, door.Port))) is { } taken)
        {
            throw new StartFaultException($"{taken.Shown} ({taken.Owner}) is taken: stop what listens there, or {taken.Remedy}.");
        }
    }

    /// <summary>All listeners.</summary>
    internal static IEnumerable<Door> List(HouseOptions options, Deployment deployment)
    {
        foreach (var room in options.Rooms.Where(static room => room != RoomName.Simulators))
        {
            yield return ForRoom(room, options);
        }

        var remedy = File.Exists(options.DeploymentFile)
            ? $"give it another port in {options.DeploymentFile} (--port moves only the rooms once that file is written)"
            : "choose other ports with --port NUMBER";
        foreach (var entry in options.Rooms.Contains(RoomName.Simulators) ? SimulatorPlan.For(deployment) : [])
        {
            var owner = $"the simulated `{entry.Name}`";
            var own = $"{remedy}, or write localhost instead of 127.0.0.1 if that is your own system: then none is simulated";
            yield return new Door($"http://127.0.0.1:{entry.HttpPort}", entry.HttpPort, [IPAddress.Loopback], owner, own);
            yield return new Door($"mllp://127.0.0.1:{entry.MllpPort}", entry.MllpPort, [IPAddress.Loopback], owner, own);
        }

        foreach (var system in options.Rooms.Contains(RoomName.Adapters) ? deployment.Systems : [])
        {
            foreach (var setting in (string[])["listenMllp", "noticeListen"])
            {
                if (system.Adapter?.Settings.GetValueOrDefault(setting) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var address))
                {
                    yield return new Door(text, address.Port, Bound(address.Host), $"`{setting}` of `{system.Id}`", remedy);
                }
            }
        }
    }

    private static Door ForRoom(RoomName room, HouseOptions options)
    {
        var text = options.Listen(room);
        try
        {
            var address = BindingAddress.Parse(text);
            var setting = room == RoomName.Identity ? "Issuer" : room.ToString();
            var isSet = options.Configuration[$"Sisote:Listen:{room}"] is not null || options.Configuration[$"Sisote:{setting}"] is { Length: > 0 };
            var remedy = isSet ? $"change Sisote__Listen__{room} or Sisote__{setting}" : "choose other ports with --port NUMBER";
            return new Door(text, address.Port, Bound(address.Host), room.ToString().ToLowerInvariant(), remedy);
        }
        catch (FormatException fault)
        {
            throw new StartFaultException(string.Create(CultureInfo.InvariantCulture, $"Sisote__Listen__{room} is not an address to listen on: give one such as http://0.0.0.0:{options.FirstPort}."), fault);
        }
    }

    private static IPAddress[] Bound(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) ? [address]
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : [IPAddress.IPv6Any, IPAddress.Any];

    private static bool Meet(Door one, Door other) =>
        one.Port == other.Port && (one.Addresses.Intersect(other.Addresses).Any() || one.Addresses.Concat(other.Addresses).Any(static address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    private static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
            return false;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode == SocketError.AddressAlreadyInUse; // what else is wrong, opening it will say
        }
    }
}
