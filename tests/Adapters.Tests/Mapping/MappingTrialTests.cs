// A mapping is tried on samples alone: what is known is mapped, what is not is refused.
using System.Text;
using Sisote.Adapters.Mapping;

namespace Sisote.Tests.Adapters.Mapping;

public sealed class MappingTrialTests
{
    private const string Goal = """{"tulokset":[{"tunnus":"t-1","asiakas":"a-17","tila":"kaynnissa","koodi":"KESTO","alkaa":"5.1.2026","ohjaajan_arvio":"-"}]}""";

    [Fact]
    public void AJsonRegisterBecomesWhatItsMappingSays() => MappingSamples.Matches("asiakas.json", Trial("workshop.yaml", "asiakas", "asiakas.json"));

    [Fact]
    public void ACsvListBecomesWhatItsMappingSays() => MappingSamples.Matches("oppilas.json", Trial("pupils.yaml", "oppilas", "oppilas.csv"));

    [Fact]
    public void AnXmlRecordBecomesWhatItsMappingSays() => MappingSamples.Matches("oppilaat.json", Trial("welfare.yaml", "oppilas", "oppilaat.xml"));

    [Fact]
    public void AnEntryBecomesTheProductsOwnRecord() =>
        MappingSamples.Matches("suunnitelma.json", MappingSamples.Trial("workshop.yaml").ToNative(MappingSamples.Bytes("suunnitelma.fhir.json"), "suunnitelma"));

    [Fact]
    public void AFieldThatNobodyKnowsRefusesTheRecord()
    {
        var result = MappingSamples.Trial("workshop.yaml").ToFhir("tavoite", Goal.Replace("\"alkaa\"", "\"diagnoosi\":{\"koodi\":\"F32\"},\"alkaa\"", StringComparison.Ordinal));

        Assert.True(result.IsRefused);
        Assert.Equal("diagnoosi.koodi: neither mapped nor withheld", result.Records.Single().Faults.Single());
        Assert.Empty(result.Records.Single().Made);
        Assert.Empty(result.Fields.Single(static way => way.Path == "diagnoosi.koodi").Ways);
    }

    [Fact]
    public void AnUnknownFieldIsPassedOverOnlyWhereTheMappingSaysSo()
    {
        var result = MappingSamples.Trial("workshop.yaml", ("unmapped: refuse", "unmapped: withhold")).ToFhir("tavoite", Goal.Replace("\"alkaa\"", "\"diagnoosi\":\"F32\",\"alkaa\"", StringComparison.Ordinal));

        Assert.False(result.IsRefused);
        Assert.DoesNotContain("F32", result.Records.Single().Made.Single().ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(result.Fields.Single(static way => way.Path == "diagnoosi").Ways);
    }

    [Theory]
    [InlineData("\"KESTO\"", "\"HYPPY\"", "koodi: a code that its table does not know")]
    [InlineData("\"KESTO\"", "null", "koodi: is missing")]
    [InlineData("\"KESTO\"", "\"\"", "koodi: is missing")]
    [InlineData("\"KESTO\"", "17", "koodi: another shape than the agreed one")]
    [InlineData("\"KESTO\"", "[\"KESTO\"]", "koodi: another shape than the agreed one")]
    [InlineData("\"5.1.2026\"", "\"1/5/2026\"", "alkaa: not in the agreed form")]
    [InlineData("\"5.1.2026\"", "\"31.2.2026\"", "alkaa: not in the agreed form")]
    [InlineData("\"t-1\"", "\"T/1\"", "id: an id that the facade cannot carry; the form `hash` makes one")]
    [InlineData("\"a-17\"", "null", "asiakas: is missing")]
    public void WhatCannotBeToldExactlyIsRefusedByItsPath(string old, string changed, string fault)
    {
        var result = MappingSamples.Trial("workshop.yaml").ToFhir("tavoite", Goal.Replace(old, changed, StringComparison.Ordinal));

        Assert.Contains(fault, result.Records.Single().Faults);
        Assert.Empty(result.Records.Single().Made);
    }

    [Fact]
    public void ACodeThatATableWithholdsLeavesItsResourceOut()
    {
        var result = MappingSamples.Trial("workshop.yaml").ToFhir("tavoite", Goal.Replace("\"KESTO\"", "\"SISAINEN\"", StringComparison.Ordinal));

        Assert.Equal((false, 1, 0), (result.IsRefused, result.Records.Single().Withheld, result.Records.Single().Made.Length));
    }

    [Fact]
    public void AListOfOneItemInXmlIsAListAllTheSame()
    {
        var result = MappingSamples.Trial("welfare.yaml").ToFhir("oppilas", "<oppilaat xmlns='urn:esimerkki:huolto:2'><oppilas id='p1'><henkilotunnus>150914A934N</henkilotunnus><sukunimi>Lumio</sukunimi><etunimet>Lumi</etunimet><tarve id='n1' koodi='tauot' alkaa='2026-08-10'/></oppilas></oppilaat>");

        Assert.Empty(result.Records.Single().Faults);
        Assert.Equal(["Patient", "Flag"], result.Records.Single().Made.Select(static made => made["resourceType"]!.GetValue<string>()));
    }

    [Fact]
    public void AnXmlListWithoutAnyItemIsAnEmptyList() => Assert.Empty(MappingSamples.Trial("welfare.yaml").ToFhir("oppilas", "<oppilaat xmlns='urn:esimerkki:huolto:2'/>").Records);

    [Theory]
    [InlineData("null", "active")]
    [InlineData("\"23.11.2026\"", "active")]
    [InlineData("\"22.11.2026\"", "inactive")]
    public void ALimitIsInForceUntilItsLastDayHasPassed(string end, string status)
    {
        var result = MappingSamples.Trial("workshop.yaml").ToFhir("rajoite", $$"""{"tulokset":[{"tunnus":"r-1","asiakas":"a-17","koodi":"R1","alkaa":"1.1.2026","paattyy":{{end}}}]}""");

        Assert.Empty(result.Records.Single().Faults);
        Assert.Equal(status, result.Records.Single().Made.Single()["status"]?.GetValue<string>());
    }

    [Theory]
    [InlineData("{\"tulokset\":[{")]
    [InlineData("{\"tulokset\":{\"a\":1,\"a\":2}}")]
    [InlineData("{\"rivit\":[]}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("<html>")]
    public void WhatIsNotOfTheAgreedFormatIsRefusedAsAWhole(string sample) => Assert.True(MappingSamples.Trial("workshop.yaml").ToFhir("tavoite", sample).IsRefused);

    [Theory]
    [InlineData("pupils.yaml", "oppilas", "a;b\n1;2;3\n")]
    [InlineData("pupils.yaml", "oppilas", "a;a\n1;2\n")]
    [InlineData("pupils.yaml", "oppilas", "a;b\n1;\"2\n")]
    [InlineData("welfare.yaml", "oppilas", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><oppilaat xmlns='urn:esimerkki:huolto:2'>&y;</oppilaat>")]
    [InlineData("welfare.yaml", "oppilas", "<oppilaat xmlns='urn:muu'/>")]
    public void BrokenOrHostileFilesAreRefused(string mapping, string record, string sample)
    {
        var tried = MappingSamples.Trial(mapping).ToFhir(record, sample).Records.Single();

        Assert.Single(tried.Faults);
        Assert.DoesNotContain("root:", tried.Faults.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void BytesOfAnotherCharacterSetAreRefusedRatherThanMisread()
    {
        var latin = Encoding.Latin1.GetBytes("""{"tulokset":[{"tunnus":"ä"}]}""");

        var result = MappingSamples.Trial("workshop.yaml").ToFhir(latin, "tavoite");

        Assert.Equal("not JSON in utf-8", result.Records.Single().Faults.Single());
    }

    [Theory]
    [InlineData("\"title\"", "\"note\": [{\"text\": \"Masennus\"}], \"title\"", "CarePlan.note: the receiving system cannot carry it")]
    [InlineData("\"status\": \"active\"", "\"status\": \"draft\"", "CarePlan: is missing, or is of another kind than the record takes")]
    [InlineData("\"not-started\"", "\"stopped\"", "CarePlan.activity.detail.status: the receiving system does not know it, or cannot say it so")]
    [InlineData("\"2026-05-31\"", "\"2026-05\"", "CarePlan.period.end: the receiving system does not know it, or cannot say it so")]
    [InlineData("\"start\": \"2026-01-12\", ", "", "CarePlan.period.start: is missing")]
    [InlineData("\"Kuntosali kerran viikossa\"}}", "\"Kuntosali\"}}, {\"progress\": [{\"text\": \"x\"}]}", "CarePlan.activity.detail.description: is missing")]
    [InlineData("\"in-progress\", ", "\"in-progress\", \"location\": {\"display\": \"x\"}, ", "CarePlan.activity: the receiving system cannot carry it")]
    [InlineData("\"display\": \"Liikuntasuunnitelma\"}]", "\"display\": \"Liikuntasuunnitelma\"}], \"text\": \"Vain yksin\"", "CarePlan.category.text: the receiving system cannot carry it")]
    [InlineData("exercise-plan", "rehabilitation-plan", "CarePlan: is missing, or is of another kind than the record takes")]
    public void AnEntryThatTheRecordCannotCarryWholeIsRefusedByItsElement(string old, string changed, string fault)
    {
        var entry = Encoding.UTF8.GetString(MappingSamples.Bytes("suunnitelma.fhir.json"));
        Assert.Contains(old, entry, StringComparison.Ordinal);

        var result = MappingSamples.Trial("workshop.yaml").ToNative(Encoding.UTF8.GetBytes(entry.Replace(old, changed, StringComparison.Ordinal)), "suunnitelma");

        Assert.Contains(fault, result.Records.Single().Faults);
        Assert.Empty(result.Records.Single().Made);
    }

    private static MappingTrialResult Trial(string mapping, string record, string sample)
    {
        var trial = MappingSamples.Trial(mapping);
        Assert.Empty(trial.Faults);
        return trial.ToFhir(MappingSamples.Bytes(sample), record);
    }
}
