// What the deployment file says beyond the law: adapters, their settings, the files they need.
using Sisote.Adapters;
using Sisote.Doors;
using Sisote.Policy.Deployments;

namespace Sisote.Host.House;

/// <summary>Checks adapters before anything is opened; the same for the start and for <c>catalogue check</c>.</summary>
internal static class DeploymentCheck
{
    /// <summary>Makes sure that every adapter can be opened.</summary>
    /// <exception cref="StartFaultException">One cannot; the message has a line for each fault.</exception>
    internal static void Require(string file, RoomSettings settings)
    {
        var faults = AdaptersRoom.Inspect(settings).Faults;
        if (!faults.IsEmpty)
        {
            throw new StartFaultException(string.Join('\n', faults.Select(fault => $"{file}: {fault}")));
        }
    }

    /// <summary>Makes sure that the public key sets that are there are public key sets, and that no two organisations have a key in common.</summary>
    /// <exception cref="StartFaultException">One is not; the message has a line for each fault.</exception>
    internal static void RequireSoundKeys(string file, Deployment deployment)
    {
        var (faults, owners) = (new List<string>(), new Dictionary<string, SystemEntry>(StringComparer.Ordinal));
        foreach (var system in deployment.Systems.Where(static system => system.KeysFile is not null))
        {
            var keys = KeysFile(file, system);
            if (!File.Exists(keys))
            {
                continue; // a warning says so
            }

            var read = PublicKeySet.Read(keys);
            if (read.Fault is { } fault)
            {
                faults.Add($"{file}: system `{system.Id}`: `keys`, {keys}, {fault}");
            }

            foreach (var mark in read.Marks)
            {
                if (!owners.TryAdd(mark, system) && owners[mark].Organisation != system.Organisation)
                {
                    faults.Add($"{file}: system `{system.Id}`: `keys`, {keys}, holds a key of `{owners[mark].Id}`, which is another organisation's: it could speak as both.");
                }
            }
        }

        if (faults.Count > 0)
        {
            throw new StartFaultException(string.Join('\n', faults));
        }
    }

    /// <summary>Files that the deployment names and that are not there: no fault, they can come later, but nothing works before.</summary>
    /// <param name="file">The deployment file.</param>
    /// <param name="settings">What was read from it.</param>
    /// <param name="beforeStart">Whether what the first start makes is still to come.</param>
    internal static IEnumerable<string> FindMissingFiles(string file, RoomSettings settings, bool beforeStart)
    {
        var simulated = beforeStart && settings.Demo ? SimulatorPlan.For(settings.Deployment).Select(static entry => entry.Name).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var needed in AdaptersRoom.Inspect(settings).Files.Where(needed => !File.Exists(needed.Path) && !simulated.Contains(needed.System.Value)))
        {
            yield return $"Warning: {file}: system `{needed.System}`: the file of `{needed.Setting}`, {needed.Path}, is not there; the system cannot be reached until it is.";
        }

        foreach (var system in settings.Deployment.Systems.Where(static system => system.KeysFile is not null))
        {
            var keys = KeysFile(file, system);
            var isMade = beforeStart && settings.Demo && keys == Doors.Tokens.SystemKey.PublicFile(Path.GetFullPath(settings.KeyDirectory), system.Id.Value);
            if (!File.Exists(keys) && !isMade && !File.Exists(Path.Combine(settings.DataDirectory, system.KeysFile!)))
            {
                yield return $"Warning: {file}: system `{system.Id}`: its public keys, {keys}, are not there; it gets no token until they are.";
            }
        }
    }

    /// <summary>Controllers that have not said how long they keep the log where no statute does: nothing of theirs is erased there.</summary>
    internal static IEnumerable<string> FindUnsetRetention(string file, RoomSettings settings) => settings.Deployment.Organisations
        .Where(static organisation => organisation.LogYears is null)
        .Select(organisation => $"Warning: {file}: organisation `{organisation.Id}` has no `logYears`; its records of the log are never erased where no statute says how long they are kept.");

    /// <summary>Where the public keys of a system lie.</summary>
    internal static string KeysFile(string file, SystemEntry system) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, system.KeysFile!));
}
