// What a look at the adapters of a deployment finds.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Sources;

/// <summary>What is wrong with the adapters of a deployment, and which files of secrets they will read.</summary>
/// <param name="Faults">One sentence for each fault; with any of them the room does not open.</param>
/// <param name="Files">Files that settings name.</param>
public sealed record AdapterFindings(ImmutableArray<string> Faults, ImmutableArray<AdapterFile> Files);

/// <summary>A file of a secret that a setting names.</summary>
/// <param name="System">The system.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Path">The file's full path.</param>
public sealed record AdapterFile(SystemId System, string Setting, string Path);
