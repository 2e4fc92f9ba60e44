// The repository's own documents, read as a newcomer reads them.
using System.Text.RegularExpressions;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>Code blocks of a document of the checkout.</summary>
internal static partial class Documents
{
    /// <summary>The code blocks of a language, in their order.</summary>
    internal static List<string> Blocks(string document, string language) =>
        [.. Block().Matches(File.ReadAllText(Path(document))).Where(match => match.Groups[1].Value == language).Select(static match => match.Groups[2].Value)];

    /// <summary>A file of the checkout.</summary>
    internal static string Text(string file) => File.ReadAllText(Path(file));

    /// <summary>The words of a shell line, quotes taken off.</summary>
    internal static List<string> ShellWords(string line) =>
        [.. Word().Matches(line).Select(static match => match.Value[0] is '\'' or '"' ? match.Value[1..^1] : match.Value)];

    /// <summary>Where a file or folder of the checkout is.</summary>
    internal static string Path(string file) => System.IO.Path.Combine(Root(), file);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Sisote.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run inside a checkout.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("'[^']*'|\"[^\"]*\"|[^\\s'\"]+")]
    private static partial Regex Word();
}
