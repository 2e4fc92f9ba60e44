// How much memory many large answers take at the same time.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Limits;

/// <summary>The measurement has a process of its own: this very program, asked for one test with a variable set.</summary>
public sealed class MemoryTests
{
    private const string Variable = "SISOTE_MEMORY_MEASUREMENT";
    private const int Callers = 64;
    private const int AnswerSize = 5_000_000;
    private const int Entries = 500;
    private const long Most = 1_000_000_000;

    [Fact]
    public async Task SixtyFourAnswersOfFiveMegabytesAtOnceStayUnderAGigabyte()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } report)
        {
            await File.WriteAllTextAsync(report, await MeasureAsync(), TestContext.Current.CancellationToken);
            return;
        }

        var file = Path.GetTempFileName();
        var start = new ProcessStartInfo("dotnet", [typeof(MemoryTests).Assembly.Location, "--filter-method", $"*{nameof(SixtyFourAnswersOfFiveMegabytesAtOnceStayUnderAGigabyte)}"])
        {
            Environment = { [Variable] = file },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var measured = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        File.Delete(file);

        Assert.True(process.ExitCode == 0, said);
        TestContext.Current.TestOutputHelper?.WriteLine(measured);
        var (answered, peak) = (measured.Split(' ')[0], long.Parse(measured.Split(' ')[1], CultureInfo.InvariantCulture));
        Assert.Equal("64", answered);
        Assert.InRange(peak, AnswerSize, Most); // of the whole process: gateway, source, consent service and callers
    }

    private static async Task<string> MeasureAsync()
    {
        var bundle = Encoding.UTF8.GetBytes(RawSource.Searchset(Enumerable.Range(0, Entries).Select(static number => Observation(number))));
        byte[] whole = [.. Encoding.ASCII.GetBytes(RawSource.Head(bundle.Length)), .. bundle];
        using var source = RawSource.Start((own, connection, cancellation) => own.SendAsync(connection, whole, cancellation));
        await using var world = await GatewayWorld.OpenAsync(new Dictionary<string, string?> { ["Sisote:Gateway:SourceTimeout"] = "00:01:00", ["Sisote:Gateway:ConsentTimeout"] = "00:01:00" }, source: source.Address);
        var address = new Uri(world.Address, $"fhir/pohjois-savo-record/Observation?patient={await world.HandleOfAsync(Some.Aino)}");
        using var http = new HttpClient(new SocketsHttpHandler());
        var token = world.Token();
        var statuses = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Add("Sisote-Context", "necessity-statement=\"planning\", relation-verified");
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await answer.Content.CopyToAsync(Stream.Null);
            return answer.Content.Headers.ContentLength > 100_000 ? answer.StatusCode : HttpStatusCode.NoContent;
        }));
        using var own = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{statuses.Count(static status => status == HttpStatusCode.OK)} {own.PeakWorkingSet64} {GC.GetTotalMemory(forceFullCollection: true)} {string.Join(' ', statuses.Distinct())}");
    }

    private static string Observation(int number)
    {
        var observation = Some.Measure(Some.Aino, string.Create(CultureInfo.InvariantCulture, $"obs-{number}"));
        observation["note"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["text"] = new string('n', (AnswerSize / Entries) - 700) });
        return observation.ToJsonString();
    }
}
