// The catalogue is read as a whole or not at all, and every fault has its place.
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy;

public sealed class CatalogueReaderTests
{
    private static readonly (string Name, string Text)[] Texts = [.. CatalogueReader.EmbeddedTexts()];

    [Fact]
    public void TheShippedCatalogueHoldsTheWholeLaw()
    {
        Assert.Equal((46, 59, 16), (Catalogues.Shipped.Items.Count, Catalogues.Shipped.Rules.Count, Catalogues.Shipped.Prohibitions.Count));
    }

    [Fact]
    public void TheFolderAndTheProgramHoldTheSameCatalogue()
    {
        Assert.Equal(Catalogues.Shipped.Version, Catalogues.Load(CatalogueReader.ReadDirectory(Path.Combine(DemoWorld.Folder, "src/Catalogue"))).Version);
    }

    [Fact]
    public void OrderOfFilesCommentsAndLayoutDoNotChangeTheVersion()
    {
        var dressed = Texts.Reverse().Select(static file => (file.Name, "# a remark\n" + file.Text.Replace("\n", "   \n\n", StringComparison.Ordinal)));

        Assert.Equal(Catalogues.Shipped.Version, Catalogues.Load(CatalogueReader.Read(dressed)).Version);
    }

    [Fact]
    public void AnyChangeOfTheLawChangesTheVersion()
    {
        var reading = Changed("rules/EX-02.yaml", "confidence: medium", "confidence: low");

        Assert.NotEqual(Catalogues.Shipped.Version, Catalogues.Load(reading).Version);
    }

    [Theory]
    [InlineData("rules/EX-02.yaml", "purpose: exercise-counselling", "purpose: marketing", 11, "Purpose `marketing` is not defined.")]
    [InlineData("rules/EX-02.yaml", "direction: read", "direction: peek", 12, "`direction` is `peek`, must be one of read, write, notify.")]
    [InlineData("rules/EX-02.yaml", "priority: core", "priority: core\npriorty: core", 4, "Unknown key `priorty`.")]
    [InlineData("rules/EX-02.yaml", "exercise-restriction,", "exercise-restricton,", 14, "Item `exercise-restricton` is not defined.")]
    [InlineData("rules/EX-02.yaml", "statute: \"703/2023\"", "statute: asiakastietolaki", 16, "`asiakastietolaki` is not a statute number like 703/2023.")]
    [InlineData("rules/EX-02.yaml", "roles: [health-professional]", "roles: [teacher]", 9, "Role `teacher` belongs to sector `education`, not to `health`.")]
    [InlineData("rules/EX-02.yaml", "{form: SECRECY, minors: health}", "{form: KIELTO}", 29, "Consent form `KIELTO` can only close; no rule can ask for it.")]
    [InlineData("rules/EX-02.yaml", "referral-active,", "referral-activ,", 30, "Condition `referral-activ` is not defined.")]
    [InlineData("rules/EX-02.yaml", "lawyerCheck:", "remarks:", 31, "A rule of medium or low confidence must say in `lawyerCheck` what a lawyer checks.")]
    [InlineData("rules/SO-02.yaml", "validFrom: 2027-03-01", "validFrom: 2027-03-01\nvalidTo: 2027-02-01", 36, "`validTo` lies before `validFrom`.")]
    [InlineData("rules/SO-02.yaml", "validFrom: 2027-03-01", "validFrom: spring", 35, "`validFrom` must be a date like 2026-08-01.")]
    [InlineData("items/diagnosis.yaml", "clinicalStatus", "clinical status", 13, "`clinical status` is not an element path: names of FHIR elements joined by dots, such as activity.detail.status.")]
    [InlineData("items/diagnosis.yaml", "  sv: Diagnos\n", "", 4, "`sv` is missing.")]
    [InlineData("items/diagnosis.yaml", "sensitivity: S3", "sensitivity: S9", 8, "`sensitivity` is `S9`, must be one of S0, S1, S2, S3, S4.")]
    [InlineData("items/diagnosis.yaml", "conditionCategory", "conditionCategori", 12, "Code system `conditionCategori` is not defined.")]
    [InlineData("items/diagnosis.yaml", "id: diagnosis", "id: diagnoses", 1, "The file must be named after its id `diagnoses`.")]
    [InlineData("items/diagnosis.yaml", "labels:", "labels: [", 5, "Not readable as YAML")]
    [InlineData("prohibitions/P-03.yaml", "Patient.address,", "address,", 10, "`address` is not an element with its type, such as Patient.address.")]
    [InlineData("prohibitions/P-03.yaml", "safety-prohibition,", "danger,", 8, "Unknown fact `danger`.")]
    [InlineData("conditions.yaml", "statement: caller", "statement: anybody", 7, "`statement` is `anybody`, must be one of caller, system, professional.")]
    public void AFaultIsReportedWithFileAndLine(string file, string good, string bad, int line, string message)
    {
        var faulty = Assert.IsType<CatalogueReading.Faulty>(Changed(file, good, bad));

        Assert.True(
            faulty.Faults.Any(fault => fault.File == file && fault.Line == line && fault.Message.StartsWith(message, StringComparison.Ordinal)),
            $"Expected {file}({line}): {message}\nGot:\n{string.Join('\n', faulty.Faults)}");
    }

    [Fact]
    public void AllFaultsAreReportedAtOnce()
    {
        var faulty = Assert.IsType<CatalogueReading.Faulty>(CatalogueReader.Read(Texts
            .Where(static file => file.Name != "items/diagnosis.yaml")
            .Append(("items/exercise-goal-plan-2.yaml", Texts.Single(static file => file.Name == "items/exercise-goal-plan.yaml").Text))
            .Append(("notes/idea.yaml", "a: b"))));

        Assert.Contains(faulty.Faults, static fault => fault.Message.StartsWith("Item `exercise-goal-plan` is already defined in", StringComparison.Ordinal));
        Assert.Contains(faulty.Faults, static fault => fault.Message == "Item `diagnosis` is not defined." && fault.File == "rules/SO-01.yaml");
        Assert.Contains(faulty.Faults, static fault => fault is { File: "notes/idea.yaml", Message: "The catalogue has no place for this file." });
    }

    private static CatalogueReading Changed(string file, string good, string bad) => CatalogueReader.Read(Texts.Select(entry =>
    {
        if (entry.Name != file)
        {
            return entry;
        }

        var at = entry.Text.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} does not hold {good}.");
        return (entry.Name, entry.Text[..at] + bad + entry.Text[(at + good.Length)..]);
    }));
}
