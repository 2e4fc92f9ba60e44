// The page for lawyers shows what the commands print; UPDATE_GOLDEN=1 writes the outputs anew.
using System.Text.RegularExpressions;

namespace Sisote.Tests.Host;

public sealed partial class CatalogueToolsPageTests : IDisposable
{
    private static readonly string Page = Path.Combine(CatalogueFolder.Checkout, "docs/catalogue-tools.md");

    private readonly List<CatalogueFolder> folders = [];

    [Fact]
    public void EveryExampleOnThePageIsWhatTheCommandPrints()
    {
        var text = File.ReadAllText(Page).ReplaceLineEndings("\n");
        var edits = Edits().Matches(text).Select(static match => (match.Groups["name"].Value, match.Groups["edits"].Value)).ToArray();
        var made = edits.ToDictionary(static edit => edit.Item1, edit => Make(edit.Item2).Path);

        var printed = Examples().Replace(text, match => $"```sh\n{match.Groups["command"].Value}\n```\n\n```text\n{Print(match.Groups["command"].Value, made)}```\n");

        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Page, printed);
        }

        Assert.True(Examples().Count(text) >= 6);
        Assert.Equal(printed, File.ReadAllText(Page).ReplaceLineEndings("\n"));
    }

    public void Dispose() => folders.ForEach(static folder => folder.Dispose());

    private CatalogueFolder Make(string edits)
    {
        var folder = CatalogueFolder.Shipped();
        folders.Add(folder);
        var file = string.Empty;
        var gone = string.Empty;
        foreach (var line in edits.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (line[0])
            {
                case '-':
                    gone = line[1..];
                    break;
                case '+':
                    folder.Replace(file, gone, line[1..]);
                    break;
                default:
                    file = line;
                    break;
            }
        }

        return folder;
    }

    private static string Print(string command, Dictionary<string, string> folders)
    {
        var words = command.Split(' ')[2..].Select(word => folders.GetValueOrDefault(word, word)).ToArray();
        var run = CatalogueRun.Of(words);
        Assert.Equal(string.Empty, run.Errors);
        return run.Output;
    }

    [GeneratedRegex("```sh\n(?<command>sisote catalogue [^\n]+)\n```\n\n```text\n(?<output>.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Examples();

    [GeneratedRegex("Suppose that `(?<name>[a-z]+)`[^`]*`src/Catalogue`[^`]*```diff\n(?<edits>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Edits();
}
