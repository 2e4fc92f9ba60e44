// What stands in the elements of resources: only what the permitted items name leaves, for every profile.
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Matrix;

namespace Sisote.Tests.Leaks.Probes;

public sealed class ContentTests
{
    [Fact]
    [Channel(13, 14, 15, 16, 17, 18, 19, 20, 31, EveryProfile = true)]
    public async Task NothingLeavesThatNoPermittedItemNamesAndAllLeavesThatOneNames()
    {
        var sweep = await Sweep.RunAsync();

        Assert.True(sweep.Findings.Count == 0, $"{sweep.Findings.Count} findings\n{string.Join('\n', sweep.Findings.GroupBy(static finding => (finding.Kind, finding.Path)).Take(40).Select(static group => $"{group.Count()} x {group.First()}"))}");
        Assert.True(sweep is { Released: > 500, Withheld: > 1000 }, $"{sweep.Released} released, {sweep.Withheld} withheld in {sweep.Answers} answers");
    }

    [Fact]
    [Channel(13, EveryProfile = true)]
    public Task NoNarrativeLeaves() => StaysAsync(static path => path.Contains(".text.div", StringComparison.Ordinal) || path.EndsWith(".text.id", StringComparison.Ordinal));

    [Fact]
    [Channel(14, EveryProfile = true)]
    public Task NothingContainedLeaves() => StaysAsync(static path => path.Contains(".contained.", StringComparison.Ordinal));

    [Fact]
    [Channel(15, EveryProfile = true)]
    public Task NoExtensionOfAnElementOrPrimitiveLeaves() => StaysAsync(static path => path.Contains(".extension.", StringComparison.Ordinal) || path.Contains("._", StringComparison.Ordinal));

    [Fact]
    [Channel(15, EveryProfile = true)]
    public async Task AResourceWithAModifierThatNoItemKnowsStays() =>
        Assert.Equal([], (await Sweep.RunAsync()).Findings.Where(static finding => finding.Kind == FindingKind.Released || finding.Path.Contains("modifierExtension", StringComparison.Ordinal)));

    [Fact]
    [Channel(16, EveryProfile = true)]
    public Task NoDisplayAndNoFreeTextLeaves() =>
        StaysAsync(static path => path.EndsWith(".display", StringComparison.Ordinal) || path.EndsWith(".text", StringComparison.Ordinal) || path.Contains(".note.", StringComparison.Ordinal) || path.EndsWith(".assigner", StringComparison.Ordinal));

    [Fact]
    [Channel(17, EveryProfile = true)]
    public Task NoCodeBesideThePermittedOnesLeaves() => StaysAsync(static path => path.Contains(".other.", StringComparison.Ordinal) || path.Contains("code.outside", StringComparison.Ordinal));

    [Fact]
    [Channel(4, 17, EveryProfile = true)]
    public async Task AResourceUnderASensitiveOrUnknownLabelOrOfAnotherClientStays() =>
        Assert.Equal([], (await Sweep.RunAsync()).Findings.Where(static finding => finding.Kind == FindingKind.Released));

    [Fact]
    [Channel(18, EveryProfile = true)]
    public Task NoReferenceToAnythingElseLeaves() => StaysAsync(static path => path.EndsWith(".reference", StringComparison.Ordinal));

    [Fact]
    [Channel(19, EveryProfile = true)]
    public async Task NoIdOfTheSourceAndNoNationalIdentifierLeavesUnlessAnItemSaysSo() =>
        Assert.Equal([], (await Sweep.RunAsync()).Findings.Where(static finding => finding.Kind == FindingKind.Identifier || (finding.Kind == FindingKind.Mark && (finding.Path.Contains(".id", StringComparison.Ordinal) || finding.Path.Contains("identifier", StringComparison.Ordinal)))));

    [Fact]
    [Channel(20, EveryProfile = true)]
    public Task NothingOfMetaLeavesAndEveryResourceIsTaggedAsSubset() => StaysAsync(static path => path.Contains(".meta.", StringComparison.Ordinal), FindingKind.Different);

    [Fact]
    [Channel(31, EveryProfile = true)]
    public Task NoAddressTitleHashSizeOrDateOfAnAttachmentLeaves() =>
        StaysAsync(static path => path.Contains("ttachment.", StringComparison.Ordinal) || path.Contains(".photo.", StringComparison.Ordinal));

    [Fact]
    [Channel(48, EveryProfile = true)]
    public async Task NoMarkAndNoIdentifierIsInTheDiagnosticsThoughAllThatCanBeWrittenIs()
    {
        var sweep = await Sweep.RunAsync();

        Assert.Contains("\"Room\":\"gateway\"", sweep.Diagnostics, StringComparison.Ordinal);
        Assert.Empty(Marked.Marks.FindIn(sweep.Diagnostics));
        Assert.DoesNotContain(MarkedSource.Envelope, sweep.Diagnostics, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(sweep.Clients, hetu => sweep.Diagnostics.Contains(hetu, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task StaysAsync(Func<string, bool> isOfThem, FindingKind kind = FindingKind.Mark) =>
        Assert.Equal([], (await Sweep.RunAsync()).Findings.Where(finding => finding.Kind == FindingKind.Mark ? isOfThem(finding.Path) : finding.Kind == kind));
}
