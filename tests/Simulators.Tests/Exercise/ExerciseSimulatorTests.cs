// The exercise-counselling product by itself.
using System.Text.Json;

namespace Sisote.Tests.Simulators.Exercise;

public sealed class ExerciseSimulatorTests
{
    private const string Referral = """
        {"ulkoinenTunniste":"u-1","henkilo":{"henkilotunnus":"120385-911F","sukunimi":"Aaltonen","etunimet":"Aino","katuosoite":"Keksitynkatu 5"},
         "lahettaja":{"organisaatio":"pohjois-savo","organisaationNimi":"Pohjois-Savon hyvinvointialue","ammattilainen":"dr-harju","rooli":"health-professional"},
         "palvelu":"liikuntaneuvonta_yksilo","kirjattu":"2026-11-22T10:00:00Z","rajoitteet":[{"koodi":"sykeraja"}],"tavoitteet":[{"kuvaus":"Kävelee","tila":"kaynnissa"}],"suunnitelmat":[]}
        """;

    [Theory]
    [InlineData("GET", "api/v1/asiakkaat")]
    [InlineData("GET", "api/v1/tyojono")]
    [InlineData("POST", "api/v1/lahetteet/saapuvat")]
    [InlineData("GET", "api/v1/tapahtumat?jalkeen=0")]
    public async Task NobodyComesInWithoutKeyOrAccount(string method, string path)
    {
        await using var house = await NativeHouse.StartAsync("exercise");

        Assert.Equal(401, (await house.AskAsync(new HttpMethod(method), path, method == "POST" ? Referral : null, user: "")).Status);
    }

    [Fact]
    public async Task AReferralIsTakenOnceAndSurvivesARestart()
    {
        await using var house = await NativeHouse.StartAsync("exercise");

        var first = await house.AskAsync(HttpMethod.Post, "api/v1/lahetteet/saapuvat", Referral);
        await house.StopAsync();
        await File.AppendAllTextAsync(Path.Combine(house.Folder, "exercise", "tapahtumat.jsonl"), "{\"nro\":99,\"ai", TestContext.Current.CancellationToken);
        await house.StartAgainAsync();
        var again = await house.AskAsync(HttpMethod.Post, "api/v1/lahetteet/saapuvat", Referral);
        var other = await house.AskAsync(HttpMethod.Post, "api/v1/lahetteet/saapuvat", Referral.Replace("Kävelee", "Juoksee", StringComparison.Ordinal));

        Assert.Equal((201, 200, 409), (first.Status, again.Status, other.Status));
        Assert.Equal(first.Body, again.Body);
        using var page = JsonDocument.Parse((await house.AskAsync(HttpMethod.Get, "api/v1/lahetteet")).Body);
        Assert.Equal(1, page.RootElement.GetProperty("yhteensa").GetInt32());
    }

    [Fact]
    public async Task ABrokenLineInTheMiddleStopsTheStart()
    {
        await using var house = await NativeHouse.StartAsync("exercise");
        await house.StopAsync();
        var file = Path.Combine(house.Folder, "exercise", "tapahtumat.jsonl");
        await File.WriteAllTextAsync(file, "{broken\n" + await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidDataException>(house.StartAgainAsync);
    }

    [Theory]
    [InlineData("\"palvelu\":\"liikuntaneuvonta_yksilo\"", "\"palvelu\":\"uusi\"", 422)]
    [InlineData("\"koodi\":\"sykeraja\"", "\"koodi\":\"F32\"", 422)]
    [InlineData("\"tila\":\"kaynnissa\"", "\"tila\":\"muu\"", 422)]
    [InlineData("\"ulkoinenTunniste\":\"u-1\",", "", 400)]
    [InlineData("\"suunnitelmat\":[]", "\"suunnitelmat\":[],\"diagnoosi\":\"F32\"", 400)]
    [InlineData("\"suunnitelmat\":[]", "\"suunnitelmat\":[],\"suunnitelmat\":[]", 400)]
    public async Task WhatTheProductDoesNotKnowItDoesNotTake(string part, string instead, int status)
    {
        await using var house = await NativeHouse.StartAsync("exercise");

        var answer = await house.AskAsync(HttpMethod.Post, "api/v1/lahetteet/saapuvat", Referral.Replace(part, instead, StringComparison.Ordinal));

        Assert.Equal(status, answer.Status);
        Assert.DoesNotContain("F32", answer.Body, StringComparison.Ordinal);
        Assert.Equal("[]", (await house.AskAsync(HttpMethod.Get, "api/v1/tyojono")).Body);
    }

    [Fact]
    public async Task ACounsellorSeesTheWorkListAcceptsAndRecordsAVisit()
    {
        await using var house = await NativeHouse.StartAsync("exercise");
        using var receipt = JsonDocument.Parse((await house.AskAsync(HttpMethod.Post, "api/v1/lahetteet/saapuvat", Referral)).Body);
        var (referral, customer) = (receipt.RootElement.GetProperty("laheteId").GetString(), receipt.RootElement.GetProperty("asiakasId").GetString());

        var list = await house.AskAsync(HttpMethod.Get, "api/v1/tyojono", user: "ohjaaja-salmi");
        var skipped = await house.AskAsync(HttpMethod.Post, $"api/v1/lahetteet/{referral}/kasittely", "{\"tila\":\"paattynyt\"}", user: "ohjaaja-salmi");
        var accepted = await house.AskAsync(HttpMethod.Post, $"api/v1/lahetteet/{referral}/kasittely", "{\"tila\":\"hyvaksytty\",\"ohjaaja\":\"ohjaaja-salmi\"}", user: "ohjaaja-salmi");
        var visit = $$"""{"kaynti":{"asiakasId":"{{customer}}","laheteId":"{{referral}}","aika":"2026-11-25T09:00:00Z","tapa":"vastaanotto","ohjaaja":"ohjaaja-salmi"},"mittaukset":[{"koodi":"paino","arvo":71.5,"yksikko":"kg"}]}""";
        var recorded = await house.AskAsync(HttpMethod.Post, "api/v1/kaynnit", visit, user: "ohjaaja-salmi");
        var wrongUnit = await house.AskAsync(HttpMethod.Post, "api/v1/kaynnit", visit.Replace("\"kg\"", "\"lb\"", StringComparison.Ordinal), user: "ohjaaja-salmi");
        var card = await house.AskAsync(HttpMethod.Get, $"api/v1/lahetteet/{referral}/kortti", user: "ohjaaja-salmi");

        Assert.Contains("Aaltonen Aino", list.Body, StringComparison.Ordinal);
        Assert.Equal((409, 201, 201, 422), (skipped.Status, accepted.Status, recorded.Status, wrongUnit.Status));
        Assert.Contains("Sovittu sykeraja", card.Body, StringComparison.Ordinal);
        Assert.Contains("71.5", card.Body, StringComparison.Ordinal);
        Assert.Equal(401, (await house.AskAsync(HttpMethod.Get, "api/v1/tyojono", token: "x")).Status);
    }

    [Fact]
    public async Task APersonIsSearchedInTheBodyAndEventsAreTold()
    {
        await using var house = await NativeHouse.StartAsync("exercise");
        await house.AskAsync(HttpMethod.Post, "api/v1/lahetteet/saapuvat", Referral);

        var found = await house.AskAsync(HttpMethod.Post, "api/v1/asiakkaat/haku", "{\"henkilotunnus\":\"120385-911F\"}");
        var nobody = await house.AskAsync(HttpMethod.Post, "api/v1/asiakkaat/haku", "{\"henkilotunnus\":\"120385-999X\"}");
        var events = await house.AskAsync(HttpMethod.Get, "api/v1/tapahtumat?jalkeen=0");

        Assert.Contains("Keksitynkatu", found.Body, StringComparison.Ordinal);
        Assert.Contains("\"yhteensa\":0", nobody.Body, StringComparison.Ordinal);
        Assert.Contains("lahete.saapunut", events.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Aaltonen", events.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowsComeInPages()
    {
        await using var house = await NativeHouse.StartAsync("exercise");
        for (var number = 1; number <= 3; number++)
        {
            await house.AskAsync(HttpMethod.Post, "api/v1/lahetteet/saapuvat", Referral.Replace("u-1", $"u-{number}", StringComparison.Ordinal));
        }

        using var second = JsonDocument.Parse((await house.AskAsync(HttpMethod.Get, "api/v1/lahetteet?sivu=2&koko=2")).Body);

        Assert.Equal(1, second.RootElement.GetProperty("rivit").GetArrayLength());
        Assert.Equal(3, second.RootElement.GetProperty("yhteensa").GetInt32());
        Assert.Equal(400, (await house.AskAsync(HttpMethod.Get, "api/v1/lahetteet?koko=1000")).Status);
    }
}
