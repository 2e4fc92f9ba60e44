// One simulator to open.
namespace Sisote.Simulators;

/// <summary>Kind and ports of a simulator.</summary>
public sealed record SimulatorEntry
{
    /// <summary>patient-record, exercise, fhir, school, student-welfare.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of this one among those of its kind, and of its folder. <value>the kind</value></summary>
    public string Name { get => field ?? Kind; init; }

    /// <summary>Port of its HTTP door; 0 = any free one.</summary>
    public required int HttpPort { get; init; }

    /// <summary>Port of its MLLP door, where the kind has one; 0 = any free one.</summary>
    public int MllpPort { get; init; }

    /// <summary>Where it sends messages of its own accord (<c>mllp://host:port</c>), where the kind does; null = nowhere yet.</summary>
    public Uri? SendsTo { get; init; }
}

/// <summary>What all simulators of a process share.</summary>
public sealed record SimulatorSettings
{
    /// <summary>Folder of their files. What arrived survives a restart here.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
