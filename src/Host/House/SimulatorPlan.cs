// Which simulators the demonstration needs: one for every adapter of the deployment that points at this machine.
using System.Net;
using Sisote.Policy.Deployments;
using Sisote.Simulators;

namespace Sisote.Host.House;

/// <summary>Reads the deployment: where an adapter expects its system on the loopback address, written as a number, a simulator of that kind opens there; `localhost` is somebody's own product. A new entry in the file is enough.</summary>
internal static class SimulatorPlan
{
    /// <summary>The simulators to open.</summary>
    internal static IEnumerable<SimulatorEntry> For(Deployment deployment) =>
        deployment.Systems.Where(static system => system.Adapter is not null).Select(Plan).OfType<SimulatorEntry>();

    private static SimulatorEntry? Plan(SystemEntry system)
    {
        var settings = system.Adapter!.Settings;
        var http = LoopbackPort(settings.GetValueOrDefault("documents") ?? settings.GetValueOrDefault("address") ?? settings.GetValueOrDefault("rosterAddress"));
        var kind = system.Adapter.Kind == "exercise-counselling" ? "exercise" : system.Adapter.Kind;
        return http is null || !SimulatorsRoom.KnownKinds.Contains(kind)
            ? null
            : new SimulatorEntry
            {
                Kind = kind,
                Name = system.Id.Value,
                HttpPort = http.Value,
                MllpPort = LoopbackPort(settings.GetValueOrDefault("sendMllp")) ?? 0,
                SendsTo = SendsTo(settings),
            };
    }

    private static Uri? SendsTo(IReadOnlyDictionary<string, string> settings) => (settings.GetValueOrDefault("listenMllp"), settings.GetValueOrDefault("noticeListen")) switch
    {
        ({ } mllp, _) => new Uri(mllp),
        (_, { } notices) => new Uri(new Uri(notices.TrimEnd('/') + "/"), "ilmoitukset"),
        _ => null,
    };

    private static int? LoopbackPort(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && IPAddress.TryParse(uri.Host, out var host) && IPAddress.IsLoopback(host)
            ? uri.Port
            : null;
}
