// A school's register from the packages of a folder.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Adapters.Native;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.School;

/// <summary>What the packages of a folder say together.</summary>
/// <param name="Register">The newest register without fault, or null.</param>
/// <param name="AsOf">When its newest package was put there.</param>
/// <param name="Packages">How many packages there are.</param>
/// <param name="Faults">Faults of packages that are not used.</param>
internal sealed record RosterChain(RosterRegister? Register, DateTimeOffset AsOf, int Packages, RosterFaults Faults);

/// <summary>
/// Reads packages in the order of their names: a whole register begins anew, a delta changes what is before it. A broken package is refused as a whole, and deltas after it wait for the next whole
/// register; what was good before stays in use until it is too old. It keeps nothing: after a restart the folder says the same again.
/// </summary>
internal sealed class RosterFolder(SystemId system, string folder, TimeSpan longest, TimeProvider clock, ILogger log) : IRosterSource
{
    private (string State, RosterChain Chain)? kept;

    /// <inheritdoc />
    public Task<RosterContent> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult(Read());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new NativeFaultException(NativeFault.Down, "the folder of packages cannot be read", fault);
        }
    }

    private RosterContent Read()
    {
        var now = clock.GetUtcNow();
        var state = StateOf(folder, now);
        if (kept is not { } last || last.State != state)
        {
            kept = last = (state, ReadChain(folder, now));
            if (last.Chain.Faults is { Count: > 0, Told: [var first, ..] } faults)
            {
                Log.PackageRefused(log, system, faults.Count, first.File, first.Row, first.Field);
            }
        }

        return last.Chain.Register is { } register && last.Chain.AsOf + longest > now
            ? register.ToContent() with { Until = LastDay(last.Chain.AsOf, longest) }
            : throw new NativeFaultException(NativeFault.Down, last.Chain.Register is null ? "no package without fault" : "the newest package without fault is too old");
    }

    /// <summary>The last day on which a register proves anything: the end of its time, put off to whole steps as long as that time. So the days that are told change no oftener than a register may be old.</summary>
    public static DateOnly LastDay(DateTimeOffset asOf, TimeSpan longest)
    {
        var step = (int)Math.Ceiling(longest.TotalDays);
        var last = FinnishTime.DateOf(asOf + longest + TimeSpan.FromHours(1)).DayNumber; // an hour, since days are told to end an hour early in winter
        return DateOnly.FromDayNumber((last + step - 1) / step * step);
    }

    /// <summary>Reads all packages: the folder itself where it is one, else what lies in it.</summary>
    public static RosterChain ReadChain(string folder, DateTimeOffset now)
    {
        var faults = new RosterFaults();
        var chain = new RosterChain(null, DateTimeOffset.MinValue, 0, faults);
        var isBroken = false;
        var packages = Packages(folder);
        foreach (var path in packages)
        {
            var before = faults.Count;
            var package = RosterPackage.Read(path, faults, mayBeLink: path == folder);
            if (RosterPackage.TimeOf(path) > now + DroppedFile.Ahead)
            {
                faults.Add(package.Name, "manifest.csv", 0, string.Empty, "the time of the package lies in the future");
            }

            if (package.IsDelta && (chain.Register is null || isBroken))
            {
                faults.Add(package.Name, "manifest.csv", 0, string.Empty, "is a delta without a whole register before it");
                continue;
            }

            var next = faults.Count > before ? null : package.IsDelta ? chain.Register!.With(package) : RosterRegister.Of(package);
            next?.CheckReferences(faults);
            isBroken = faults.Count > before;
            chain = isBroken ? chain : chain with { Register = next, AsOf = RosterPackage.TimeOf(path) };
        }

        return chain with { Packages = packages.Length };
    }

    private static ImmutableArray<string> Packages(string folder) => RosterPackage.Is(folder) ? [folder]
        : Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Where(RosterPackage.Is).OrderBy(Path.GetFileName, StringComparer.Ordinal)]
        : [];

    /// <summary>What the folder looks like: names, sizes and times, and which of these lie ahead.</summary>
    private static string StateOf(string folder, DateTimeOffset now) => string.Join('\n', Packages(folder)
        .SelectMany(static path => File.Exists(path) ? [new FileInfo(path)] : new DirectoryInfo(path).EnumerateFiles("*.csv"))
        .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName}|{(file.Exists ? file.Length : 0)}|{file.LastWriteTimeUtc.Ticks}|{file.LastWriteTimeUtc > (now + DroppedFile.Ahead).UtcDateTime}")).Order(StringComparer.Ordinal));
}
