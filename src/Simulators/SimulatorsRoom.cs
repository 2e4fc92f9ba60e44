// The face of the room: small sector systems with their native protocols and invented people, for demonstration and tests only.
using Sisote.Simulators.Record;

namespace Sisote.Simulators;

/// <summary>Opens simulators. They know nothing of Sisote; each is its own small application on its own ports, on the loopback address only.</summary>
public static class SimulatorsRoom
{
    private static readonly Dictionary<string, Func<SimulatorPlace, SimulatorApplication>> Kinds = new(StringComparer.Ordinal)
    {
        [RecordSimulator.KindName] = RecordSimulator.Open,
        ["exercise"] = Exercise.ExerciseSimulator.Open,
        ["fhir"] = Fhir.FhirSimulator.Open,
        ["school"] = School.SchoolSimulator.Open,
        ["student-welfare"] = StudentWelfare.StudentWelfareSimulator.Open,
    };

    /// <summary>The kinds of simulator there are.</summary>
    public static IReadOnlyCollection<string> KnownKinds => Kinds.Keys;

    /// <summary>Starts the simulators of a list; all or none.</summary>
    /// <exception cref="ArgumentException">A kind is unknown.</exception>
    /// <exception cref="IOException">A port is taken or the folder cannot be written.</exception>
    public static async Task<RunningSimulators> StartAsync(IEnumerable<SimulatorEntry> entries, SimulatorSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(settings);
        Directory.CreateDirectory(settings.DataDirectory);
        var running = new RunningSimulators();
        try
        {
            foreach (var entry in entries)
            {
                var open = Kinds.GetValueOrDefault(entry.Kind) ?? throw new ArgumentException($"There is no simulator of kind `{entry.Kind}`.", nameof(entries));
                await running.AddAsync(open(SimulatorPlace.Prepare(entry, settings)), cancellation);
            }

            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }
}
