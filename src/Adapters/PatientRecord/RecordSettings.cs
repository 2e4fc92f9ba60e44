// The adapter's settings.
using System.Collections.Immutable;
using System.Net;
using Sisote.Adapters.Sources;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.PatientRecord;

/// <summary>Settings of one patient record, as docs/adapters.md lists them.</summary>
internal sealed record RecordSettings
{
    /// <summary>Address of the record's document interface.</summary>
    public required Uri Documents { get; init; }

    /// <summary>File with <c>user:password</c> lines.</summary>
    public required string CredentialsFile { get; init; }

    /// <summary>The user of that file.</summary>
    public required string User { get; init; }

    /// <summary>Where documents are sent.</summary>
    public required Uri SendTo { get; init; }

    /// <summary>Where the record's referrals are awaited; null = nowhere.</summary>
    public IPEndPoint? ListenAt { get; init; }

    /// <summary>Who may connect there.</summary>
    public required ImmutableHashSet<IPAddress> Peers { get; init; }

    /// <summary>System by unit referred to.</summary>
    public required ImmutableDictionary<string, SystemId> ReferralTargets { get; init; }

    /// <summary>The most that one native call may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Reads the settings; faults are noted there.</summary>
    public static RecordSettings Read(AdapterSettings settings) => new()
    {
        Documents = settings.RequireHttp("documents"),
        CredentialsFile = settings.RequirePath("credentials"),
        User = settings.Optional("user") ?? "integration",
        SendTo = settings.RequireMllp("sendMllp"),
        ListenAt = ReadListen(settings),
        Peers = ReadPeers(settings),
        ReferralTargets = ReadTargets(settings),
        Timeout = settings.Seconds("timeoutSeconds", 10),
    };

    private static IPEndPoint? ReadListen(AdapterSettings settings)
    {
        if (settings.OptionalMllp("listenMllp") is not { Scheme: "mllp" } address)
        {
            return null;
        }

        if (IPAddress.TryParse(address.Host, out var ip))
        {
            return new IPEndPoint(ip, address.Port < 0 ? 0 : address.Port);
        }

        settings.Fault("listenMllp", "needs an IP address of this machine as its host");
        return null;
    }

    private static ImmutableHashSet<IPAddress> ReadPeers(AdapterSettings settings)
    {
        var peers = ImmutableHashSet.CreateBuilder<IPAddress>();
        foreach (var text in (settings.Optional("listenPeers") ?? "127.0.0.1,::1").Split(',', StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(text, out var peer))
            {
                peers.Add(peer);
            }
            else
            {
                settings.Fault("listenPeers", "is not a list of IP addresses");
            }
        }

        return peers.ToImmutable();
    }

    private static ImmutableDictionary<string, SystemId> ReadTargets(AdapterSettings settings)
    {
        var targets = ImmutableDictionary.CreateBuilder<string, SystemId>();
        foreach (var pair in (settings.Optional("referralTargets") ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', StringSplitOptions.TrimEntries) is [{ Length: > 0 } unit, var text] && SystemId.TryParse(text, out var system) && targets.TryAdd(unit, system))
            {
                continue;
            }

            settings.Fault("referralTargets", "is not a list like UNIT=system-id,UNIT=system-id");
        }

        return targets.ToImmutable();
    }
}
