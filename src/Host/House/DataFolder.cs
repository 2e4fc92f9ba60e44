// The folder of this installation's own files.
namespace Sisote.Host.House;

/// <summary>Makes sure that the data folder can be used before anything is opened.</summary>
internal static class DataFolder
{
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

    /// <summary>Empties the folder of what Sisote made there; anything else in it is left and named.</summary>
    /// <exception cref="StartFaultException">Something in it is not Sisote's, or cannot be removed.</exception>
    internal static void Clear(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        if (!File.Exists(Path.Combine(folder, Mark)) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new StartFaultException($"--fresh would empty {folder}, but Sisote did not make that folder: empty it yourself or name another with --data FOLDER.");
        }

        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException($"The data folder {folder} cannot be emptied: stop the instance that uses it, then try again.", fault);
        }
    }

    /// <summary>Marks the folder as made by Sisote.</summary>
    internal static void Claim(string folder)
    {
        Require(folder);
        File.WriteAllText(Path.Combine(folder, Mark), "This folder belongs to a Sisote installation.\n");
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

    private const string Mark = ".sisote";
}
