// All that is wrong with a catalogue is said at once, each fault with its file and line.
namespace Sisote.Tests.Host;

public sealed class CatalogueCheckTests : IDisposable
{
    private readonly CatalogueFolder folder = CatalogueFolder.Shipped();

    [Fact]
    public void TenDifferentFaultsAreSaidAtOnce()
    {
        folder.Replace("rules/EX-02.yaml", "purpose: exercise-counselling", "purpose: marketing");
        folder.Replace("rules/EX-03.yaml", "direction: write", "direction: peek");
        folder.Replace("rules/NO-01.yaml", "priority: core", "priority: core\npriorty: core");
        folder.Replace("rules/SO-02.yaml", "validFrom: 2027-03-01", "validFrom: 2027-03-01\nvalidTo: 2027-02-01");
        folder.Replace("rules/SO-07.yaml", "confidence: high", "confidence: low");
        folder.Replace("items/diagnosis.yaml", "  sv: Diagnos\n", "");
        folder.Replace("items/exercise-entry.yaml", "id: exercise-entry", "id: exercise-note");
        folder.Replace("prohibitions/P-03.yaml", "safety-prohibition, guardian", "danger, guardian");
        folder.Replace("conditions.yaml", "between: requester\n    - statement: system", "between: requester\n    - statement: anybody");
        folder.Replace("roles.yaml", "teacher: {sector: education,", "teacher: {sector: school,");
        folder.Write("notes/idea.yaml", "a: b\n");
        folder.Write("rules/ZZ-01.yaml", "id: [\n");

        var run = CatalogueRun.Of("check", "--catalogue", folder.Path);

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        string[] expected =
        [
            "conditions.yaml(14): `statement` is `anybody`, must be one of caller, system, professional.",
            "items/diagnosis.yaml(4): `sv` is missing.",
            "items/exercise-entry.yaml(1): The file must be named after its id `exercise-note`.",
            "notes/idea.yaml: The catalogue has no place for this file.",
            "prohibitions/P-03.yaml(8): Unknown fact `danger`.",
            "roles.yaml(2): Sector `school` is not defined.",
            "rules/EX-02.yaml(11): Purpose `marketing` is not defined.",
            "rules/EX-03.yaml(12): `direction` is `peek`, must be one of read, write, notify.",
            "rules/NO-01.yaml(4): Unknown key `priorty`.",
            "rules/SO-02.yaml(36): `validTo` lies before `validFrom`.",
        ];
        Assert.Empty(expected.Except(run.OutputLines));
        Assert.Contains(run.OutputLines, static line => line.StartsWith("rules/SO-07.yaml(", StringComparison.Ordinal) && line.EndsWith("must say in `lawyerCheck` what a lawyer checks.", StringComparison.Ordinal));
        Assert.Contains(run.OutputLines, static line => line.StartsWith("rules/ZZ-01.yaml(", StringComparison.Ordinal) && line.Contains("Not readable as YAML", StringComparison.Ordinal));
        Assert.All(run.OutputLines, static line => Assert.Matches(@"^[a-z-]+(/[A-Za-z0-9-]+)?\.yaml(\(\d+\))?: ", line));
    }

    [Fact]
    public void ASoundCatalogueIsCounted()
    {
        var run = CatalogueRun.Of("check", "--catalogue", folder.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"{Files("items")} data items, {Files("rules")} rules; version ", run.Output, StringComparison.Ordinal);
    }

    private int Files(string kind) => Directory.GetFiles(Path.Combine(folder.Path, kind), "*.yaml").Length;

    public void Dispose() => folder.Dispose();
}
