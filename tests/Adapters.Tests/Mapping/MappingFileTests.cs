// A mapping file is read closed, and all that is wrong is said at once with file, line and path.
namespace Sisote.Tests.Adapters.Mapping;

public sealed class MappingFileTests
{
    [Theory]
    [InlineData("workshop.yaml", 4)]
    [InlineData("pupils.yaml", 1)]
    [InlineData("welfare.yaml", 1)]
    [InlineData("crm.yaml", 5)]
    public void TheSamplesAreWithoutFault(string name, int records)
    {
        var trial = MappingSamples.Trial(name);

        Assert.Empty(trial.Faults);
        Assert.Equal(records, trial.Records.Length);
    }

    [Fact]
    public void TheExampleOfThePageIsWithoutFault()
    {
        var page = File.ReadAllText(Path.Combine(MappingSamples.Folder(), "..", "..", "..", "docs", "mapping.md")).ReplaceLineEndings("\n");
        var example = page.Split("```yaml\n")[1].Split("```")[0];

        var trial = Sisote.Adapters.Mapping.MappingTrial.Read("example.yaml", example, MappingSamples.Catalogue, MappingSamples.Today);

        Assert.Empty(trial.Faults);
        Assert.Equal(["client", "goal"], trial.Records);
    }

    [Fact]
    public void EveryFaultIsSaidAtOnceWithFileLineAndPath()
    {
        var trial = MappingSamples.Trial("workshop.yaml", ("description: {from: koodi", "descripton: {from: koodi"), ("table: limits", "table: limit"), ("unmapped: refuse", "unmapped: guess"), ("type: CarePlan", "type: Carplan"));

        Assert.Equal(
            [
                "workshop.yaml(4) unmapped: `guess` is none of refuse, withhold",
                "workshop.yaml(65) records.tavoite.resources[0].elements: `description` is not mapped: FHIR R4 demands it",
                "workshop.yaml(68) records.tavoite.resources[0].elements.descripton: FHIR R4 has no `descripton` in Goal. Did you mean `description`?",
                "workshop.yaml(80) records.rajoite.resources[0].elements.code.table: there is no table `limit`. Did you mean `limits`?",
                "workshop.yaml(87) records.suunnitelma.resources[0].type: `Carplan` is no resource type that a data item of the catalogue carries. Did you mean `CarePlan`?",
            ],
            trial.Faults.Select(static fault => fault.ToString()));
    }

    [Theory]
    [InlineData("title: {from: otsikko, required: true}", "note.text: {from: otsikko}", "no data item of the catalogue carries `note.text` of CarePlan")]
    [InlineData("title: {from: otsikko, required: true}", "subject: {from: otsikko}", "the facade says itself whose a resource is")]
    [InlineData("title: {from: otsikko, required: true}", "text.div: {from: otsikko}", "the facade says itself whose a resource is")]
    [InlineData("title: {from: otsikko, required: true}", "title: {from: otsikko, form: date}", "a date cannot stand in an element of type string")]
    [InlineData("title: {from: otsikko, required: true}", "title: {from: otsikko, pattern: d.M.yyyy}", "only days and moments have a pattern")]
    [InlineData("title: {from: otsikko, required: true}", "title: {from: otsikko, kind: x}", "is not known here")]
    [InlineData("title: {from: otsikko, required: true}", "title: {constant: [1]}", "must be a text")]
    [InlineData("title: {from: otsikko, required: true}", "title: [{elements: {x: {from: y}}}]", "is no repeated element")]
    [InlineData("title: {from: otsikko, required: true}", "period: {from: otsikko}", "is an object: name what stands in it")]
    [InlineData("intent: {constant: plan}", "intent: {constant: wish}", "FHIR R4 has no code `wish` here")]
    [InlineData("intent: {constant: plan}", "intent: {from: laji}", "a code comes from a table, or is a constant")]
    [InlineData("intent: {constant: plan}", "intent: {from: laji, table: goals}", "cannot stand here")]
    [InlineData("          id: {from: tunnus}\n          status: {constant: active}\n          intent", "          status: {constant: active}\n          intent", "`id` is not mapped")]
    [InlineData("client: {code: hetu, id: asiakas}\n    resources:\n      - type: CarePlan", "resources:\n      - type: CarePlan", "`client` is missing")]
    [InlineData("      post: suunnitelmat\n", "      post: /suunnitelmat\n", "is an address below the setting `address`")]
    [InlineData("      post: suunnitelmat\n", "      post: https://muualla.example/x\n", "is an address below the setting `address`")]
    [InlineData("      keyField: viite\n", "", "how does the product know what it has already?")]
    [InlineData("      recognisesKey: true\n", "", "`readBack` is missing")]
    [InlineData("lookup: asiakkaat/haku, lookupField: hetu, ", "ofClient: \"asiakkaat/{client}\", ", "exactly one kind of record has `read.lookup`")]
    [InlineData("one: \"rajoitteet/{id}\", all: rajoitteet", "one: \"rajoitteet/{tunnus}\"", "has no `{id}`")]
    [InlineData(", one: \"rajoitteet/{id}\", all: rajoitteet", "", "a Flag cannot be read by its id")]
    [InlineData("client: {id: asiakas}\n    withheld: [ohjaajan_arvio]", "client: {code: hetu}\n    withheld: [ohjaajan_arvio]", "`id` is missing: the product's own number")]
    [InlineData("client: {code: hetu, id: numero}", "client: {code: hetu, id: hetu, form: hash}", "a personal identity code is no id")]
    [InlineData("zone: Europe/Helsinki", "zone: Europe/Kuopio", "is no time zone")]
    [InlineData("{native: R2, ", "{native: R1, ", "maps something twice")]
    [InlineData("{native: R1, ", "{", "`native` is missing")]
    [InlineData("sender: {lahettaja.organisaatio: organisationName", "sender: {lahettaja.organisaatio: hetu", "`hetu` is none of system")]
    public void WhatWouldGoWrongLaterIsAFaultNow(string old, string changed, string message)
    {
        var faults = MappingSamples.Trial("workshop.yaml", (old, changed)).Faults;

        Assert.Contains(faults, fault => fault.Message.Contains(message, StringComparison.Ordinal) && fault is { File: "workshop.yaml", Line: > 0 });
    }

    [Theory]
    [InlineData("1.5", true)]
    [InlineData("-0.10", true)]
    [InlineData("1.5e2", true)]
    [InlineData("1,5", false)]
    [InlineData("1,500", false)]
    [InlineData("1 5", false)]
    [InlineData(" 1.5", false)]
    [InlineData("1.5-", false)]
    public void AConstantNumberHasAPointAndNothingElse(string constant, bool isNumber)
    {
        var faults = MappingSamples.Trial("crm.yaml", ("detailQuantity.value: {from: tavoitearvo, form: number}", $"detailQuantity.value: {{constant: \"{constant}\"}}")).Faults;

        Assert.Equal(isNumber, faults.IsEmpty);
        Assert.All(faults, static fault => Assert.Contains("is not what FHIR R4 has here", fault.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("d.M.yyyy", null)]
    [InlineData("yyyyMMdd", null)]
    [InlineData("d.M.yyyy H:mm", "`H` is no letter of a day")]
    [InlineData("d.M.yy", "does not read the same again")]
    [InlineData("yyyyMd", "does not read the same again")]
    [InlineData("d.M.", "does not read the same again")]
    [InlineData("pp.kk.vvvv", "`p` is no letter of a day")]
    [InlineData("d.M.yyyy'", "a quotation mark without its other")]
    public void ThePatternOfADayIsTriedWhenTheFileIsRead(string pattern, string? message) => Tried(("alkaa, form: date, pattern: d.M.yyyy}\n    read: {ofClient: \"asiakkaat/{client}/tav", $"alkaa, form: date, pattern: \"{pattern}\"}}\n    read: {{ofClient: \"asiakkaat/{{client}}/tav"), message);

    [Theory]
    [InlineData("d.M.yyyy H.mm", null)]
    [InlineData("d.M.yyyy 'klo' H.mm", null)]
    [InlineData("yyyy-MM-ddTHH:mm:ss", null)]
    [InlineData("yyyy-MM-dd HH:mm:sszzz", null)]
    [InlineData("d.M.yyyy h.mm", "does not read the same again")]
    [InlineData("d.M.yyyy", "does not read the same again")]
    [InlineData("d.M.yyyy HH.mm zz", "does not read the same again")]
    [InlineData("d.M.yyyy klo H.mm", "`k` is no letter of a moment")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'Z'", "a distance from Greenwich as mere text")]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ", "a distance from Greenwich as mere text")]
    [InlineData("yyyy-MM-dd HH:mm:ss+02:00", "a distance from Greenwich as mere text")]
    public void ThePatternOfAMomentIsTriedWhenTheFileIsRead(string pattern, string? message) => Tried(("alkaa, form: date, pattern: d.M.yyyy, required: true}", $"alkaa, form: time, pattern: \"{pattern}\", required: true}}"), message);

    [Fact]
    public void AMomentWithAZIsReadWhereTheZoneIsGreenwichs() =>
        Assert.Empty(MappingSamples.Trial("workshop.yaml", ("zone: Europe/Helsinki", "zone: UTC"), ("alkaa, form: date, pattern: d.M.yyyy, required: true}", "alkaa, form: time, pattern: \"yyyy-MM-dd'T'HH:mm:ss'Z'\", required: true}")).Faults);

    [Theory]
    [InlineData("client: {id: asiakas}", true)]
    [InlineData("client: {code: hetu}", false)]
    public void ARecordThatIsOnlyWrittenNamesItsClient(string client, bool faulty)
    {
        var text = MappingSamples.Text("workshop.yaml");
        var (kinds, plan, pages) = (text.IndexOf("  asiakas:\n", StringComparison.Ordinal), text.IndexOf("  suunnitelma:\n", StringComparison.Ordinal), text.IndexOf("pages:", StringComparison.Ordinal));
        var writing = (text[..kinds] + text[plan..pages]).Replace("client: {code: hetu, id: asiakas}", client, StringComparison.Ordinal);

        var faults = Sisote.Adapters.Mapping.MappingTrial.Read("x.yaml", writing, MappingSamples.Catalogue, MappingSamples.Today).Faults;

        Assert.Equal(faulty ? ["record `suunnitelma` would be written without its client: `client.code` or a `read.lookup` says who that is"] : [], faults.Select(static fault => fault.Message));
    }

    [Theory]
    [InlineData("withheld: [ohjaajan_arvio]", "withheld: [koodi]", "`koodi` would go to `Goal.description` although it is withheld")]
    [InlineData("withheld: [ohjaajan_arvio]", "withheld: [asiakas]", "`asiakas` would go to `client`")]
    [InlineData("withheld: [muistiinpanot, perhe]", "withheld: [nimi]", "`nimi.suku` would go to `Patient.name.family`")]
    [InlineData("withheld: [muistiinpanot, perhe]", "withheld: [puhelin.salainen]", "`puhelin` would go to `Patient.telecom.value`")]
    [InlineData("withheld: [muistiinpanot, perhe]", "withheld: [sahkopostit]", "`sahkopostit[]` would go to `Patient.telecom.value`")]
    [InlineData("withheld: [muistiinpanot, perhe]", "withheld: [\"sahkopostit[]\"]", "`sahkopostit[]` would go to `Patient.telecom.value`")]
    [InlineData("client: {code: hetu, id: asiakas}\n    resources:", "client: {code: hetu, id: asiakas}\n    withheld: [toimet]\n    resources:", "`toimet[]` would go to `CarePlan.activity`")]
    [InlineData("client: {code: hetu, id: asiakas}\n    resources:", "client: {code: hetu, id: asiakas}\n    withheld: [toimet.kuvaus]\n    resources:", "`toimet[].kuvaus` would go to `CarePlan.activity.detail.description`")]
    [InlineData("      - type: Goal\n", "      - type: Goal\n        when: ohjaajan_arvio\n", "`ohjaajan_arvio` would go to `Goal`")]
    public void WhatIsWithheldCannotBeMappedNorDecideOfAnything(string old, string changed, string message)
    {
        var faults = MappingSamples.Trial("workshop.yaml", (old, changed)).Faults;

        Assert.Contains(faults, fault => fault.Message.Contains(message, StringComparison.Ordinal) && fault.Path.EndsWith(".withheld", StringComparison.Ordinal));
    }

    [Fact]
    public void AListMayHoldAWithheldFieldBesideMappedOnes() =>
        Assert.Empty(MappingSamples.Trial("workshop.yaml", ("client: {code: hetu, id: asiakas}\n    resources:", "client: {code: hetu, id: asiakas}\n    withheld: [toimet.muistio]\n    resources:")).Faults);

    [Theory]
    [InlineData("", "the file must hold one document with a mapping at its root")]
    [InlineData("- a\n", "the file must hold one document with a mapping at its root")]
    [InlineData("records: {a: [}\n", "not readable as YAML")]
    [InlineData("a: &x {b: c}\nd: *x\n", "anchors and aliases")]
    [InlineData("a: 1\na: 2\n", "not readable as YAML")]
    [InlineData("format: json\n", "`records` names no kind of record")]
    public void WhatIsNoMappingFileIsSaidSo(string text, string message)
    {
        var faults = Sisote.Adapters.Mapping.MappingTrial.Read("x.yaml", text, MappingSamples.Catalogue, MappingSamples.Today).Faults;

        Assert.StartsWith(message, faults.First().Message, StringComparison.Ordinal);
    }

    private static void Tried((string Old, string New) change, string? message)
    {
        var faults = MappingSamples.Trial("workshop.yaml", change).Faults;

        if (message is null)
        {
            Assert.Empty(faults);
            return;
        }

        var fault = Assert.Single(faults);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(".pattern", fault.Path, StringComparison.Ordinal);
    }
}
