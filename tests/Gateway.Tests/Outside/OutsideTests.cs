// Collections of tests that others wrote for gateways and parsers, every row of them at our doors, with docs/outside-tests.md as the outcome.
using System.Text.Json.Nodes;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Gateway.Writes;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.Outside;

public sealed class OutsideTests
{
    [Fact]
    public async Task HostileJsonIsRefusedAndSoundJsonIsReadAsSourceAndAsSender()
    {
        var folder = SharedData.Require("json-hostile");

        var rows = await JsonHostileRows.RunAsync(folder);

        AssertExplained("json-hostile", rows, Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Count());
        Assert.True(rows.Count(static row => row.Holds) > 125);
    }

    [Fact]
    public async Task HostileFhirIsRefusedAsAnEntryAndNothingOfItLeavesAsAnAnswer()
    {
        var folder = SharedData.Require("fhir-hostile");

        var rows = await FhirHostileRows.RunAsync(folder);

        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "validator-cases-expected.json"), TestContext.Current.CancellationToken))!["cases"]!.AsArray();
        AssertExplained("fhir-hostile", rows, Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count(static file => Path.GetExtension(file) is ".json" or ".xml") - 1);
        Assert.Equal([], cases.Select(static one => (string?)one!["file"]).Except(rows.Select(static row => Path.GetFileName(row.Id))));
    }

    [Fact]
    public async Task WhatAnotherFhirProxyDeniesIsDeniedHereAndWhatItAllowsIsAllowedOrExplained()
    {
        var folder = SharedData.Require("fhir-gateway-authz");

        var rows = await GatewayAuthzRows.RunAsync(folder);

        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected.json"), TestContext.Current.CancellationToken))!["cases"]!.AsArray();
        AssertExplained("fhir-gateway-authz", rows, cases.Count);
        Assert.DoesNotContain(rows, static row => !row.Holds && (row.Expected is "deny-403" or "reject-400"));
    }

    [Fact]
    public async Task NoSearchOfAnotherServersCompartmentTestsShowsASecondClient()
    {
        var folder = SharedData.Require("msft-smart-compartment");

        var rows = await SmartCompartmentRows.RunAsync(folder);

        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected.json"), TestContext.Current.CancellationToken))!.AsArray();
        AssertExplained("msft-smart-compartment", rows, cases.Count);
        Assert.True(rows.Count(static row => row.Got.Contains("smart-", StringComparison.Ordinal)) > 20, "Hardly anything was released, so the rows show nothing.");
    }

    [Fact]
    public async Task TheDoorsOfTheseCollectionsAreOpenForWhatMayPass()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);

        var read = await world.GetAsync($"fhir/pohjois-savo-record/Flag?patient={handle}");
        var sent = await world.PostAsync("fhir/pohjois-savo-record/Observation", Entries.Measure().ToJsonString());
        var both = await world.PostAsync("fhir/pohjois-savo-record", Entries.Transaction(Entries.Text(), Entries.Measure()).ToJsonString());

        Assert.Equal([200, 201, 200], [read.Status, sent.Status, both.Status]);
        Assert.Single(OutsideRow.Released(read));
    }

    /// <summary>Every row of the data is there once, holds or is explained, and stands on the page as it came out.</summary>
    private static void AssertExplained(string collection, IReadOnlyList<OutsideRow> rows, int inTheData)
    {
        Assert.True(inTheData > 0);
        Assert.Equal(inTheData, rows.Count);
        Assert.Equal(inTheData, rows.DistinctBy(static row => row.Id).Count());
        Assert.Equal([], rows.Where(static row => !row.Holds && row.Reason is null).Select(static row => row.Line));
        OutsidePage.Check(collection, rows);
    }
}
