// What a system that speaks FHIR itself gives through its adapter.
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using Sisote.Policy.Deciding;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class FhirReadTests
{
    private const string Long = "5b0c9d3e-1111-4222-8333-444455556666.a-long-id.of-this-server";

    [Fact]
    public async Task AClientIsFoundByTheIdentityCodeAndOnlyTheirOwnResourcesComeUnderShortIds()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person(Long, SectorHouse.Aino), FhirRecord.Person("p2", SectorHouse.Eino), FhirRecord.Flag("F.1", Long), FhirRecord.Flag("f2", "p2"));
        await using var house = await record.HouseAsync();

        var people = await house.SearchClientAsync(FhirRecord.Id, "Patient", SectorHouse.Aino);
        var flags = await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Aino);

        var patient = Assert.IsType<Patient>(Assert.Single(people.Found));
        FacadeContract.Holds(patient, SectorHouse.Aino);
        Assert.Single(patient.Identifier);
        var flag = Assert.IsType<Flag>(Assert.Single(flags.Found));
        FacadeContract.Holds(flag, SectorHouse.Aino, "exercise-restriction");
        Assert.Equal($"Patient/{patient.Id}", flag.Subject!.Reference);
        Assert.DoesNotContain("Canary", flags.Body + people.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", people.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await house.ReadAsync(FhirRecord.Id, "Flag", flag.Id!)).Status);
        Assert.Equal(patient.Id, (await house.ReadAsync(FhirRecord.Id, "Patient", patient.Id!)).Found!.Id);
    }

    [Fact]
    public async Task ANameThatIsWrittenInOnePieceIsANameAllTheSame()
    {
        var person = FhirRecord.Person("p1", SectorHouse.Aino);
        person["name"] = new JsonArray(new JsonObject { ["text"] = "Aino Maria Aaltonen" });
        person["address"] = new JsonArray(new JsonObject { ["text"] = "Kotikatu 1, Kuopio" });
        await using var record = await FhirRecord.StartAsync(person);
        await using var house = await record.HouseAsync();

        var (status, found, _) = await house.SearchClientAsync(FhirRecord.Id, "Patient", SectorHouse.Aino);

        Assert.Equal(200, status);
        var patient = Assert.IsType<Patient>(Assert.Single(found));
        Assert.Equal(("Aino Maria Aaltonen", "Kotikatu 1, Kuopio"), (patient.Name.Single().Text, patient.Address.Single().Text));
    }

    [Theory]
    [InlineData(-400, -1, false)]
    [InlineData(1, 400, false)]
    [InlineData(1, null, false)]
    [InlineData(null, -1, false)]
    [InlineData(-400, 0, true)]
    [InlineData(0, null, true)]
    [InlineData(null, null, true)]
    public async Task ARelationshipOutsideItsPeriodIsNone(int? from, int? to, bool holds)
    {
        var today = FinnishTime.DateOf(TimeProvider.System.GetUtcNow());
        var period = new JsonObject();
        if (from is { } begins)
        {
            period["start"] = $"{today.AddDays(begins):yyyy-MM-dd}";
        }

        if (to is { } ends)
        {
            period["end"] = $"{today.AddDays(ends):yyyy-MM-dd}";
        }

        var answer = await AskForGuardiansAsync(period);

        Assert.Equal((200, holds ? 1 : 0), (answer.Status, answer.Found.Count));
        Assert.DoesNotContain("period", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"2020\"")]
    [InlineData("{\"end\":20201231}")]
    [InlineData("{\"end\":\"31.12.2020\"}")]
    [InlineData("{\"end\":\"2020-12-31T10:00:00\"}")]
    public async Task ARelationshipOfWhichNobodyKnowsWhetherItHoldsMakesTheAnswerUnavailable(string period)
    {
        Assert.Equal(503, (await AskForGuardiansAsync(JsonNode.Parse(period)!)).Status);
    }

    private static async Task<(int Status, List<Resource> Found, string Body)> AskForGuardiansAsync(JsonNode period)
    {
        var guardian = new JsonObject
        {
            ["resourceType"] = "RelatedPerson",
            ["id"] = "g1",
            ["active"] = true,
            ["patient"] = new JsonObject { ["reference"] = "Patient/p1" },
            ["name"] = new JsonArray(new JsonObject { ["family"] = "Aaltonen", ["given"] = new JsonArray("Ida") }),
            ["period"] = period,
        };
        await using var server = await HostileSystem.StartAsync(call =>
        {
            call.Response.ContentType = "application/fhir+json";
            var found = call.Request.Path.Value!.Contains("/Patient", StringComparison.Ordinal) ? FhirRecord.Person("p1", SectorHouse.Aino) : guardian;
            return call.Response.WriteAsync($$"""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{{found.ToJsonString()}}}]}""");
        });
        var key = Path.Combine(Directory.CreateTempSubdirectory("sisote-guardians-").FullName, "key");
        await File.WriteAllTextAsync(key, "a-key-for-this-test-only");
        await using var house = await SectorHouse.StartAsync((systems, _) => systems.Add(SectorHouse.Entry(FhirRecord.Id, "fhir", "kuopio", ("address", server.Address + "fhir"), ("reads", "Patient,RelatedPerson"), ("apiKeyFile", key))));
        var (status, resources, body) = await house.SearchClientAsync(FhirRecord.Id, "RelatedPerson", SectorHouse.Aino);
        Directory.Delete(Path.GetDirectoryName(key)!, recursive: true);
        return (status, [.. resources], body);
    }

    [Fact]
    public async Task NobodyCanReadWhatNoSearchGave()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino), FhirRecord.Flag("f1", "p1"));
        await using var house = await record.HouseAsync();

        Assert.Equal(404, (await house.ReadAsync(FhirRecord.Id, "Flag", "f1")).Status);
        Assert.Equal(404, (await house.ReadAsync(FhirRecord.Id, "Flag", "aaaaaaaaaaaaaaa")).Status);
        Assert.Equal(404, (await house.ReadAsync(FhirRecord.Id, "Condition", "aaaaaaaaaaaaaaa")).Status);
    }

    [Fact]
    public async Task AClientWhomTheRecordDoesNotKnowIsNotVisibleAndOneWhomItKnowsTwiceStopsTheAnswer()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino), FhirRecord.Person("p2", SectorHouse.Aino), FhirRecord.Flag("f1", "p1"), FhirRecord.Person("p3", SectorHouse.Onni, "http://another.example/id"), FhirRecord.Flag("f3", "p3"));
        await using var house = await record.HouseAsync();

        foreach (var hetu in new[] { SectorHouse.Aino, SectorHouse.Eino, SectorHouse.Onni })
        {
            foreach (var type in new[] { "Patient", "Flag" })
            {
                var answer = await house.SearchClientAsync(FhirRecord.Id, type, hetu);
                Assert.Equal((hetu == SectorHouse.Aino ? 503 : 200, 0), (answer.Status, answer.Found.Count));
            }
        }

        Assert.Empty((await house.SearchAsync(FhirRecord.Id, "Flag")).Found);
    }

    [Fact]
    public async Task TheIdentityCodeMayStandUnderTheRecordsOwnSystem()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino, "http://record.example/hetu"), FhirRecord.Flag("f1", "p1"));
        await using var house = await record.HouseAsync(("identifierSystem", "http://record.example/hetu"));

        FacadeContract.Holds(Assert.Single((await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Aino)).Found), SectorHouse.Aino);
    }

    [Fact]
    public async Task EveryPageIsReadAndAWorkListHasTheRowsOfAllClients()
    {
        await using var record = await FhirRecord.StartAsync([FhirRecord.Person("p1", SectorHouse.Aino), FhirRecord.Person("p2", SectorHouse.Eino), FhirRecord.Flag("other", "p2"),
            .. Enumerable.Range(0, 120).Select(static number => FhirRecord.Flag($"f{number}", "p1"))]);
        await using var house = await record.HouseAsync();

        var ofOne = await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Aino);
        var ofAll = await house.SearchAsync(FhirRecord.Id, "Flag");

        Assert.Equal((120, 121), (ofOne.Found.Count, ofAll.Found.Count));
        Assert.Equal(121, ofAll.Found.Select(static flag => flag.Id).Distinct().Count());
    }

    [Fact]
    public async Task OnlyConfiguredTypesAreAskedFor()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino), FhirRecord.Flag("f1", "p1"));
        await using var house = await record.HouseAsync(("reads", "Goal"));

        Assert.Empty((await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Aino)).Found);
        Assert.Empty((await house.SearchClientAsync(FhirRecord.Id, "Patient", SectorHouse.Aino)).Found);
    }

    [Fact]
    public async Task OwnCodesAreMappedWithheldOnesStayAndUnknownOnesStopTheAnswer()
    {
        const string Own = "http://record.example/codes";
        await using var record = await FhirRecord.StartAsync(
            FhirRecord.Person("p1", SectorHouse.Aino), FhirRecord.Flag("f1", "p1", "RAJ", "NOSTO", Own), FhirRecord.Flag("f2", "p1", "RAJ", "SALAINEN", Own),
            FhirRecord.Person("p2", SectorHouse.Eino), FhirRecord.Flag("f3", "p2", "RAJ", "UUSI", Own), FhirRecord.Person("p3", SectorHouse.Onni), WithTranslation(FhirRecord.Flag("f4", "p3", "RAJ", "NOSTO", Own)));
        await using var house = await record.HouseAsync(("mapping", await WriteAsync(record, $$"""
            tables:
              codes:
                rows:
                  - {native: "{{Own}}|RAJ", system: "{{FhirRecord.Category}}", code: exercise-restriction}
                  - {native: "{{Own}}|NOSTO", system: "{{FhirRecord.Category}}", code: avoid-heavy-lifting}
                withheld: ["{{Own}}|SALAINEN"]
              translations:
                withheld: ["http://snomed.info/sct|*"]
            """)));

        var known = await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Aino);
        var unknown = await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Eino);
        var translated = await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Onni);

        var flag = Assert.IsType<Flag>(Assert.Single(known.Found));
        Assert.Equal((SectorHouse.Category, "avoid-heavy-lifting"), (flag.Code!.Coding[0].System, flag.Code.Coding[0].Code));
        Assert.DoesNotContain("record.example", known.Body, StringComparison.Ordinal);
        Assert.Equal((503, 0), (unknown.Status, unknown.Found.Count));
        Assert.Single(Assert.IsType<Flag>(Assert.Single(translated.Found)).Code!.Coding);
    }

    [Fact]
    public async Task NarrativeContainedResourcesExtensionsAndWordsAreLeftBehind()
    {
        var flag = FhirRecord.Flag("f1", "p1");
        flag["text"] = new JsonObject { ["status"] = "generated", ["div"] = "<div xmlns=\"http://www.w3.org/1999/xhtml\">Canary</div>" };
        flag["contained"] = new JsonArray(new JsonObject { ["resourceType"] = "Practitioner", ["id"] = "c1", ["name"] = new JsonArray(new JsonObject { ["family"] = "Canary" }) });
        flag["author"] = new JsonObject { ["reference"] = "#c1", ["display"] = "Canary" };
        flag["extension"] = new JsonArray(new JsonObject { ["url"] = "http://record.example/canary", ["valueString"] = "Canary" });
        flag["encounter"] = new JsonObject { ["reference"] = "Encounter/canary" };
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino), flag);
        await using var house = await record.HouseAsync();

        var answer = await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Aino);

        FacadeContract.Holds(Assert.Single(answer.Found), SectorHouse.Aino, "exercise-restriction");
        Assert.DoesNotContain("canary", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("author", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProtectedClientStaysProtected()
    {
        var person = FhirRecord.Person("p1", SectorHouse.Eino);
        person["meta"] = new JsonObject { ["security"] = new JsonArray(new JsonObject { ["system"] = "https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs", ["code"] = "TURVAKIELTO" }) };
        await using var record = await FhirRecord.StartAsync(person);
        await using var house = await record.HouseAsync();

        Assert.Equal("TURVAKIELTO", Assert.Single(Assert.Single((await house.SearchClientAsync(FhirRecord.Id, "Patient", SectorHouse.Eino)).Found).Meta!.Security).Code);
    }

    [Fact]
    public async Task ARestartOfTheRecordOrTheAdapterLosesNoName()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino), FhirRecord.Flag("f1", "p1"));
        var data = Directory.CreateTempSubdirectory("sisote-ids-").FullName;
        var file = Path.Combine(data, "adapters", "x.ids");
        var first = new Sisote.Adapters.Fhir.FhirIds(file, record.Address);

        var name = first.Give("Flag", Long);
        first.Dispose();
        await File.AppendAllTextAsync(file, "half a li", TestContext.Current.CancellationToken);
        var second = new Sisote.Adapters.Fhir.FhirIds(file, record.Address);
        var other = second.Give("Flag", "another");

        Assert.Matches("^[a-z0-9-]{1,15}$", name);
        Assert.Equal(Long, second.Find("Flag", name));
        Assert.Null(second.Find("Goal", name));
        second.Dispose();
        using (var elsewhere = new Sisote.Adapters.Fhir.FhirIds(file, new Uri("http://elsewhere.example/fhir/")))
        {
            Assert.Null(elsewhere.Find("Flag", name));
        }

        using var third = new Sisote.Adapters.Fhir.FhirIds(file, record.Address);
        Assert.Equal("another", third.Find("Flag", other));
        Assert.NotEqual(name, new Sisote.Adapters.Fhir.FhirIds(Path.Combine(data, "y.ids"), record.Address).Give("Flag", Long));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task TheDemonstrationsRecordIsReadWithTheMappingThatShipsAndKeepsItsDiagnosis()
    {
        await using var record = await FhirRecord.StartAsItIsAsync();
        await using var house = await record.HouseAsync();

        FacadeContract.Holds(Assert.Single((await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Aino)).Found), SectorHouse.Aino);
        FacadeContract.Holds(Assert.Single((await house.SearchClientAsync(FhirRecord.Id, "Goal", SectorHouse.Aino)).Found), SectorHouse.Aino);
        Assert.Single(Assert.Single((await house.SearchClientAsync(FhirRecord.Id, "Patient", SectorHouse.Eino)).Found).Meta!.Security);
        Assert.Empty((await house.SearchClientAsync(FhirRecord.Id, "Condition", SectorHouse.Aino)).Found);
    }

    private static JsonObject WithTranslation(JsonObject flag)
    {
        flag["code"]!["coding"]!.AsArray().Add(new JsonObject { ["system"] = "http://snomed.info/sct", ["code"] = "1234567" });
        return flag;
    }

    private static async Task<string> WriteAsync(FhirRecord record, string yaml)
    {
        var file = Path.Combine(record.Folder, "mapping.yaml");
        await File.WriteAllTextAsync(file, yaml);
        return file;
    }
}
