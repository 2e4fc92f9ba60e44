// Student welfare tells the pupil's teacher what the teaching requires: the real program, from the button to the inbox.
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class SchoolTests
{
    private const string Lumi = "150914A934N";
    private const string RegisterTold = "The register of {System} was told:";
    private const string RegisterNotTold = "The register of {System} was not told";

    [Fact]
    public async Task TheResponsibleTeacherIsToldOfTheArrangementAndOfNothingElse()
    {
        await using var house = await OpenAsync();
        await house.WaitForAsync(RegisterTold);

        var notice = await house.TellTeacherAsync("n-lumi01");

        Assert.True("toimitettu" == notice.Attribute("tila")?.Value, house.Errors);
        Assert.NotEmpty(notice.Attribute("kuitti")!.Value);
        var inbox = await house.AskAsync(School, HttpMethod.Get, "viestit", "ope-laine");
        var message = Assert.Single(JsonNode.Parse(inbox)!.AsArray())!["viesti"]!;
        Assert.Equal(("ope-40011", "opp-70021", "tauot"), ((string?)message["vastaanottaja"], (string?)message["oppilas"], (string?)message["jarjestelyt"]!.AsArray().Single()!["koodi"]));
        Assert.All(
            ["vanhempien", "riidoista", "yksinäisyy", "uniohje", "taukojen järjestämiseen", "journal", Lumi],
            secret => Assert.DoesNotContain(secret, Plain(inbox), StringComparison.OrdinalIgnoreCase));

        // A teacher who does not teach the pupil, and one who is not responsible for the class, have nothing: the whole box holds this one message.
        Assert.Single(JsonNode.Parse(await house.AskAsync(School, HttpMethod.Get, "viestit", "integration"))!.AsArray());
    }

    [Fact]
    public async Task TheLogSaysUnderWhichRuleTheTeacherWasToldAndHoldsNoneOfTheContent()
    {
        await using var house = await OpenAsync();
        await house.WaitForAsync(RegisterTold);
        await house.TellTeacherAsync("n-lumi02");

        var records = await house.ReadLogAsync();

        var told = records.Single(static record => (string?)record["kind"] == "write-intent");
        Assert.Equal(("kuopio-opiskeluhuolto", "kuopio-koulu", "kur-virta"), ((string?)told["from"]!["system"], (string?)told["to"]!["system"], (string?)told["from"]!["professional"]));
        Assert.Contains(told["items"]!.AsArray(), static item => (string?)item!["rule"] == "OH-03" && (string?)item["item"] == "study-arrangement-need" && (bool)item["released"]!);
        var begun = records.Where(static record => (string?)record["kind"] == "relationship-change").ToList();
        Assert.Contains(begun, record => (string?)record["client"] == (string?)told["client"] && (string?)record["outcome"] == "begun" && (string?)record["to"]!["professional"] == "ope-laine");
        var everything = string.Concat(records.Select(static record => Plain(record.ToJsonString()))) + house.Errors;
        Assert.All([Lumi, "vanhempien", "riidoista", "uniohje"], secret => Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task WithoutTheRegistersProofNothingReachesAnyTeacher()
    {
        await using var house = await OpenAsync(static deployment => deployment.Replace("clientId: integration", "clientId: somebody-else", StringComparison.Ordinal));
        await house.WaitForAsync(RegisterNotTold);

        var notice = await house.TellTeacherAsync("n-lumi01");

        Assert.Equal("hylatty", notice.Attribute("tila")?.Value);
        Assert.Equal("[]", await house.AskAsync(School, HttpMethod.Get, "viestit", "integration"));
        var records = await house.ReadLogAsync();
        var refused = records.Single(static record => (string?)record["kind"] == "refusal");
        Assert.All(refused["items"]!.AsArray(), static item => Assert.False((bool)item!["released"]!));
        Assert.DoesNotContain(records, static record => (string?)record["kind"] is "write-intent" or "disclosure");
    }

    private static readonly (int Offset, string Name) School = (14, "kuopio-koulu");
    private static readonly (int Offset, string Name) Welfare = (15, "kuopio-opiskeluhuolto");

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly SocketsHttpHandler Handler = new();

    private static string Plain(string json) => JsonSerializer.Serialize(JsonNode.Parse(json), Unescaped);

    /// <summary>Opens the demonstration; <paramref name="adjust"/> may change its deployment file first.</summary>
    private static async Task<House> OpenAsync(Func<string, string>? adjust = null)
    {
        var data = Path.Combine(Path.GetTempPath(), "sisote-test-" + Guid.CreateVersion7().ToString("N"));
        var port = SisoteProcess.FindFreePorts();
        if (adjust is not null)
        {
            await DemoDeployment.WriteAsync(data, port, adjust);
        }

        var process = SisoteProcess.Start(["run", "--data", data, "--port", $"{port}"], new Dictionary<string, string> { ["Sisote__LogLevel"] = "Information" });
        await process.WaitUntilOpenAsync();
        return new House(process, data, port);
    }

    /// <summary>A running demonstration, asked as the people of its sector systems do.</summary>
    private sealed class House(SisoteProcess process, string data, int port) : IAsyncDisposable
    {
        private readonly HttpClient http = new(Handler, disposeHandler: false); // one handler for all houses

        public string Errors => process.Errors;

        /// <summary>Waits until the program says something; it does so of itself, soon after it opened.</summary>
        public async Task WaitForAsync(string said)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!Errors.Contains(said, StringComparison.Ordinal))
            {
                Assert.False(limit.IsCancellationRequested, $"It never said `{said}`: {Errors}");
                await Task.Delay(50, CancellationToken.None);
            }
        }

        /// <summary>The kuraattori presses "tell the teacher".</summary>
        public async Task<XElement> TellTeacherAsync(string need) =>
            XElement.Parse(await AskAsync(Welfare, HttpMethod.Post, $"palvelu/tarpeet/{need}/kerro-opettajalle", "kur-virta"));

        public async Task<string> AskAsync((int Offset, string Name) system, HttpMethod method, string path, string user)
        {
            var line = File.ReadLines(Path.Combine(data, "simulators", system.Name + ".credentials")).Single(line => line.StartsWith(user + ":", StringComparison.Ordinal));
            using var request = new HttpRequestMessage(method, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port + system.Offset}/{path}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(line)));
            using var answer = await http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {body}");
            return body;
        }

        /// <summary>The log's records as an auditor takes them out.</summary>
        public async Task<List<JsonObject>> ReadLogAsync()
        {
            var file = Path.Combine(data, "log.ndjson");
            var export = await SisoteProcess.RunAsync(["log", "export", "--to", file, "--data", data, "--port", $"{port}"]);
            Assert.True(export.ExitCode == 0, export.Errors);
            return [.. (await File.ReadAllLinesAsync(file)).Select(static line => JsonNode.Parse(line) as JsonObject).Where(static line => line?.ContainsKey("leaf") == true).Select(static line => (JsonObject)line!["record"]!.DeepClone())];
        }

        public async ValueTask DisposeAsync()
        {
            await process.DisposeAsync();
            http.Dispose();
            Directory.Delete(data, recursive: true);
        }
    }
}
