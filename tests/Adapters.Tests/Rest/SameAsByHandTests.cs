// The exercise-counselling product connected twice: by its hand-made adapter and by a mapping file. Both must say the same.
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Tests.Adapters.Mapping;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Rest;

public sealed class SameAsByHandTests
{
    private const string ByHand = "kuopio-liikunta";
    private const string ByFile = "kuopio-tiedostolla";

    [Fact]
    public async Task WhatIsReadByAFileIsWhatIsReadByHand()
    {
        await using var house = await StartAsync();
        Assert.Equal(200, (await house.CreateAsync(ByHand, "key-1", SomeReferral.Of(SectorHouse.Aino))).Status);

        foreach (var type in new[] { "Patient", "Flag", "Goal", "CarePlan" })
        {
            var byHand = (await house.SearchClientAsync(ByHand, type, SectorHouse.Aino)).Found;
            var byFile = (await house.SearchClientAsync(ByFile, type, SectorHouse.Aino)).Found;

            Assert.NotEmpty(byHand);
            Assert.Equal(byHand.Count, byFile.Count);
            Assert.All(byHand, one => Assert.True(one.IsExactly(byFile.Single(other => other.Id == one.Id)), type));
            Assert.True((await house.ReadAsync(ByFile, type, byHand[0].Id!)).Found!.IsExactly(byHand[0]));
        }
    }

    [Fact]
    public async Task AReferralWrittenByAFileIsTheRecordThatIsWrittenByHand()
    {
        await using var house = await StartAsync();

        var byHand = await house.CreateAsync(ByHand, "key-1", SomeReferral.Of(SectorHouse.Aino));
        var byFile = await house.CreateAsync(ByFile, "key-2", SomeReferral.Of(SectorHouse.Aino));
        var again = await house.CreateAsync(ByFile, "key-2", SomeReferral.Of(SectorHouse.Aino));

        Assert.True((200, 200, 200) == (byHand.Status, byFile.Status, again.Status), byFile.Body);
        Assert.Equal(byFile.Places, again.Places);
        Assert.Equal(byHand.Places.Count, byFile.Places.Count);
        Assert.Equal(byHand.Places[0].Split('/')[^1], byFile.Places[0].Split('/')[^1]); // one and the same client
        foreach (var collection in new[] { "lahetteet", "rajoitteet", "tavoitteet", "suunnitelmat" })
        {
            var rows = ((JsonArray)JsonNode.Parse((await house.AskNativeAsync("exercise", HttpMethod.Get, $"api/v1/{collection}?koko=200")).Body)!["rivit"]!).Cast<JsonObject>().Select(Plain).ToList();
            Assert.True(rows.Count % 2 == 0 && rows.GroupBy(static row => row).All(static same => same.Count() == 2), $"{collection}: {string.Join('\n', rows)}");
        }
    }

    [Fact]
    public async Task WhatIsRefusedByHandIsRefusedByAFile()
    {
        await using var house = await StartAsync();
        var unknown = SomeReferral.Of(SectorHouse.Aino, restriction: "avoid-everything");
        var wordy = SomeReferral.Of(SectorHouse.Aino);
        ((ServiceRequest)wordy[1]).Note = [new Annotation { Text = "Masennus" }];

        foreach (var system in new[] { ByHand, ByFile })
        {
            Assert.Equal(422, (await house.CreateAsync(system, "key-1", unknown)).Status);
            Assert.Equal(422, (await house.CreateAsync(system, "key-2", wordy)).Status);
        }

        Assert.Empty((JsonArray)JsonNode.Parse((await house.AskNativeAsync("exercise", HttpMethod.Get, "api/v1/lahetteet")).Body)!["rivit"]!);
    }

    /// <summary>A row without what the product gives each row anew.</summary>
    private static string Plain(JsonObject row)
    {
        foreach (var name in new[] { "laheteId", "rajoiteId", "tavoiteId", "suunnitelmaId", "ulkoinenTunniste", "saapunut", "muutettu" })
        {
            row.Remove(name);
        }

        return row.ToJsonString();
    }

    private static Task<SectorHouse> StartAsync() => SectorHouse.StartAsync((systems, folder) =>
    {
        File.WriteAllText(Path.Combine(folder, "crm.yaml"), MappingSamples.Text("crm.yaml"));
        var byHand = systems.Single(static system => system.Id.Value == ByHand).Adapter!.Settings;
        return systems.Add(SectorHouse.Entry(ByFile, "rest", "kuopio", ("address", byHand["address"]), ("apiKeyFile", byHand["apiKeyFile"]), ("mapping", "crm.yaml")));
    });
}
