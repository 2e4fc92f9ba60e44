// The folder of this installation's own files.
using System.Globalization;
using Sisote.Host.Demo;

namespace Sisote.Host.House;

/// <summary>Makes sure that the data folder can be used before anything is opened.</summary>
internal static class DataFolder
{
    private const string Mark = ".sisote";

    /// <summary>Creates the folder where needed, closed to other users of the machine, and proves that it can be written.</summary>
    /// <exception cref="StartFaultException">It cannot.</exception>
    internal static void Require(string folder)
    {
        try
        {
            CreatePrivate(folder);
            var probe = Path.Combine(folder, ".write-probe");
            File.WriteAllText(probe, string.Empty);
            File.Delete(probe);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException($"The data folder {folder} cannot be written: give this user the right to, or name another with --data FOLDER.", fault);
        }
    }

    /// <summary>Whether an installation has kept something in the folder.</summary>
    internal static bool IsUsed(string folder) => File.Exists(Path.Combine(folder, Mark)) && File.Exists(Path.Combine(folder, "consent.db"));

    /// <summary>Makes sure that the folder may be emptied.</summary>
    /// <exception cref="StartFaultException">Sisote did not make it.</exception>
    internal static void RequireOwn(string folder)
    {
        if (Directory.Exists(folder) && !File.Exists(Path.Combine(folder, Mark)) && Others(folder).Any())
        {
            throw new StartFaultException($"--fresh would empty {folder}, but Sisote did not make that folder: empty it yourself or name another with --data FOLDER.");
        }
    }

    /// <summary>Empties the folder, but for settings (deployment file, persons) that were changed by hand: those stay beside, under a name with the time.</summary>
    /// <returns>Where the changed files are now.</returns>
    /// <exception cref="StartFaultException">Something cannot be removed.</exception>
    internal static IReadOnlyList<string> Clear(HouseOptions options, DateTimeOffset now)
    {
        try
        {
            string[] kept = [.. Keep(options, HouseOptions.DeploymentName, DemoWorld.IsAsWritten, now), .. Keep(options, HouseOptions.PersonsName, static text => text == DemoPersons.FirstText(), now)];
            foreach (var entry in Others(options.Data).Where(static entry => !IsKept(Path.GetFileName(entry))))
            {
                Remove(entry);
            }

            return kept;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException($"The data folder {options.Data} cannot be emptied ({fault.Message}): stop what uses it, then try again.", fault);
        }
    }

    /// <summary>Marks the folder as made by Sisote.</summary>
    internal static void Claim(string folder)
    {
        Require(folder);
        File.WriteAllText(Path.Combine(folder, Mark), "This folder belongs to a Sisote installation.\n");
    }

    private static IEnumerable<string> Others(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Where(static entry => Path.GetFileName(entry) != HouseLock.FolderName).ToArray();

    private static string[] Keep(HouseOptions options, string name, Predicate<string> isAsWritten, DateTimeOffset now)
    {
        var file = Path.Combine(options.Data, name);
        if (!File.Exists(file) || isAsWritten(File.ReadAllText(file)))
        {
            return [];
        }

        var kept = file + now.ToString("'.'yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture);
        File.Move(file, kept, overwrite: true);
        return [kept];
    }

    private static bool IsKept(string name) =>
        name.StartsWith(HouseOptions.DeploymentName + ".", StringComparison.Ordinal) || name.StartsWith(HouseOptions.PersonsName + ".", StringComparison.Ordinal);

    private static void Remove(string entry)
    {
        if (Directory.Exists(entry) && new DirectoryInfo(entry).LinkTarget is null)
        {
            Directory.Delete(entry, recursive: true);
        }
        else
        {
            File.Delete(entry);
        }
    }

    // The databases and the log in it tell who is a client of whom: a folder that was there before keeps the rights that its owner gave it.
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
