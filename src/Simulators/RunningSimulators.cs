// The simulators that run now.
namespace Sisote.Simulators;

/// <summary>Started simulators with their real addresses; disposing stops them.</summary>
public sealed class RunningSimulators : IAsyncDisposable
{
    private readonly List<SimulatorApplication> simulators = [];

    /// <summary>HTTP address of the simulator of a kind.</summary>
    public Uri HttpAddress(string kind) => Find(kind).HttpAddress;

    /// <summary>MLLP port of the simulator of a kind.</summary>
    public int MllpPort(string kind) => Find(kind).MllpPort ?? throw new InvalidOperationException($"`{kind}` has no MLLP door.");

    /// <summary>Tells a simulator where it sends messages of its own accord from now on, as its administrator would.</summary>
    public void SendTo(string kind, Uri address) => Find(kind).SendsTo = address;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var simulator in simulators)
        {
            await simulator.DisposeAsync();
        }

        simulators.Clear();
    }

    internal async Task AddAsync(SimulatorApplication simulator, CancellationToken cancellation)
    {
        simulators.Add(simulator);
        await simulator.StartAsync(cancellation);
    }

    private SimulatorApplication Find(string kind) => simulators.First(simulator => simulator.Kind == kind);
}
