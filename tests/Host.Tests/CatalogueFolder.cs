// A copy of the shipped catalogue on disk, to be changed by a test.
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Host;

/// <summary>A folder that goes with the test.</summary>
internal sealed class CatalogueFolder : IDisposable
{
    private CatalogueFolder(string path) => Path = path;

    internal static string Checkout { get; } = FindCheckout();

    internal string Path { get; }

    internal static CatalogueFolder Shipped()
    {
        var folder = new CatalogueFolder(Directory.CreateTempSubdirectory("catalogue-").FullName);
        foreach (var (name, text) in CatalogueReader.EmbeddedTexts())
        {
            folder.Write(name, text);
        }

        return folder;
    }

    internal void Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    internal void Replace(string name, string good, string bad)
    {
        var file = System.IO.Path.Combine(Path, name);
        var text = File.ReadAllText(file);
        Assert.Contains(good, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(good, bad, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string FindCheckout()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Sisote.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
