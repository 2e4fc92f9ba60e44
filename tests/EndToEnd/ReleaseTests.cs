// A principal asks the county for what the pupil's teaching requires; a doctor must release it first. The real program, over raw HTTP.
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class ReleaseTests(RunningSisote house) : IClassFixture<RunningSisote>
{
    private const string Lumi = "150914A934N";
    private const string Asked = "requested-by-recipient=\"pyynto 2026/3\", necessity-statement=\"arranging the teaching\"";

    [Fact]
    public async Task WhoAsksCannotTellThatSomethingWaitsUntilItIsReleased()
    {
        await WaitForAsync(() => Task.FromResult(house.Diagnostics.Contains("The register of {System} was told", StringComparison.Ordinal)));
        var token = await house.TokenAsync("kuopio-koulu", RunningSisote.Context("rehtori-1", "principal", "kuopion-koulut", "teaching-arrangement"));
        var absent = await FindAsync(RunningSisote.Nobody, token);
        absent.AssertNothing();
        for (var time = 0; time < 4; time++)
        {
            AssertSame(absent, await FindAsync(Lumi, token));
        }

        await WaitForAsync(async () => (await WaitingAsync()).Count > 0);
        var waiting = Assert.Single(await WaitingAsync())!;
        Assert.Equal((Lumi, "open", "kuopion-koulut"), ((string?)waiting["identifier"], (string?)waiting["state"], (string?)waiting["toOrganisation"]));
        AssertSame(absent, await FindAsync(Lumi, token));

        await ReleaseAtThePortalAsync();
        var lumi = Assert.Single((await FindAsync(Lumi, token)).Resources);
        Assert.Equal("Lumio", (string?)lumi["name"]![0]!["family"]);

        using var withdrawn = await DoctorAsync(HttpMethod.Post, $"decisions/{(string?)(await DecisionsAsync())[0]!["id"]}/withdraw");
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        AssertSame(absent, await FindAsync(Lumi, token));
        Assert.Equal("withdrawn", (string?)(await DecisionsAsync())[0]!["state"]);
        Assert.DoesNotContain(Lumi, house.Diagnostics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOperatorListsWhatWaitsAndSeesWhatTheEndOfAnAgreementWouldStop()
    {
        Assert.Contains("asked for by", await SayAsync("release", "list", "--ended"), StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(await SayAsync("release", "list", "--format", "json"))!["releases"]);
        var shown = await SayAsync("agreement", "show", "kuopio-on-behalf");
        Assert.Contains("kuopio-on-behalf: on-behalf, in-force", shown, StringComparison.Ordinal);

        var stops = JsonNode.Parse(await SayAsync("agreement", "end", "kuopio-on-behalf", "--dry-run", "--format", "json"))!;

        Assert.Equal(("EX-03", true, 1), ((string?)stops["flows"]![0]!["rule"], (bool)stops["flows"]![0]!["asks"]!, stops["flows"]![0]!["stops"]!.AsArray().Count));
        Assert.Contains("in-force", await SayAsync("agreement", "show", "kuopio-on-behalf"), StringComparison.Ordinal);
        await SayAsync("agreement", "end", "kuopio-on-behalf");
        Assert.Contains("ended", await SayAsync("agreement", "show", "kuopio-on-behalf"), StringComparison.Ordinal);
    }

    private async Task<string> SayAsync(params string[] arguments)
    {
        var said = await SisoteProcess.RunAsync([.. arguments, "--data", house.Data, "--port", $"{house.Port}"]);
        Assert.True(said.ExitCode == 0, said.Output + said.Errors);
        return said.Output;
    }

    /// <summary>The doctor sees one request and releases who the pupil is, until a day.</summary>
    private async Task ReleaseAtThePortalAsync()
    {
        using var doctor = await Browser.SignInAsync(house.Portal, "dr-harju", "releases");
        await doctor.OpenAsync(Assert.Single(doctor.Links("/releases/[0-9a-f]+")));
        var lastDay = TimeProvider.System.GetUtcNow().AddDays(7).ToString("d.M.yyyy", CultureInfo.InvariantCulture);
        await doctor.SubmitAsync(
            doctor.Form("name=\"Items\""),
            [KeyValuePair.Create("Items", "person-identity"), KeyValuePair.Create("Why", "statutory-right"), KeyValuePair.Create("Time", "until"), KeyValuePair.Create("LastDay", lastDay)]);
        Assert.Equal("?done=released", doctor.Address.Query);
        Assert.DoesNotContain(Lumi, doctor.Html, StringComparison.Ordinal);
    }

    private Task<Answer> FindAsync(string hetu, string token) => house.FindAsync(hetu, token: token, context: Asked);

    /// <summary>INVARIANT: byte for byte the same, but for what differs between any two answers.</summary>
    private static void AssertSame(Answer absent, Answer kept)
    {
        static string Headers(Answer answer) => string.Join('\n', answer.Headers.Where(static header => header.Key is not ("Date" or "X-Request-ID")).Select(static header => $"{header.Key}: {string.Join(',', header)}").Order(StringComparer.Ordinal));
        Assert.Equal((absent.Status, absent.Body), (kept.Status, kept.Body));
        Assert.Equal(Headers(absent), Headers(kept));
    }

    private async Task<JsonArray> WaitingAsync()
    {
        using var answer = await DoctorAsync(HttpMethod.Get, "releases");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["releases"]!.AsArray();
    }

    private async Task<JsonArray> DecisionsAsync()
    {
        using var answer = await DoctorAsync(HttpMethod.Get, "decisions");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["decisions"]!.AsArray();
    }

    /// <summary>The doctor in the patient record, which calls the consent service's door.</summary>
    private async Task<HttpResponseMessage> DoctorAsync(HttpMethod method, string path)
    {
        using var client = house.CreateClient(string.Empty);
        using var request = new HttpRequestMessage(method, new Uri(house.Address(3), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.TokenAsync(RunningSisote.Record, RunningSisote.Context("dr-harju", "health-professional", "pohjois-savo")));
        return await client.SendAsync(request);
    }

    private static async Task WaitForAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(100, limit.Token);
        }
    }
}
