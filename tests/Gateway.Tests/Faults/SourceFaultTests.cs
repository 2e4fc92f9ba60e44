// Sources that are slow, broken or hostile: nothing of them leaves, and the record is kept.
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sisote.DisclosureLog.Entries;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Gateway.Faults;

public sealed class SourceFaultTests
{
    public static TheoryData<string, int> Faults => new()
    {
        { "500 with a stack trace", 502 },
        { "302 to elsewhere", 502 },
        { "503 with a body", 503 },
        { "200 as html", 502 },
        { "200 as xml", 502 },
        { "200 in another charset", 502 },
        { "gzip bomb", 502 },
        { "declared too large", 502 },
        { "really too large", 502 },
        { "half", 502 },
        { "slow headers", 503 },
        { "slow body", 502 },
        { "byte order mark", 502 },
        { "duplicate member", 502 },
        { "escaped member name", 502 },
        { "too deep", 502 },
        { "not a bundle", 502 },
        { "another bundle", 502 },
        { "operation outcome", 502 },
        { "connection cut", 503 },
        { "reason phrase", 502 },
        { "trailing garbage", 502 },
    };

    [Fact]
    public async Task ACallerWhoHangsUpWhileTheCredentialIsRenewedLeavesACallWithoutOneAndNoFault()
    {
        await using var world = await GatewayWorld.OpenAsync();

        Assert.Null(await Xunit.Record.ExceptionAsync(async () => await world.Part<Sisote.Gateway.Forwarding.SourceToken>().GetAsync(new CancellationToken(canceled: true))));
        Assert.NotNull(await world.Part<Sisote.Gateway.Forwarding.SourceToken>().GetAsync(CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task NothingOfAFaultySourceLeavesAndTheFaultIsOnRecord(string fault, int status)
    {
        await using var world = await GatewayWorld.OpenAsync(new Dictionary<string, string?> { ["Sisote:Gateway:LargestAnswer"] = "20000", ["Sisote:Gateway:SourceTimeout"] = "00:00:01" });
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Source.Instead = context => BreakAsync(context, fault);

        var search = await world.GetAsync($"fhir/pohjois-savo-record/Flag?patient={handle}");

        Assert.True(search.Status == status || (fault == "half" && search.Status == 503), $"{search.Status}"); // the cut can overtake the headers
        Assert.DoesNotContain("marker", search.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Some.RestrictionCode, search.Everything, StringComparison.Ordinal);
        Assert.Equal("OperationOutcome", (string?)Some.Parse(search.Body)["resourceType"]);
        var entry = world.Consent.Log[^1].Entry;
        Assert.Equal((LogEntryKind.Refusal, FakeConsent.KeyOf(Some.Aino)), (entry.Kind, entry.Client));
        Assert.Empty(entry.Resources);
    }

    [Fact]
    public async Task ASourceThatIsDownLooksTheSameForAnybody()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Source.Instead = static context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        var permitted = await world.SearchAsync("fhir/pohjois-savo-record/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Aino}");
        var denied = await world.SearchAsync("fhir/pohjois-savo-record/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Onni}");

        Assert.Equal(503, permitted.Status);
        Assert.Equal(permitted.Comparable, denied.Comparable);
    }

    [Fact]
    public async Task NoHostileJsonIsReleasedOrBringsTheGatewayDown()
    {
        var files = Directory.GetFiles(SharedData.Require("json-hostile"), "*.json", SearchOption.AllDirectories);
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        foreach (var file in files)
        {
            var hostile = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            foreach (var wrapped in new[] { hostile, Wrap(hostile) })
            {
                world.Source.Instead = async context =>
                {
                    context.Response.ContentType = "application/fhir+json";
                    await context.Response.Body.WriteAsync(wrapped);
                };
                var answer = await world.GetAsync($"fhir/pohjois-savo-record/Flag?patient={handle}");

                Assert.True(answer.Status is 502 || (answer.Status == 200 && IsHarmless(answer.Body)), $"{Path.GetFileName(file)}: {answer.Status}");
            }
        }

        Assert.True(files.Length > 100);
    }

    [Fact]
    public async Task TheConsentServiceDownMeansNobodyIsAskedAbout()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.IsDown = true;

        var answer = await world.SearchAsync("fhir/pohjois-savo-record/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Aino}");

        Assert.Equal(503, answer.Status);
        Assert.Empty(world.Source.Seen);
    }

    /// <summary>A harmless answer holds the flag as the mask lets it go; what was hostile stood in an element that nobody may see.</summary>
    private static bool IsHarmless(string body) => !body.Contains("hostile", StringComparison.Ordinal) && Some.Parse(body)["entry"]![0]!["resource"]!.AsObject().Count == 8;

    private static byte[] Wrap(byte[] hostile)
    {
        var flag = Some.Restriction(Some.Aino).ToJsonString();
        return [.. Encoding.UTF8.GetBytes("""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":"""), .. Encoding.UTF8.GetBytes(flag[..^1] + ",\"hostile\":"), .. hostile, .. "}}]}"u8];
    }

    private static async Task BreakAsync(HttpContext context, string fault)
    {
        var (request, response) = (context.Request, context.Response);
        response.ContentType = "application/fhir+json";
        response.Headers["Set-Cookie"] = "marker=1";
        response.Headers["Server-Timing"] = "marker;dur=1";
        var good = $$"""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{{Some.Restriction(Some.Aino).ToJsonString()}} }]}""";
        switch (fault)
        {
            case "500 with a stack trace":
                response.StatusCode = 500;
                await response.WriteAsync("marker at Some.Stack()");
                break;
            case "302 to elsewhere":
                response.StatusCode = 302;
                response.Headers.Location = "http://127.0.0.1:1/marker";
                break;
            case "503 with a body":
                response.StatusCode = 503;
                await response.WriteAsync("marker");
                break;
            case "200 as html" or "200 as xml":
                response.ContentType = fault.EndsWith("html", StringComparison.Ordinal) ? "text/html" : "application/fhir+xml";
                await response.WriteAsync(good);
                break;
            case "200 in another charset":
                response.ContentType = "application/fhir+json; charset=utf-16";
                await response.WriteAsync(good, Encoding.Unicode);
                break;
            case "gzip bomb":
                response.Headers.ContentEncoding = "gzip";
                await using (var zip = new GZipStream(response.Body, CompressionLevel.Fastest))
                {
                    await zip.WriteAsync(new byte[1_000_000]);
                }

                break;
            case "declared too large":
                response.ContentLength = 50_000_000;
                await response.WriteAsync(good);
                break;
            case "really too large":
                await response.WriteAsync(good + new string(' ', 30_000));
                break;
            case "half":
                response.ContentLength = good.Length + 100;
                await response.WriteAsync(good);
                context.Abort();
                break;
            case "slow headers":
                await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);
                break;
            case "slow body":
                await response.WriteAsync(good[..100]);
                await response.Body.FlushAsync();
                await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);
                break;
            case "byte order mark":
                await response.WriteAsync("\uFEFF" + good);
                break;
            case "duplicate member":
                await response.WriteAsync(good.Replace("\"status\":\"active\"", "\"status\":\"active\",\"status\":\"active\"", StringComparison.Ordinal));
                break;
            case "escaped member name":
                await response.WriteAsync(good.Replace("\"status\":\"active\"", "\"st\\u0061tus\":\"active\"", StringComparison.Ordinal));
                break;
            case "too deep":
                await response.WriteAsync(good[..^1] + ",\"x\":" + new string('[', 70) + new string(']', 70) + "}");
                break;
            case "not a bundle":
                await response.WriteAsync(Some.Restriction(Some.Aino).ToJsonString());
                break;
            case "another bundle":
                await response.WriteAsync(good.Replace("searchset", "collection", StringComparison.Ordinal));
                break;
            case "operation outcome":
                await response.WriteAsync("""{"resourceType":"OperationOutcome","issue":[{"diagnostics":"marker"}]}""");
                break;
            case "connection cut":
                context.Abort();
                break;
            case "reason phrase":
                context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = "marker reason";
                response.StatusCode = 418;
                break;
            case "trailing garbage":
                await response.WriteAsync(good + " {}");
                break;
            default:
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Unknown fault {fault} of {request.Path}."));
        }
    }
}
