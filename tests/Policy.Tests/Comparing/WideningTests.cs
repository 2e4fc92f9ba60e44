// What a new catalogue opens is never told as something harmless: held against every case of the corpus.
using Sisote.Policy.Cases;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Comparing;
using Sisote.Policy.Decisions;

namespace Sisote.Tests.Policy.Comparing;

public sealed class WideningTests
{
    private static readonly string[] Cases = [.. Directory.EnumerateFiles(Path.Combine(DemoWorld.Folder, "tests/Policy.Tests/Decisions"), "*.jsonl").Order().SelectMany(File.ReadLines)];

    private static readonly DecisionCaseRunner Shipped = new(Catalogues.Shipped);

    private static readonly Lazy<HashSet<(string, string)>> Before = new(() => Permits(Shipped));

    public static TheoryData<string, string, string, ChangeEffect, string> Edits => new()
    {
        // What opens, each in its own way.
        { "rules/EX-02.yaml", "referral-active, ", "", ChangeEffect.Widens, "Rule EX-02 (Exercise counsellor reads only the limits and goals): this is no longer needed: an accepted referral is in force." },
        { "rules/EX-02.yaml", "exercise-measures]", "exercise-measures, person-contact]", ChangeEffect.Widens, "A health professional may now also give an exercise counsellor contact details (purpose: exercise and lifestyle counselling; the receiver reads the data; rule EX-02; under 703/2023, sections 4 and 6; 906/2019, sections 22–23). Needed: consent lifting secrecy (a minor's say: context health care); " },
        { "rules/EX-02.yaml", "consents:\n  - {form: SECRECY, minors: health}\n", "", ChangeEffect.Widens, "Rule EX-02 (Exercise counsellor reads only the limits and goals): this is no longer needed: consent lifting secrecy" },
        { "rules/EX-02.yaml", "{form: SECRECY, minors: health}", "{form: SECRECY, minors: health, objectable: true}", ChangeEffect.Widens, "the consent asked for is now this: the client has not forbidden it" },
        { "rules/SO-02.yaml", "validFrom: 2027-03-01", "validFrom: 2026-01-01", ChangeEffect.Widens, "Rule SO-02 (Health care and social welfare get data from each other with an itemised release permission) is in force from 1 January 2026 on (before: from 1 March 2027 on)." },
        { "rules/SO-08.yaml", "enabled: false", "enabled: true", ChangeEffect.Widens, "A health professional may now also give a health professional basic identity, patient summary, diagnosis" },
        { "rules/NO-01.yaml", "to: {sector: social, roles: [social-worker]}", "to: {sector: social, roles: [social-worker, own-worker]}", ChangeEffect.Widens, "may now also give a personal responsible worker" },
        { "prohibitions/P-11.yaml", "onlySectors: [student-welfare, client]", "onlySectors: [student-welfare, client, education]", ChangeEffect.Widens, "Never rule P-11 (The school social worker's record and the student-welfare journal never leave student welfare), sectors it leaves alone: added education (education)." },
        { "prohibitions/P-13.yaml", "when: [deceased]", "when: [guardian-barred]", ChangeEffect.Widens, "facts about the client: taken out Deceased." },
        { "prohibitions/P-07.yaml", "unless: [agreement-on-behalf, service-contract]", "unless: [agreement-on-behalf, service-contract, same-controller]", ChangeEffect.Widens, "conditions that lift it: added the data are in the same controller's own register (same-controller)." },
        { "conditions.yaml", "    - statement: caller\nrelation-verified", "    - statement: caller\n    - statement: system\nrelation-verified", ChangeEffect.Widens, "can now also be shown like this: confirmation from a system registered for this check." },
        { "consent-forms.yaml", "  itemised: true\n  written: true", "  itemised: true\n  written: false", ChangeEffect.Widens, "Consent form written itemised consent (student welfare) (OH-WRITTEN), no longer: must be in writing." },
        { "minors-policy.yaml", "decider: minor-if-capable-else-guardian", "decider: minor-or-guardian", ChangeEffect.MayWiden, "who decides for a minor: now \"the minor or the guardian\"" },
        { "items/exercise-restriction.yaml", "period, author]", "period, author, note]", ChangeEffect.Widens, "elements: added note." },
        { "items/exercise-restriction.yaml", "    codeBinding: sisote-exercise-restriction-vs\n", "", ChangeEffect.Widens, "code list the codes are from: taken out" },
        { "code-lists/sisote-exercise-restriction-vs.yaml", "  no-swimming-alone:", "  after-heart-attack: {fi: a, sv: b, en: c}\n  no-swimming-alone:", ChangeEffect.Widens, "codes: added after-heart-attack." },
        { "rules/OH-09.yaml", "obligations: [consent-per-member, student-welfare-use-only]", "obligations: [consent-per-member]", ChangeEffect.MayWiden, "obligation dropped: the data are used for student welfare only." },
        { "rules/EX-01.yaml", "confidence: high", "confidence: high\nstatutoryNotification: false", ChangeEffect.Words, "" },

        { "prohibitions/P-02.yaml", "roles: [outsourced-provider]", "roles: [outsourced-provider, workplace-trainer]", ChangeEffect.Widens, "recipients it leaves alone: added company/workplace-trainer." },
        { "rules/CU-01.yaml", "{sector: health, roles: [health-professional]}", "{sector: employment, roles: [employment-officer]}", ChangeEffect.Widens, "An employment officer may now also give" },
        { "conditions.yaml", "    - roleScope: inside", "    - organisations: same", ChangeEffect.Widens, "can now also be shown like this: giver and receiver are of one organisation." },

        // What closes.
        { "rules/AG-01.yaml", "to: {sector: any}", "to: {sector: health, roles: [health-professional]}", ChangeEffect.Widens, "Anybody may now also give a health professional aggregate indicator" },
        { "rules/EX-02.yaml", "role-scope, ", "role-scope, human-release, ", ChangeEffect.Narrows, "this is now also needed: a named person in the giver's organisation decides on this release." },
        { "rules/OH-13.yaml", "      - {sector: municipal-sports, roles: [exercise-counsellor]}\n", "", ChangeEffect.Narrows, "may no longer give an exercise counsellor basic identity, contact details" },
        { "rules/EX-01.yaml", "confidence: high", "confidence: high\nvalidTo: 2020-01-01", ChangeEffect.Narrows, "is in force until 1 January 2020 (before: until further notice)." },
        { "prohibitions/P-02.yaml", "items: [diagnosis, patient-summary]", "items: [diagnosis, patient-summary, exercise-restriction]", ChangeEffect.Narrows, "items it closes: added exercise limits and precautions (exercise-restriction)." },
        { "prohibitions/P-16.yaml", "toSectors: [education, ", "toSectors: [education, social, ", ChangeEffect.Narrows, "recipients' sectors: added social welfare (social)." },

        // Words.
        { "retention.yaml", "years: 5", "years: 6", ChangeEffect.Words, "Retention log-other, years kept: now \"6\" (before: \"5\")." },
        { "rules/EX-01.yaml", "confidence: high", "confidence: medium\nlawyerCheck: {fi: a, sv: b, en: c}", ChangeEffect.Words, "confidence: now \"medium\" (before: \"high\")." },
        { "items/diagnosis.yaml", "en: Diagnosis", "en: Diagnoses", ChangeEffect.Words, "name (in English): now \"Diagnoses\" (before: \"Diagnosis\")." },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void AChangeIsToldAsWhatItDoes(string file, string good, string bad, ChangeEffect effect, string sentence)
    {
        var edited = EditedCatalogue.With(file, good, bad);

        var changes = CatalogueComparison.Of(Catalogues.Shipped, edited).Changes;

        if (sentence.Length == 0)
        {
            Assert.Empty(changes);
            return;
        }

        Assert.Equal(effect, changes.Select(static change => change.Effect).Min());
        Assert.Contains(changes, change => change.Effect == effect && change.Sentence.En.Contains(sentence, StringComparison.Ordinal));
        Assert.Equal(changes.Select(static change => change.Effect).Order(), changes.Select(static change => change.Effect));
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void WhatACaseMayGetThatItCouldNotBeforeIsToldAsOpening(string file, string good, string bad, ChangeEffect effect, string sentence)
    {
        _ = (effect, sentence);
        var edited = EditedCatalogue.With(file, good, bad);
        var after = Permits(new DecisionCaseRunner(edited));

        var effects = CatalogueComparison.Of(Catalogues.Shipped, edited).Changes.Select(static change => change.Effect).ToHashSet();

        Assert.True(after.IsSubsetOf(Before.Value) || effects.Overlaps([ChangeEffect.Widens, ChangeEffect.MayWiden]), $"opened without a word: {string.Join(", ", after.Except(Before.Value).Take(5))}");
        Assert.True(Before.Value.IsSubsetOf(after) || effects.Overlaps([ChangeEffect.Narrows, ChangeEffect.MayWiden]), $"closed without a word: {string.Join(", ", Before.Value.Except(after).Take(5))}");
    }

    [Fact]
    public void AnAddedRuleOpensARemovedOneCloses()
    {
        var without = EditedCatalogue.Without("rules/NO-04.yaml");

        var coming = CatalogueComparison.Of(without, Catalogues.Shipped).Changes;
        var going = CatalogueComparison.Of(Catalogues.Shipped, without).Changes;

        Assert.All(coming, static change => Assert.Equal((ChangeEffect.Widens, "NO-04"), (change.Effect, change.Subject.Code)));
        Assert.All(going, static change => Assert.Equal((ChangeEffect.Narrows, "NO-04"), (change.Effect, change.Subject.Code)));
        Assert.NotEmpty(coming);
        Assert.NotEmpty(going);
    }

    [Fact]
    public void AMissingNeverRuleIsTheFirstThingTold()
    {
        var change = Assert.Single(CatalogueComparison.Of(Catalogues.Shipped, EditedCatalogue.Without("prohibitions/P-16.yaml")).Changes);

        Assert.Equal((ChangeEffect.Widens, "A never rule is gone: P-16 (Documents labelled extra-protected do not go to education, municipal, youth or employment services, associations or companies)."), (change.Effect, change.Sentence.En));
    }

    [Fact]
    public void ARoleThatMovesToAnotherSectorIsToldAsSomethingToJudge()
    {
        const string role = "teacher: {sector: education,";
        var before = EditedCatalogue.With("roles.yaml", role, "caretaker: {sector: education, fi: a, sv: b, en: c}\n" + role);
        var after = EditedCatalogue.With("roles.yaml", role, "caretaker: {sector: health, fi: a, sv: b, en: c}\n" + role);

        var change = Assert.Single(CatalogueComparison.Of(before, after).Changes);

        Assert.Equal((ChangeEffect.MayWiden, "Role c (caretaker), sector: now \"health\" (before: \"education\")."), (change.Effect, change.Sentence.En));
    }

    [Fact]
    public void ACatalogueDoesNotDifferFromItself() => Assert.True(CatalogueComparison.Of(Catalogues.Shipped, Catalogues.Load(CatalogueReader.ReadEmbedded())).IsSame);

    [Fact]
    public void AConditionMovedFromEveryPairToTheRuleChangesNothing()
    {
        var moved = EditedCatalogue.With("rules/OH-14.yaml", "conditions: [same-case, deidentify-first", "conditions: [deidentify-first, same-case");

        Assert.True(CatalogueComparison.Of(Catalogues.Shipped, moved).IsSame);
    }

    private static HashSet<(string, string)> Permits(DecisionCaseRunner runner) =>
        [.. Cases.Select(runner.Decide).SelectMany(static result => result.Decision.Items.OfType<ItemDecision.Permit>().Select(permit => (result.Case.Id, permit.Item.Value)))];
}
