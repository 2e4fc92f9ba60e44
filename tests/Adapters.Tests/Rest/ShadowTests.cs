// A mapping on trial maps beside the live one; its differences are counted, and nothing of it is answered or sent.
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Mapping;
using Sisote.Adapters.Rest;
using Sisote.Tests.Adapters.Mapping;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Rest;

public sealed class ShadowTests
{
    private const string System = RestHouse.System;

    [Fact]
    public async Task TheSameMappingInTheShadowSaysNothingElse()
    {
        await using var paja = await StartAsync();

        await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Aino);
        await paja.House.CreateAsync(System, "key-1", Plan());

        var report = Report(paja);
        Assert.Equal([("suunnitelma", "write", 1, 1), ("tavoite", "read", 5, 5)], report.Records.Select(static one => (one.Record, one.Direction, (int)one.Compared, (int)one.Same)));
        Assert.Empty(report.Differences);
    }

    [Fact]
    public async Task WhatWouldComeOutOtherwiseIsCountedByPathAndTheAnswerIsTheLiveOnes()
    {
        await using var paja = await StartAsync(
            ("{native: kaynnissa, code: active}", "{native: kaynnissa, code: completed}"), ("      - {native: valmis, code: completed}\n", ""),
            ("title: {from: otsikko, required: true}", "title: {from: nimi, required: true}"), ("code: improve-strength}", "code: improve-balance}"));

        var (_, goals, _) = await paja.House.SearchAsync(System, "Goal");
        var (status, _, _) = await paja.House.CreateAsync(System, "key-1", Plan());

        Assert.Equal((6, 201, "Kevään liikunta"), (goals.Count, status, $"{paja.Product.Plans.Single()["otsikko"]}"));
        Assert.Equal(5, goals.Cast<Goal>().Count(static goal => goal.LifecycleStatus == Goal.GoalLifecycleStatus.Active));
        Assert.Equal(
            [("tavoite", "Goal.lifecycleStatus: differs", 5), ("suunnitelma", "nimi: only with the shadow", 1), ("suunnitelma", "otsikko: only with the live mapping", 1), ("tavoite", "refused by the shadow: tila: a code that its table does not know", 1)],
            Report(paja).Differences.Select(static one => (one.Record, one.What, (int)one.Records)));
        var counts = Report(paja).Records.Single(static one => one.Record == "tavoite");
        Assert.Equal((6, 0, 5, 1), ((int)counts.Compared, (int)counts.Same, (int)counts.Different, (int)counts.OnlyShadowRefused));
    }

    [Fact]
    public async Task AnEntryDoesNotWaitForTheShadow()
    {
        RestHouse? house = null;
        var before = new List<int>();
        await using var product = await HostileSystem.StartAsync(async call =>
        {
            var asksWho = call.Request.Path.Value!.EndsWith("haku", StringComparison.Ordinal);
            before.AddRange(asksWho ? [] : [Report(house!).Records.Length]);
            await call.Response.WriteAsync(asksWho ? new JsonObject { ["tulokset"] = new JsonArray(new WorkshopProduct().Clients[0].DeepClone()) }.ToJsonString() : """{"tunnus":"s-1"}""");
        });
        await using var paja = house = await StartAsync();
        paja.Line.Target = product.Address.Port;

        var (status, _, _) = await paja.House.CreateAsync(System, "key-1", Plan());

        Assert.Equal((201, 0, 1), (status, Assert.Single(before), (int)Report(paja).Records.Single().Same));
    }

    [Fact]
    public async Task AMappingThatWouldHealARefusalIsSeenToDoSoAndTheRefusalStands()
    {
        await using var paja = await StartAsync(("withheld: [ohjaajan_arvio]", "withheld: [ohjaajan_arvio, uusi_kentta]"));
        paja.Product.Goals.ForEach(static goal => goal["uusi_kentta"] = "HENKILÖTIETO");

        var (status, _, _) = await paja.House.SearchClientAsync(System, "Goal", SectorHouse.Aino);

        var report = Report(paja);
        Assert.Equal((503, 1), (status, (int)report.Records.Single().OnlyLiveRefused));
        Assert.DoesNotContain("HENKIL", JsonSerializer.Serialize(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyTheOperatorIsToldTheCounts()
    {
        await using var paja = await StartAsync();

        Assert.Equal((200, 403, 401), (await paja.House.AskAsync("$shadow/paja", "sisote-operator"), await paja.House.AskAsync("$shadow/paja", "sisote-gateway"), await paja.House.AskAsync("$shadow/paja", null)));
        Assert.Equal(404, await paja.House.AskAsync("$shadow/muu", "sisote-operator"));
    }

    private static ShadowReport Report(RestHouse paja) => paja.House.Source<RestSystem>(System).Shadow!.Report();

    private static Task<RestHouse> StartAsync(params (string Old, string New)[] changes) => RestHouse.StartAsync(settings: [("apiKeyFile", "key"), ("shadowMapping", "varjo.yaml")], shadow: changes);

    private static CarePlan Plan() => (CarePlan)JsonSerializer.Deserialize<Resource>(MappingSamples.Text("suunnitelma.fhir.json"), FhirBody.Options)!;
}
