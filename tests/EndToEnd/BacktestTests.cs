// The operator asks the running program what another catalogue would have decided.
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class BacktestTests
{
    private const string Record = RunningSisote.Record;

    [Fact]
    public async Task EveryDecisionOfTheStoryIsMadeAgainBitForBitAndAnotherCatalogueShowsWhatItWouldChange()
    {
        await using var house = new RunningSisote();
        await house.InitializeAsync();
        await PlayAsync(house);

        var (same, report) = await RunAsync(house, "embedded");
        Assert.True(same == 0, report);
        var result = JsonSerializer.Deserialize<BacktestResult>(report, SisoteJson.Options)!;
        Assert.True(result.IsSound);
        Assert.InRange(result.Same.Count, 15, long.MaxValue);
        Assert.Equal((0, 0, 0), (result.Changed.Count, result.NotReproduced.Count, result.WithoutInputs.Count));

        // The new catalogue asks nobody for goals any more.
        var folder = WriteCatalogue(house, static (name, text) => name == "rules/EX-02.yaml" ? text.Replace("exercise-goal-plan, ", string.Empty, StringComparison.Ordinal) : text);
        var (changed, sentences) = await RunAsync(house, folder, "text");
        Assert.True(changed == 0, sentences);
        Assert.Contains("(exercise-goal-plan) from health/health-professional to municipal-sports/exercise-counsellor for exercise-counselling (read) might go and would stay:", sentences, StringComparison.Ordinal);
        Assert.DoesNotContain("(exercise-restriction)", sentences, StringComparison.Ordinal);
        var (_, table) = await RunAsync(house, folder, "csv");
        Assert.All(table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1), static row => Assert.StartsWith("exercise-goal-plan,health,health-professional,", row, StringComparison.Ordinal));
        Assert.Contains("permit,EX-02,,deny", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABacktestWithoutARunningHouseOrWithAFaultyCatalogueSaysSo()
    {
        await using var house = new RunningSisote();
        await house.InitializeAsync();
        var folder = WriteCatalogue(house, static (name, text) => name == "rules/EX-02.yaml" ? text + "\nmore: 1\n" : text);

        var (faulty, said) = await RunAsync(house, folder);
        await house.CloseAsync();
        var (closed, nobody) = await RunAsync(house, "embedded");

        Assert.Equal(1, faulty);
        Assert.Contains("EX-02.yaml", said, StringComparison.Ordinal);
        Assert.Equal(3, closed);
        Assert.Contains("Is Sisote running", nobody, StringComparison.Ordinal);
    }

    /// <summary>Reads, lists, entries and refusals of every kind: of the one who consented, of those who did not, of a minor, for another purpose, after the contract and after the consent ended.</summary>
    private static async Task PlayAsync(RunningSisote house)
    {
        await house.FindAsync(RunningSisote.Onni);
        await house.FindAsync(RunningSisote.Eino);
        await house.FindAsync(RunningSisote.Nobody);
        await house.FindAsync(RunningSisote.Aino);
        await house.ConsentAsync("aino");
        await house.FindAsync(RunningSisote.Aino);
        Assert.Equal("delivered", await house.ReferAsync(RunningSisote.Aino));
        await house.AcceptAsync("Aaltonen");
        var handle = await house.HandleAsync(RunningSisote.Aino);
        foreach (var type in new[] { "Flag", "Goal", "Observation", "Condition", "CarePlan" })
        {
            await house.GetAsync($"fhir/{Record}/{type}?patient={handle}");
        }

        var hobby = await house.TokenAsync(context: RunningSisote.Context(purpose: "voluntary-hobby"));
        var colleague = await house.TokenAsync(context: RunningSisote.Context("ohjaaja-niemi"));
        await house.GetAsync($"fhir/{Record}/Flag?patient={handle}", hobby);
        await house.GetAsync($"fhir/{Record}/Flag?patient={handle}", colleague);
        await house.GetAsync($"fhir/{Record}/Flag?patient={handle}", context: null);
        Assert.Equal(HttpStatusCode.Created, (await house.PostAsync($"fhir/{Record}/DocumentReference", Entries.Visit(handle))).Status);
        await TellTeacherAsync(house, "n-lumi01");
        await EndAsync(house, "kuopio-on-behalf");
        (await house.PostAsync($"fhir/{Record}/DocumentReference", Entries.Visit(handle))).AssertRefused(HttpStatusCode.Forbidden, "agreement-missing");
        await house.WithdrawAsync("aino");
        await house.GetAsync($"fhir/{Record}/Flag?patient={handle}");
        await house.FindAsync(RunningSisote.Aino);
    }

    /// <summary>The kuraattori of a minor presses "tell the teacher"; that it was delivered or refused is a decision either way.</summary>
    private static async Task TellTeacherAsync(RunningSisote house, string need)
    {
        var line = File.ReadLines(Path.Combine(house.Data, "simulators", "kuopio-opiskeluhuolto.credentials")).Single(static line => line.StartsWith("kur-virta:", StringComparison.Ordinal));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Address(15), $"palvelu/tarpeet/{need}/kerro-opettajalle"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(line)));
        Assert.True((int)(await house.SendAsync(request)).Status < 300);
    }

    private static async Task EndAsync(RunningSisote house, string agreement)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Address(3), $"agreements/{agreement}/end"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.TokenAsync("sisote-operator", scope: Scopes.Inner));
        Assert.Equal(HttpStatusCode.OK, (await house.SendAsync(request)).Status);
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(RunningSisote house, string catalogue, string format = "json")
    {
        var run = await SisoteProcess.RunAsync(["catalogue", "backtest", catalogue, "--since", "2026-01-01", "--format", format, "--data", house.Data, "--port", house.Port.ToString(CultureInfo.InvariantCulture)]);
        return (run.ExitCode, run.ExitCode == 0 ? run.Output : run.Output + run.Errors);
    }

    private static string WriteCatalogue(RunningSisote house, Func<string, string, string> change)
    {
        var folder = Path.Combine(house.Data, "new-catalogue");
        foreach (var (name, text) in CatalogueReader.EmbeddedTexts())
        {
            var file = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, change(name, text));
        }

        return folder;
    }
}
