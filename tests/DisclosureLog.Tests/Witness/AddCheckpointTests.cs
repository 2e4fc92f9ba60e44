// The request for a cosignature as it travels.
using System.Text.RegularExpressions;
using Sisote.DisclosureLog.Witness;
using Sisote.Tests.Testing;

namespace Sisote.Tests.DisclosureLog;

public sealed class AddCheckpointTests
{
    [Fact]
    public void TheRequestPrintedInTheSpecificationIsReadAndWrittenTheSame()
    {
        var body = Printed();

        Assert.True(AddCheckpoint.TryParse(body, out var request));
        Assert.Equal((20852014L, 4, 20852163L, 2), (request.OldSize, request.Path.Length, request.Checkpoint.Size, request.Note.Signatures.Length));
        Assert.Equal(body, request.ToString());
    }

    [Theory]
    [InlineData("old 20852014\n", "old 020852014\n")]
    [InlineData("old 20852014\n", "old -1\n")]
    [InlineData("old 20852014\n", "old  20852014\n")]
    [InlineData("old 20852014\n", "old\n")]
    [InlineData("old 20852014\n", "Old 20852014\n")]
    [InlineData("old 20852014\n", "old 20852014 \n")]
    [InlineData("old 20852014\n", "old 99999999999999999999\n")]
    [InlineData("old 20852014\n", "\nold 20852014\n")]
    [InlineData("PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=", "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkax=")]
    [InlineData("PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=", "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw")]
    [InlineData("20852163\n", "020852163\n")]
    [InlineData("\n\nexample", "\nexample")]
    [InlineData("\n", "\r\n")]
    public void AnythingElseIsMalformed(string from, string to)
    {
        var body = Printed();

        Assert.Contains(from, body, StringComparison.Ordinal);
        Assert.False(AddCheckpoint.TryParse(body.Replace(from, to, StringComparison.Ordinal), out _));
    }

    [Fact]
    public void MoreThanSixtyThreeHashesOrNoEndingNewlineAreMalformed()
    {
        var body = Printed();
        var hash = body.Split('\n')[1] + "\n";

        Assert.True(AddCheckpoint.TryParse(body.Replace(hash, string.Concat(Enumerable.Repeat(hash, 60)), StringComparison.Ordinal), out _));
        Assert.False(AddCheckpoint.TryParse(body.Replace(hash, string.Concat(Enumerable.Repeat(hash, 61)), StringComparison.Ordinal), out _));
        Assert.False(AddCheckpoint.TryParse(body[..^1], out _));
        Assert.False(AddCheckpoint.TryParse(string.Empty, out _));
        Assert.False(AddCheckpoint.TryParse(null, out _));
    }

    private static string Printed()
    {
        var page = File.ReadAllText(SharedData.Require("tlog-merkle", "c2sp-spec", "tlog-witness.md"));
        var block = Regex.Match(page, "^    old 20852014\\n(?:(?:    .*)?\\n)*?(?=\\S)", RegexOptions.Multiline).Value;
        return Regex.Replace(block, "^    ", string.Empty, RegexOptions.Multiline).TrimEnd('\n') + "\n";
    }
}
