// Each kind of finding: put into the catalogue, found at its place; and what our own catalogue is found to hold.
using Sisote.Policy.Analysing;
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy.Analysing;

public sealed class CatalogueAnalysisTests
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    [Theory]
    [InlineData("rules/YO-05.yaml", "conditions: [compulsory-age,", "conditions: [compulsory-age, not-compulsory-age,", FindingSeverity.Error, "dead-rule", "rules/YO-05.yaml", 35, "Rule YO-05 can never permit anything: the conditions can never hold together: compulsory education continues; compulsory education has ended")]
    [InlineData("rules/OH-06.yaml", "conditions: [school-form-upper-secondary,", "conditions: [school-form-upper-secondary, school-form-basic,", FindingSeverity.Error, "dead-rule", "rules/OH-06.yaml", 0, "the conditions can never hold together")]
    [InlineData("rules/EX-02.yaml", "conditions: [referral-active,", "conditions: [no-consent-asked, referral-active,", FindingSeverity.Error, "dead-rule", "rules/EX-02.yaml", 30, "the condition \"consent is not asked because the release rests on the law itself\" cannot hold in this rule")]
    [InlineData("rules/OH-14.yaml", "    conditions: [identity-opened]", "    conditions: [identity-opened, under-18, of-full-age]", FindingSeverity.Error, "dead-pair", "rules/OH-14.yaml", 14, "This part of rule OH-14 can never permit anything: ")]
    [InlineData("conditions.yaml", "referral-active:\n", "nobody-knows:\n  labels: {fi: a, sv: b, en: Nobody knows}\n  type: fact\nreferral-active:\n", FindingSeverity.Warning, "condition-without-evidence", "conditions.yaml", 15, "Nobody can evaluate the condition \"nobody knows\"")]
    [InlineData("rules/EX-01.yaml", "confidence: high", "confidence: high\nvalidTo: 2025-12-31", FindingSeverity.Warning, "time-over", "rules/EX-01.yaml", 32, "Rule EX-01 ceased to be in force on 31 December 2025.")]
    [InlineData("rules/NO-04.yaml", "confidence: high", "confidence: high\nvalidFrom: 2040-01-01", FindingSeverity.Note, "", "", 0, "")]
    [InlineData("prohibitions/P-02.yaml", "items: [diagnosis, patient-summary]", "items: [exercise-entry, exercise-measures, exercise-goal-plan]\ntoSectors: [municipal-sports, third-sector]", FindingSeverity.Warning, "closed-part", "rules/EX-01.yaml", 9, "Rule EX-01 gives exercise goal and plan, but never rule P-02")]
    [InlineData("prohibitions/P-02.yaml", "items: [diagnosis, patient-summary]\nonlySectors: [health, ", "items: [exercise-entry, exercise-measures, exercise-goal-plan]\nonlySectors: [", FindingSeverity.Error, "dead-rule", "rules/EX-03.yaml", 14, "Rule EX-03 can never permit anything: never rule P-02")]
    [InlineData("rules/OH-13.yaml", "roles: [kuraattori, school-nurse, school-doctor]", "roles: [kuraattori, school-nurse, school-doctor, expert-group-lead]", FindingSeverity.Warning, "shadowed-part", "rules/OH-10.yaml", 9, "Rule OH-13 (Student welfare gives an outsider data with written consent) always permits what rule OH-10 permits and asks for no more: basic identity, contact details, data necessary to arrange teaching.")]
    [InlineData("sectors.yaml", "police:", "museum: {fi: Museo, sv: Museum, en: Museum}\npolice:", FindingSeverity.Warning, "unused-sector", "sectors.yaml", 19, "No rule uses this: museum.")]
    [InlineData("roles.yaml", "teacher:", "curator: {sector: education, fi: a, sv: b, en: c}\nteacher:", FindingSeverity.Warning, "unused-role", "roles.yaml", 2, "No rule uses this: curator.")]
    [InlineData("consent-forms.yaml", "GDPR:", "PINKY:\n  labels: {fi: a, sv: b, en: c}\n  statute: none\n  validity: case\nGDPR:", FindingSeverity.Warning, "unused-consent-form", "consent-forms.yaml", 0, "No rule uses this: PINKY.")]
    [InlineData("obligations.yaml", "dpo-alert:", "sing: {fi: a, sv: b, en: c}\ndpo-alert:", FindingSeverity.Warning, "unused-obligation", "obligations.yaml", 0, "No rule uses this: sing.")]
    [InlineData("minors-policy.yaml", "municipal-service:", "zoo:\n  labels: {fi: a, sv: b, en: c}\n  decider: guardian\n  basis:\n    - {statute: \"361/1983\", section: 4 §, says: {fi: a, sv: b, en: c}}\nmunicipal-service:", FindingSeverity.Warning, "unused-minors-context", "minors-policy.yaml", 0, "No rule uses this: zoo.")]
    [InlineData("items/exercise-restriction.yaml", "    codeBinding: sisote-exercise-restriction-vs\n", "", FindingSeverity.Note, "code-list-unbound", "code-lists/sisote-exercise-restriction-vs.yaml", 2, "No item is bound to the code list sisote-exercise-restriction-vs")]
    [InlineData("statutes.yaml", "\"703/2023\":", "\"704/2023\":", FindingSeverity.Note, "statute-without-name", "statutes.yaml", 1, "Statute 703/2023 has no name")]
    [InlineData("statutes.yaml", "\"703/2023\":", "\"1/1900\": {fi: a, sv: b, en: c}\n\"703/2023\":", FindingSeverity.Warning, "unused-statute", "statutes.yaml", 0, "No rule uses this: 1/1900.")]
    [InlineData("items/diagnosis.yaml", "sv: Diagnos", "sv: Diagnosen", FindingSeverity.Note, "", "", 0, "")]
    public void WhatIsWrongIsFoundAtItsPlace(string file, string good, string bad, FindingSeverity severity, string kind, string where, int line, string explanation)
    {
        var texts = EditedCatalogue.Texts(file, good, bad);
        if (bad.Contains("of-full-age", StringComparison.Ordinal))
        {
            texts = EditedCatalogue.Texts(texts, "conditions.yaml", "referral-active:\n", "of-full-age:\n  labels: {fi: a, sv: b, en: Of full age}\n  type: fact\n  evaluatedFrom:\n    - ageAtLeast: 18\nreferral-active:\n");
        }

        var added = Analyse(texts).Findings.Select(Key).Except(Analyse(EditedCatalogue.Shipped).Findings.Select(Key)).ToArray();

        if (kind.Length == 0)
        {
            Assert.Empty(added);
            return;
        }

        Assert.Contains(added, finding => finding.Severity == severity && finding.Kind == kind && finding.File == where && finding.Explanation.Contains(explanation, StringComparison.Ordinal));
        var found = Analyse(texts).Findings.First(finding => finding.Kind == kind && finding.File == where && finding.Explanation.En.Contains(explanation, StringComparison.Ordinal));
        Assert.True(line == 0 ? found.Line > 1 || kind == "statute-without-name" : found.Line == line, $"{found.File}({found.Line})");
    }

    [Fact]
    public void ARuleThatAsksForWhatNobodyCanEvaluateIsDead()
    {
        var texts = EditedCatalogue.Texts("conditions.yaml", "  evaluatedFrom:\n    - relationship: [referral]\n      between: organisations\nreferral-active-or", "referral-active-or");

        var analysis = Analyse(texts);

        Assert.True(analysis.HasErrors);
        Assert.Contains(analysis.Findings, static finding => finding is { Kind: "dead-rule", Subject: "EX-02" } && finding.Explanation.En.Contains("nobody can evaluate the condition \"an accepted referral is in force\"", StringComparison.Ordinal));
        Assert.Contains(analysis.Findings, static finding => finding is { Severity: FindingSeverity.Error, Kind: "condition-without-evidence", Subject: "referral-active" });
    }

    [Fact]
    public void ARuleWhoseDatesNeverMeetThoseOfItsStatutesIsNeverInForce()
    {
        var texts = EditedCatalogue.Texts("rules/EX-02.yaml", "    section: 4 §, 6 §\n", "    section: 4 §, 6 §\n    validFrom: 2030-01-01\n");
        texts = EditedCatalogue.Texts(texts, "rules/EX-02.yaml", "    section: 22-23 §\n", "    section: 22-23 §\n    validFrom: 2030-01-01\n");
        texts = EditedCatalogue.Texts(texts, "rules/EX-02.yaml", "confidence: medium", "confidence: medium\nvalidTo: 2029-12-31");

        Assert.Contains(Analyse(texts).Findings, static finding => finding is { Severity: FindingSeverity.Error, Kind: "never-in-force", Subject: "EX-02", File: "rules/EX-02.yaml" });
    }

    [Fact]
    public void DaysOnWhichNoStatuteCarriesARuleAreNamed()
    {
        var texts = EditedCatalogue.Texts("rules/EX-02.yaml", "    section: 4 §, 6 §\n", "    section: 4 §, 6 §\n    validTo: 2026-12-31\n");
        texts = EditedCatalogue.Texts(texts, "rules/EX-02.yaml", "    section: 22-23 §\n", "    section: 22-23 §\n    validFrom: 2027-03-01\n");

        Assert.Contains(Analyse(texts).Findings, static finding => finding is { Severity: FindingSeverity.Warning, Kind: "statute-gap", Subject: "EX-02" }
            && finding.Explanation.En == "Rule EX-02 has no statute in force from 1 January 2027 until 28 February 2027.");
    }

    [Fact]
    public void AnItemThatNobodyMayGetAnyMoreIsFound()
    {
        var texts = EditedCatalogue.Texts("rules/EX-03.yaml", "items: [exercise-entry, exercise-measures", "items: [exercise-measures");

        Assert.Contains(Analyse(texts).Findings, static finding => finding is { Severity: FindingSeverity.Warning, Kind: "item-nobody-gets", Subject: "exercise-entry", File: "items/exercise-entry.yaml", Line: 2 });
    }

    [Fact]
    public void AMaskThatAlwaysLeavesNothingIsAnError()
    {
        var texts = EditedCatalogue.Texts("prohibitions/P-03.yaml", "when: [safety-prohibition, guardian-safety-prohibition]\n", "");
        texts = EditedCatalogue.Texts(texts, "prohibitions/P-03.yaml", "mask: [Patient.address,", "mask: [Patient.name, Patient.address,");

        Assert.Contains(Analyse(texts).Findings, static finding => finding is { Severity: FindingSeverity.Error, Kind: "empty-item" } && finding.Explanation.En.Contains("gives contact details, but P-03 always leaves out all of it", StringComparison.Ordinal));
    }

    [Fact]
    public void AMaskThatLeavesNothingWhereAFactIsSoIsNoted()
    {
        var texts = EditedCatalogue.Texts("prohibitions/P-03.yaml", "mask: [Patient.address,", "mask: [Patient.name, Patient.address,");

        Assert.Contains(Analyse(texts).Findings, static finding => finding is { Severity: FindingSeverity.Note, Kind: "empty-when-masked", Subject: "P-03", Line: 10 });
    }

    [Fact]
    public void OurOwnCatalogueIsFoundAsTheNotesOnTheLawExplain()
    {
        var analysis = Analyse(EditedCatalogue.Shipped);

        Assert.False(analysis.HasErrors);
        Golden.Matches("Analysing/Golden/shipped.txt", string.Concat(analysis.Findings.Select(static finding => $"{finding.File}({finding.Line}): {finding.Severity} {finding.Kind}: {finding.Explanation.En}\n")));
        var notes = File.ReadAllText(Path.Combine(DemoWorld.Folder, "docs/law-notes.md"));
        Assert.Empty(analysis.Findings.Where(finding => !notes.Contains($"`{finding.Subject}`", StringComparison.Ordinal)).Select(static finding => $"{finding.Kind} {finding.Subject} is not explained in docs/law-notes.md"));
    }

    private static CatalogueAnalysis Analyse((string Name, string Text)[] texts) =>
        CatalogueAnalysis.Of(Catalogues.Load(CatalogueReader.Read(texts)), CataloguePlaces.Of(texts), Day);

    private static (FindingSeverity Severity, string Kind, string File, string Explanation) Key(Finding finding) => (finding.Severity, finding.Kind, finding.File, finding.Explanation.En);
}
