// Rules of the house that a compiler does not know.
using System.Text.RegularExpressions;
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Architecture;

public sealed partial class SourceRuleTests
{
    // Where the value of a hidden identifier may come out: storage, the wire between rooms, the native doors of source systems.
    private static readonly string[] MayReveal =
    [
        "src/Policy/Ids/", "src/Consent/", "src/Gateway/", "src/DisclosureLog/Entries/", "src/Adapters/", "src/Identity/", "src/Host/Tour/", "src/Host/Demo/", "src/Host/House/", "src/Host/Probe/", "src/Doors/",
    ];

    // Who may name the law's codes: the tour and the demo play a story about them; simulators and adapters never.
    private static readonly string[] MayNameCodes = ["src/Host/Tour/", "src/Host/Demo/"];

    [Fact]
    public void EveryFileBeginsWithASentenceThatSaysWhatItIsFor()
    {
        var silent = Repository.SourceFiles().Concat(Repository.Files("tests", "*.cs"))
            .Where(static file => !File.ReadLines(file).First().StartsWith("// ", StringComparison.Ordinal) && !file.EndsWith(".cshtml.cs", StringComparison.Ordinal));

        Assert.Empty(silent.Select(Repository.Relative));
    }

    [Fact]
    public void AHiddenIdentifierIsRevealedOnlyWhereThePlanSaysSo()
    {
        var revealing = Repository.SourceFiles()
            .Where(static file => File.ReadAllText(file).Contains(".Reveal()", StringComparison.Ordinal))
            .Select(Repository.Relative)
            .Where(static file => !MayReveal.Any(file.StartsWith));

        Assert.Empty(revealing);
    }

    [Fact]
    public void NoRuleOfTheLawStandsInCode()
    {
        var catalogue = Assert.IsType<CatalogueReading.Loaded>(CatalogueReader.ReadEmbedded()).Catalogue;
        var codes = catalogue.Items.Keys.Select(static item => item.Value).Concat(catalogue.Rules.Keys.Select(static rule => rule.Value)).ToHashSet();

        var naming = Repository.SourceFiles()
            .Where(static file => !MayNameCodes.Any(Repository.Relative(file).StartsWith))
            .SelectMany(file => Literals().Matches(File.ReadAllText(file)).Select(match => (File: Repository.Relative(file), Code: match.Groups[1].Value)))
            .Where(found => codes.Contains(found.Code));

        Assert.Empty(naming);
    }

    [Fact]
    public void ADiagnosticEventHasOneNumberForEver()
    {
        var doubled = Repository.SourceFiles()
            .SelectMany(static file => EventIds().Matches(File.ReadAllText(file)).Select(static match => match.Groups[1].Value))
            .GroupBy(static id => id)
            .Where(static group => group.Count() > 1)
            .Select(static group => group.Key);

        Assert.Empty(doubled);
    }

    [Fact]
    public void NobodyCatchesEverythingAndGoesOn()
    {
        var swallowing = Repository.SourceFiles().Where(static file => EmptyCatch().IsMatch(File.ReadAllText(file)));

        Assert.Empty(swallowing.Select(Repository.Relative));
    }

    [GeneratedRegex("\"([A-Za-z0-9.-]+)\"")]
    private static partial Regex Literals();

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId\s*=\s*)?(\d+)")]
    private static partial Regex EventIds();

    [GeneratedRegex(@"catch\s*(\(\s*Exception\s*\w*\s*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();
}
