// docs/outside-tests.md: one section for each collection, written from what the gateway answered.
using System.Globalization;

namespace Sisote.Tests.Gateway.Outside;

/// <summary>Holds the rows to the page; <c>UPDATE_GOLDEN=1</c> writes their section anew, and the difference is reviewed as code.</summary>
internal static class OutsidePage
{
    private static readonly string File = Find();

    /// <summary>Fails unless the collection's section of the page shows exactly these rows.</summary>
    internal static void Check(string collection, IReadOnlyList<OutsideRow> rows)
    {
        var page = System.IO.File.ReadAllText(File).ReplaceLineEndings("\n");
        var heading = $"## {collection}\n";
        var start = page.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/outside-tests.md has no section {collection}.");
        var table = page.IndexOf("\n| row |", start, StringComparison.Ordinal) is var found && found >= 0 ? found + 1 : throw new InvalidDataException($"The section {collection} has no table.");
        var end = page.IndexOf("\n\n", table, StringComparison.Ordinal) is var last && last >= 0 ? last + 1 : page.Length;
        var written = Write(rows);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            System.IO.File.WriteAllText(File, page[..table] + written + page[end..]);
            return;
        }

        Assert.Equal(page[table..end], written);
    }

    private static string Write(IReadOnlyList<OutsideRow> rows) => string.Join('\n', [
        "| row | asked here | expected there | answered here | |",
        "|---|---|---|---|---|",
        .. rows.Select(static row => row.Line),
        string.Create(CultureInfo.InvariantCulture, $"| {rows.Count} rows | | | | {rows.Count(static row => row.Holds)} hold, {rows.Count(static row => !row.Holds)} differ |"),
        "",
    ]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run inside a checkout.");
        }

        return Path.Combine(folder.FullName, "docs", "outside-tests.md");
    }
}
