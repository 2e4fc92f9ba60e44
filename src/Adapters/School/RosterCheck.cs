// Looks at OneRoster CSV packages without starting anything.
using System.Collections.Immutable;

namespace Sisote.Adapters.School;

/// <summary>What a look at a folder of packages found.</summary>
/// <param name="Packages">How many packages there are.</param>
/// <param name="Rows">Rows of the register that would be used, by file; null = there is none.</param>
/// <param name="Faults">The first faults.</param>
/// <param name="FaultCount">How many faults there are.</param>
public sealed record RosterFindings(int Packages, ImmutableSortedDictionary<string, int>? Rows, ImmutableArray<RosterFault> Faults, int FaultCount);

/// <summary>Checks a package, or the packages of a folder in the order of their names.</summary>
public static class RosterCheck
{
    /// <summary>Looks at a package (folder or zip) or a folder of packages.</summary>
    public static RosterFindings Look(string path)
    {
        var chain = RosterFolder.ReadChain(path, TimeProvider.System.GetUtcNow());
        return new RosterFindings(chain.Packages, chain.Register is { } register ? OneRosterCsv.Files.Keys.ToImmutableSortedDictionary(static file => file, register.Count, StringComparer.Ordinal) : null, chain.Faults.Told, chain.Faults.Count);
    }
}
