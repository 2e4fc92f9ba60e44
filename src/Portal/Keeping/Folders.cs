// Folders that only the portal's own user may look into.
namespace Sisote.Portal.Keeping;

/// <summary>Makes folders below the data folder that nobody else on the machine can read.</summary>
internal static class Folders
{
    /// <summary>Makes the folder, private to the process's user where the system knows such a thing.</summary>
    public static DirectoryInfo EnsurePrivate(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
