// What the documentation points at is there.
using System.Text.RegularExpressions;

namespace Sisote.Tests.Architecture;

public sealed partial class PathTests
{
    public static TheoryData<string> Pages =>
        [.. new[] { "docs", "src" }.SelectMany(static folder => Repository.Files(folder, "*.md")).Concat(Directory.EnumerateFiles(Repository.Root, "*.md")).Select(Repository.Relative)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryFileThatAPageNamesIsThere(string page)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page));
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;

        var missing = Named().Matches(text).Select(static match => (Path: match.Groups[1].Value, From: Repository.Root))
            .Concat(Linked().Matches(text).Select(match => (Path: match.Groups[1].Value, From: folder)))
            .Where(static named => !Path.Exists(Path.Combine(named.From, named.Path)))
            .Select(static named => named.Path);

        Assert.Empty(missing);
    }

    [GeneratedRegex(@"`((?:src|docs|tests|eng|\.ci)/[A-Za-z0-9._/-]*)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)")]
    private static partial Regex Linked();
}
