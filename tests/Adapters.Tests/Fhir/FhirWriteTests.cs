// What a system that speaks FHIR itself takes through its adapter.
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class FhirWriteTests
{
    private static readonly string[] Types = ["Patient", "ServiceRequest", "Flag", "Goal", "CarePlan", "Task"];

    [Fact]
    public async Task AReferralArrivesOnceWithItsClientAndItsTaskHoweverOftenItIsSent()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p9", SectorHouse.Eino));
        await using var house = await record.HouseAsync();

        var first = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));
        var again = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));

        Assert.Equal(200, first.Status);
        Assert.Equal(first.Places, again.Places);
        Assert.Equal(["Patient", "ServiceRequest", "Flag", "Goal", "CarePlan"], first.Places.Select(static place => place.Split('/')[0]));
        Assert.Equal("2 1 1 1 1 1", await CountsAsync(record));
        var patient = (await record.NativeAsync("Patient")).Single(static one => (string?)one["id"] != "p9");
        Assert.Equal(SectorHouse.Aino, (string?)patient["identifier"]![0]!["value"]);
        var request = Assert.Single(await record.NativeAsync("ServiceRequest"));
        Assert.Equal($"Patient/{patient["id"]}", (string?)request["subject"]!["reference"]);
        var task = Assert.Single(await record.NativeAsync("Task"));
        Assert.Equal(($"ServiceRequest/{request["id"]}", "requested", "fulfill"), ((string?)task["focus"]!["reference"], (string?)task["status"], (string?)task["code"]!["coding"]![0]!["code"]));
    }

    [Fact]
    public async Task WhatArrivedIsReadBackUnderTheNamesThatTheDeliveryWasGiven()
    {
        await using var record = await FhirRecord.StartAsync();
        await using var house = await record.HouseAsync();

        var sent = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));

        foreach (var place in sent.Places)
        {
            var (type, id) = (place.Split('/')[0], place.Split('/')[1]);
            FacadeContract.Holds(Assert.Single((await house.SearchClientAsync(FhirRecord.Id, type, SectorHouse.Aino)).Found, one => one.Id == id), SectorHouse.Aino);
            Assert.Equal(200, (await house.ReadAsync(FhirRecord.Id, type, id)).Status);
        }

        var task = Assert.IsType<Hl7.Fhir.Model.Task>(Assert.Single((await house.SearchClientAsync(FhirRecord.Id, "Task", SectorHouse.Aino)).Found));
        Assert.Equal("key-1", Assert.Single(task.Identifier).Value);
        Assert.Contains(sent.Places, place => place == task.Focus!.Reference);
    }

    [Fact]
    public async Task AKnownClientIsNotChangedAndASecondReferralIsAnother()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino));
        await using var house = await record.HouseAsync();

        await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));
        await house.CreateAsync(FhirRecord.Id, "key-2", SomeReferral.Of(SectorHouse.Aino));

        Assert.Equal("1 2 2 2 2 2", await CountsAsync(record));
        Assert.Equal("1", (string?)(await record.NativeAsync("Patient"))[0]["meta"]!["versionId"]);
    }

    [Fact]
    public async Task ADifferentEntryUnderTheSameKeyIsRefused()
    {
        await using var record = await FhirRecord.StartAsync();
        await using var house = await record.HouseAsync();
        await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));

        var other = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino, instruction: "Jotain muuta."));
        var elsewhere = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Eino));

        Assert.Equal((422, 422), (other.Status, elsewhere.Status));
        Assert.Equal("1 1 1 1 1 1", await CountsAsync(record));
    }

    [Fact]
    public async Task OneResourceIsCreatedUnderACondition()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino));
        await using var house = await record.HouseAsync();

        var first = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"));
        var again = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"));

        Assert.Equal((201, 201), (first.Status, again.Status));
        Assert.Equal(first.Places, again.Places);
        Assert.Single(await record.NativeAsync("Flag"));
    }

    [Fact]
    public async Task WhatTheSystemDoesNotTakeOrKnowIsRefusedAsAWholeAndNamed()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino));
        await using var house = await record.HouseAsync(("writes", "Flag,ServiceRequest"));

        var type = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));
        var stranger = await house.CreateAsync(FhirRecord.Id, "key-2", SomeReferral.Limit(SectorHouse.Eino, "avoid-heavy-lifting"));
        var foreign = SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting");
        foreign.Code = new CodeableConcept("http://new.example", "x");
        var code = await house.CreateAsync(FhirRecord.Id, "key-3", foreign);
        var request = SomeReferral.Request(SectorHouse.Aino);
        request.BasedOn = [new ResourceReference("CarePlan/somebodys")];
        var reference = await house.CreateAsync(FhirRecord.Id, "key-4", request);

        Assert.Equal([422, 422, 422, 422], new[] { type.Status, stranger.Status, code.Status, reference.Status });
        Assert.Contains("takes no Patient", type.Body, StringComparison.Ordinal);
        Assert.Contains("does not know the client", stranger.Body, StringComparison.Ordinal);
        Assert.Contains("Flag.code", code.Body, StringComparison.Ordinal);
        Assert.Contains("ServiceRequest.basedOn", reference.Body, StringComparison.Ordinal);
        Assert.Equal("1 0 0 0 0 0", await CountsAsync(record));
    }

    [Theory]
    [InlineData("two of one code")]
    [InlineData("one of two codes")]
    [InlineData("one that was replaced")]
    public async Task AReferralOfAClientOfWhomTheRecordCannotSayWhoItIsIsWrittenToNobody(string how)
    {
        var (first, second) = (FhirRecord.Person("p1", SectorHouse.Aino), FhirRecord.Person("p2", how == "two of one code" ? SectorHouse.Aino : SectorHouse.Eino));
        if (how == "one of two codes")
        {
            first["identifier"]!.AsArray().Add(new JsonObject { ["system"] = "urn:oid:1.2.246.21", ["value"] = SectorHouse.Eino });
        }
        else if (how == "one that was replaced")
        {
            first["link"] = new JsonArray(new JsonObject { ["other"] = new JsonObject { ["reference"] = "Patient/p2" }, ["type"] = "replaced-by" });
        }

        await using var record = await FhirRecord.StartAsync(first, second);
        await using var house = await record.HouseAsync();

        var sent = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));
        var read = await house.SearchClientAsync(FhirRecord.Id, "Patient", SectorHouse.Aino);

        Assert.Equal((422, 503), (sent.Status, read.Status));
        Assert.Contains("cannot say which", sent.Body, StringComparison.Ordinal);
        Assert.Equal("2 0 0 0 0 0", await CountsAsync(record));
    }

    [Fact]
    public async Task CodesArriveInTheSystemsOwnWords()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino, "http://record.example/hetu"));
        var file = Path.Combine(record.Folder, "mapping.yaml");
        await File.WriteAllTextAsync(file, $$"""
            tables:
              codes:
                rows:
                  - {native: "http://record.example/codes|RAJ", system: "{{FhirRecord.Category}}", code: exercise-restriction}
                  - {native: "http://record.example/codes|NOSTO", system: "{{FhirRecord.Category}}", code: avoid-heavy-lifting}
            """, TestContext.Current.CancellationToken);
        await using var house = await record.HouseAsync(("mapping", file), ("identifierSystem", "http://record.example/hetu"));

        var sent = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"));

        Assert.Equal(201, sent.Status);
        var flag = Assert.Single(await record.NativeAsync("Flag"));
        Assert.Equal(("NOSTO", "http://record.example/codes"), ((string?)flag["code"]!["coding"]![0]!["code"], (string?)flag["code"]!["coding"]![0]!["system"]));
        Assert.Equal("Patient/p1", (string?)flag["subject"]!["reference"]);
    }

    [Fact]
    public async Task EntriesOfOneDeliveryReferToOneAnother()
    {
        await using var record = await FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino));
        await using var house = await record.HouseAsync();
        var goal = (Goal)SomeReferral.Of(SectorHouse.Aino)[3];
        var plan = (CarePlan)SomeReferral.Of(SectorHouse.Aino)[4];
        plan.Goal = [new ResourceReference("urn:uuid:0197b0a0-0000-7000-8000-000000000001")];

        var sent = await house.TransactAsync(FhirRecord.Id, "key-1", ("urn:uuid:0197b0a0-0000-7000-8000-000000000001", goal), ("urn:uuid:0197b0a0-0000-7000-8000-000000000002", plan));

        Assert.Equal(200, sent.Status);
        Assert.Equal($"Goal/{(await record.NativeAsync("Goal"))[0]["id"]}", (string?)(await record.NativeAsync("CarePlan"))[0]["goal"]![0]!["reference"]);
    }

    [Fact]
    public async Task AReferralThatStandsInHalfIsCompletedByTheRepetition()
    {
        await using var record = await FhirRecord.StartAsync();
        await using var house = await record.HouseAsync();
        var first = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));
        var goal = Assert.Single(await record.NativeAsync("Goal"));
        goal["identifier"] = new JsonArray(new JsonObject { ["system"] = "http://record.example/number", ["value"] = "1" });
        await record.PutAsync(goal);

        var again = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino));

        Assert.Equal(200, again.Status);
        Assert.Equal("1 1 1 2 1 1", await CountsAsync(record));
        Assert.Equal(first.Places[1], again.Places[1]);
    }

    private static async Task<string> CountsAsync(FhirRecord record)
    {
        var counts = new List<int>();
        foreach (var type in Types)
        {
            counts.Add((await record.NativeAsync(type)).Count);
        }

        return string.Join(' ', counts);
    }
}
