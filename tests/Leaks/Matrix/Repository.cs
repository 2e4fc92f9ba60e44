// Where the repository is.
namespace Sisote.Tests.Leaks.Matrix;

/// <summary>Finds files of the repository.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    internal static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Sisote.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Sisote.sln above.");
        }

        return folder;
    }
}
