// Finds the sources that the architecture tests read.
namespace Sisote.Tests.Architecture;

/// <summary>The checkout this test was built from.</summary>
internal static class Repository
{
    /// <summary>Root folder: the one with Sisote.sln.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>All C# files of src, without what the build makes.</summary>
    internal static IEnumerable<string> SourceFiles() => Files("src", "*.cs");

    /// <summary>Files of a folder, without what the build makes.</summary>
    internal static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"));

    /// <summary>A path relative to the root, with forward slashes.</summary>
    internal static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests run inside a checkout.");
    }
}
