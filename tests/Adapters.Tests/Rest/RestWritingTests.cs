// What is written to a REST system arrives once and whole, or is refused, or nobody knows; never half.
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Rest;
using Sisote.Tests.Adapters.Mapping;
using Sisote.Tests.Testing;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Rest;

public sealed class RestWritingTests
{
    private const string System = RestHouse.System;
    private static readonly (string, string)[] WithReadBack = [("recognisesKey: true", "readBack: \"suunnitelmat?viite={key}\"")];
    private static readonly (string, string)[] WithHeader = [("      keyField: viite\n      recognisesKey: true\n", "      keyHeader: Idempotency-Key\n")];

    [Fact]
    public async Task AnEntryBecomesOneRecordThatNamesItsSenderAndHasTheProductsId()
    {
        await using var paja = await RestHouse.StartAsync();

        var (status, places, _) = await paja.House.CreateAsync(System, "key-1", Plan());

        Assert.Equal((201, "/paja/CarePlan/s-1"), (status, Assert.Single(places)));
        var plan = Assert.Single(paja.Product.Plans);
        Assert.Equal(("Kevään liikunta", "key-1", "a-17", "Helmi Harju"), ($"{plan["otsikko"]}", $"{plan["viite"]}", $"{plan["asiakas"]}", $"{plan["lahettaja"]!["nimi"]}"));
    }

    [Fact]
    public async Task WhatTheRecordCannotCarryIsRefusedByItsElementAndNothingIsSent()
    {
        await using var paja = await RestHouse.StartAsync();
        var plan = Plan();
        plan.Note = [new Annotation { Text = "Masennus" }];

        var (status, _, body) = await paja.House.CreateAsync(System, "key-1", plan);

        Assert.Equal(422, status);
        Assert.Contains("CarePlan.note: the receiving system cannot carry it", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Masennus", body, StringComparison.Ordinal);
        Assert.Empty(paja.Product.Asked);
    }

    [Theory]
    [InlineData(500, 201)]
    [InlineData(501, 422)]
    public async Task AListOfALengthThatNoEntryHasIsRefusedByItsElement(int items, int said)
    {
        await using var paja = await RestHouse.StartAsync();
        var plan = Plan();
        plan.Activity = [.. Enumerable.Range(0, items).Select(static number => new CarePlan.ActivityComponent { Detail = new() { Status = CarePlan.CarePlanActivityStatus.NotStarted, Description = $"Kerta {number}" } })];

        var (status, _, body) = await paja.House.CreateAsync(System, "key-1", plan);

        Assert.Equal((said, said == 201 ? 1 : 0), (status, paja.Product.Plans.Count));
        Assert.Equal(said == 422, body.Contains("CarePlan.activity: more than 500 items", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Kevään liikunta", "Kevään \\ud800 liikunta")]
    [InlineData("2026-01-12", "\\udc00")]
    [InlineData("\"title\"", "\"t\\ud83d\"")]
    [InlineData("\"CarePlan\"", "\"CarePlan\\ud83d\"")]
    [InlineData("\"resourceType\"", "\"x\\ud83d\":1,\"resourceType\"")]
    public void HalfASurrogateInAnEntryIsNoEntry(string text, string instead)
    {
        var body = MappingSamples.Text("suunnitelma.fhir.json").Replace(text, instead, StringComparison.Ordinal);

        Assert.Null(FhirBody.Parse(Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public async Task WhatTheSystemDoesNotTakeAtAllIsRefused()
    {
        await using var paja = await RestHouse.StartAsync();

        Assert.Equal(422, (await paja.House.CreateAsync(System, "key-1", SomeReferral.Of(SectorHouse.Aino))).Status);
        Assert.Empty(paja.Product.Plans);
    }

    [Fact]
    public async Task AnElementThatWouldStandInPlaceOfTheClientsNumberIsRefusedAndNothingIsSent()
    {
        await using var paja = await RestHouse.StartAsync([("title: {from: otsikko, required: true}", "title: {from: asiakas, required: true}")]);
        var plan = Plan();
        plan.Title = "a-18";

        var (status, _, body) = await paja.House.CreateAsync(System, "key-1", plan);

        Assert.Equal((422, 0), (status, paja.Product.Plans.Count));
        Assert.Contains("asiakas: says something else than another element", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(409, 504)]
    [InlineData(400, 422)]
    [InlineData(412, 422)]
    public async Task AConflictIsNoRefusalSinceTheEntryMayBeThereOrOnItsWay(int answered, int said)
    {
        await using var hostile = await HostileSystem.StartAsync(async call =>
        {
            var asksWho = call.Request.Path.Value!.EndsWith("haku", StringComparison.Ordinal);
            call.Response.StatusCode = asksWho ? 200 : answered;
            await call.Response.WriteAsync(asksWho ? new JsonObject { ["tulokset"] = new JsonArray(new WorkshopProduct().Clients[0].DeepClone()) }.ToJsonString() : "{}");
        });
        await using var paja = await RestHouse.StartAsync();
        paja.Line.Target = hostile.Address.Port;

        Assert.Equal(said, (await paja.House.CreateAsync(System, "key-1", Plan())).Status);
        Assert.Equal(2, hostile.Asked.Count);
    }

    /// <summary>A fault, and what may be said of an entry that met it.</summary>
    public static TheoryData<LineFault, int[]> Faults => new()
    {
        { LineFault.None, [201] },
        { LineFault.CutBefore, [504] },
        { LineFault.AnswerLost, [504] },
        { LineFault.Slow, [504] },
        { LineFault.HalfAnswer, [504] },
        { LineFault.Garbage, [504] },
        { LineFault.Duplicate, [201] },
        { LineFault.WrongCharacters, [504] },
        { LineFault.OutOfOrder, [504] },
    };

    [Theory, MemberData(nameof(Faults))]
    public Task AProductThatRecognisesItsReferencesTakesAnEntryOnce(LineFault fault, int[] said) => TakesOnceAsync(fault, said, [], recognises: true);

    [Theory, MemberData(nameof(Faults))]
    public Task AProductThatRecognisesAHeaderTakesAnEntryOnce(LineFault fault, int[] said) => TakesOnceAsync(fault, said, WithHeader, recognises: true);

    /// <summary>All but the line that doubles a message: a product that recognises nothing takes that twice, and nothing can be done about it from here.</summary>
    public static TheoryData<LineFault, int[]> FaultsWithoutDoubling => [.. Faults.Where(static row => row.Data.Item1 != LineFault.Duplicate)];

    [Theory, MemberData(nameof(FaultsWithoutDoubling))]
    public Task AProductThatRecognisesNothingIsAskedFirstAndTakesAnEntryOnce(LineFault fault, int[] said) => TakesOnceAsync(fault, said, WithReadBack, recognises: false);

    [Theory]
    [InlineData("otsikko", "\"Jotain muuta\"")]
    [InlineData("otsikko", "null")]
    [InlineData("asiakas", "\"a-18\"")]
    [InlineData("hetu", "\"230790-9456\"")]
    [InlineData("hetu", "null")]
    [InlineData("alkaa", "\"13.1.2026\"")]
    [InlineData("alkaa", "\"joskus\"")]
    [InlineData("paattyy", "null")]
    [InlineData("toimet", "[]")]
    [InlineData("toimet", """[{"kuvaus":"Kävely kolmesti viikossa","vaihe":1}]""")]
    [InlineData("lahettaja", """{"nimi":"Joku Muu"}""")]
    [InlineData("lahde", "\"toinen\"")]
    public async Task AnotherRecordUnderTheSameKeyIsNeverToldAsDelivered(string field, string value)
    {
        await using var paja = await RestHouse.StartAsync(WithReadBack, prepare: static product => product.RecognisesKeys = false);
        await paja.House.CreateAsync(System, "key-1", Plan());

        paja.Product.Plans[0][field] = JsonNode.Parse(value);
        var (status, places, body) = await paja.House.CreateAsync(System, "key-1", Plan());

        Assert.Equal((504, 1), (status, paja.Product.Plans.Count));
        Assert.Empty(places);
        Assert.Contains("adapter-outcome-unknown", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherEntryUnderAKeyThatWasUsedIsNotToldAsDelivered()
    {
        await using var paja = await RestHouse.StartAsync(WithReadBack, prepare: static product => product.RecognisesKeys = false);
        var other = Plan();
        other.Title = "Syksyn liikunta";

        var first = await paja.House.CreateAsync(System, "key-1", Plan());
        var second = await paja.House.CreateAsync(System, "key-1", other);

        Assert.Equal((201, 504, 1), (first.Status, second.Status, paja.Product.Plans.Count));
    }

    [Fact]
    public async Task ARecordThatSaysTheSameAgainIsTheDeliveryWhateverTheProductAddedOfItsOwn()
    {
        await using var paja = await RestHouse.StartAsync(WithReadBack, prepare: static product => product.RecognisesKeys = false);
        await paja.House.CreateAsync(System, "key-1", Plan());
        var plan = paja.Product.Plans[0];

        (plan["kirjattu"], plan["toimet"]) = ("23.11.2026", new JsonArray([.. plan["toimet"]!.AsArray().Reverse().Select(static one => one!.DeepClone())]));
        plan.Remove("lahettaja");
        plan.Remove("lahde");
        var (status, places, _) = await paja.House.CreateAsync(System, "key-1", Plan());

        Assert.Equal((201, "/paja/CarePlan/s-1", 1), (status, Assert.Single(places), paja.Product.Plans.Count));
    }

    [Fact]
    public async Task TwoDeliveriesOfOneEntryAtTheSameTimeArriveOnceAlsoWhereTheProductRecognisesNothing()
    {
        await using var paja = await RestHouse.StartAsync(WithReadBack, prepare: static product => product.RecognisesKeys = false);

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => paja.House.CreateAsync(System, "key-1", Plan())));

        Assert.All(sent, static one => Assert.Equal((201, "/paja/CarePlan/s-1"), (one.Status, Assert.Single(one.Places))));
        Assert.Single(paja.Product.Plans);
    }

    [Fact]
    public async Task WritingThatCouldNotBeginInTimeDoesNotBegin()
    {
        var clock = new Alarm(RestSystem.Limit);
        await using var paja = await RestHouse.StartAsync(clock: clock);
        paja.Line.Next = () =>
        {
            clock.Ring();
            return LineFault.None;
        };

        var (status, _, _) = await paja.House.CreateAsync(System, "key-1", Plan());

        Assert.Equal((503, 0), (status, paja.Product.Plans.Count));
    }

    [Theory]
    [InlineData("viite", "key-2", 504)]
    [InlineData("asiakas", "a-18", 504)]
    [InlineData("hetu", SectorHouse.Eino, 504)]
    [InlineData("asiakas", null, 201)]
    [InlineData("viite", null, 201)]
    public async Task AnAnswerAboutAnotherEntryIsNotTakenForTheAnswer(string field, string? says, int said)
    {
        await using var paja = await RestHouse.StartAsync();
        HostileSystem? product = null;
        await using var hostile = product = await HostileSystem.StartAsync(async call =>
        {
            if (call.Request.Path.Value!.EndsWith("haku", StringComparison.Ordinal))
            {
                await call.Response.WriteAsync(new JsonObject { ["tulokset"] = new JsonArray(new WorkshopProduct().Clients[0].DeepClone()) }.ToJsonString());
                return;
            }

            var record = JsonNode.Parse(product!.Asked.Last().Body)!.AsObject();
            (record["tunnus"], record[field]) = ("s-9", says);
            await call.Response.WriteAsync(record.ToJsonString());
        });
        paja.Line.Target = hostile.Address.Port;

        var (status, places, _) = await paja.House.CreateAsync(System, "key-1", Plan());

        Assert.Equal((said, said == 201 ? "/paja/CarePlan/s-9" : null), (status, places.SingleOrDefault()));
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task ASystemBehindABrokenLineIsReadWholeOrNotAtAll(LineFault fault, int[] said)
    {
        Assert.NotEmpty(said);
        await using var paja = await RestHouse.StartAsync();

        paja.Line.Next = () => fault;
        var broken = await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Aino);
        paja.Line.Next = static () => LineFault.None;
        var back = await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Aino);

        Assert.True(broken.Status == 503 ? broken.Found.Count == 0 : broken.Status == 200 && broken.Found.Count == 5, $"{broken.Status} with {broken.Found.Count}");
        Assert.Equal((200, 5), (back.Status, back.Found.Count));
    }

    [Fact]
    public async Task ASystemThatIsDownAndComesBackRestartedTakesAnEntryOnce()
    {
        await using var paja = await RestHouse.StartAsync();

        await paja.Line.StopAsync();
        var down = await paja.House.CreateAsync(System, "key-1", Plan());
        paja.Line.Start();
        paja.Line.Next = OnTheLast(paja.Line, LineFault.AnswerLost, 2);
        var lost = await paja.House.CreateAsync(System, "key-1", Plan());
        await paja.Product.RestartAsync();
        (paja.Line.Target, paja.Line.Next) = (paja.Product.Address.Port, static () => LineFault.None);
        var back = await paja.House.CreateAsync(System, "key-1", Plan());

        Assert.Equal((503, 504, 201, 1), (down.Status, lost.Status, back.Status, paja.Product.Plans.Count));
    }

    private static async Task TakesOnceAsync(LineFault fault, int[] said, (string, string)[] changes, bool recognises)
    {
        await using var paja = await RestHouse.StartAsync(changes, prepare: product => product.RecognisesKeys = recognises);
        var asks = changes == WithReadBack ? 3 : 2; // who the client is, and perhaps what is there, before the entry itself

        paja.Line.Next = OnTheLast(paja.Line, fault, asks);
        var first = await paja.House.CreateAsync(System, "key-1", Plan());
        paja.Line.Next = static () => LineFault.None;
        var second = await paja.House.CreateAsync(System, "key-1", Plan());

        Assert.Contains(first.Status, said);
        Assert.Equal((201, 1), (second.Status, paja.Product.Plans.Count));
        Assert.Equal("/paja/CarePlan/s-1", Assert.Single(second.Places));
    }

    /// <summary>The fault meets the entry itself, not the questions before it.</summary>
    private static Func<LineFault> OnTheLast(FaultyLine line, LineFault fault, int asks)
    {
        var before = line.Messages;
        return () => line.Messages - before >= asks ? fault : LineFault.None;
    }

    internal static CarePlan Plan() => (CarePlan)JsonSerializer.Deserialize<Resource>(MappingSamples.Text("suunnitelma.fhir.json"), FhirBody.Options)!;
}
