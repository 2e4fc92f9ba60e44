// Sources that fail or lie, and parts of the gateway that break: nothing of it is seen, for every profile.
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sisote.Policy.States;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Marked;
using Sisote.Tests.Leaks.Matrix;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.Probes;

public sealed class FaultTests(ProfileHouse house) : IClassFixture<ProfileHouse>
{
    [Fact]
    [Channel(33, 25, EveryProfile = true)]
    public Task AnErrorOfTheSourceIsOurOwnRefusalAndNeverAnEmptyAnswer() => FaultsAsync(502, static (response, _) => StatusAsync(response, 500), static (response, _) => StatusAsync(response, 401), static (response, _) => StatusAsync(response, 403),
        static (response, _) => StatusAsync(response, 204), static (response, _) => StatusAsync(response, 429), static (response, _) => StatusAsync(response, 418), static (response, _) => response.WriteAsync("""{"resourceType":"OperationOutcome","issue":[{"diagnostics":"upmark"}]}"""));

    [Fact]
    [Channel(35, EveryProfile = true)]
    public async Task ARedirectIsNeitherFollowedNorPassedOn()
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)elsewhere.LocalEndpoint).Port}/upmark";

        await FaultsAsync(502, [.. new[] { 301, 302, 303, 307, 308 }.Select(status => (Func<HttpResponse, string, Task>)((response, _) =>
        {
            response.Headers.Location = address;
            return StatusAsync(response, status);
        }))]);

        Assert.False(elsewhere.Pending());
    }

    [Fact]
    [Channel(38, EveryProfile = true)]
    public Task AnAnswerInAnotherFormatOrWithTwoReadingsIsRefusedWhole() => FaultsAsync(502,
        static (response, good) => TypedAsync(response, "application/fhir+xml", good), static (response, good) => TypedAsync(response, "text/html", good), static (response, good) => TypedAsync(response, "application/fhir+json; charset=utf-16", good),
        static (response, good) => response.WriteAsync("\uFEFF" + good), static (response, good) => response.WriteAsync(good.Replace("\"type\":\"searchset\"", "\"type\":\"searchset\",\"type\":\"searchset\"", StringComparison.Ordinal)),
        static (response, good) => response.WriteAsync(good.Replace("\"entry\":", "\"ent\\u0072y\":[],\"entry\":", StringComparison.Ordinal)), static (response, good) => response.WriteAsync(good + "{}"), static (response, good) => response.WriteAsync(good[..^2]),
        static async (response, good) =>
        {
            response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(Encoding.UTF8.GetBytes(good));
        });

    [Fact]
    [Channel(41, EveryProfile = true)]
    public Task AWithdrawalWhileTheSourceAnswersStopsTheRelease() => house.ForEveryAsync(static async (visit, profile) =>
    {
        var (type, consent) = (ProfileHouse.TypeOf(profile), visit.House.World.Consent);
        var absent = await EmptyAsync(visit, type);
        consent.BeforeNextAppend = () => consent.Set(visit.Hetu, static state => new ConsentState { Client = state.Client, Revision = state.Revision, AgreementsRevision = state.AgreementsRevision });
        var answer = await visit.SearchAsync(type);
        consent.BeforeNextAppend = null;

        if (ClosesAll(consent.StateOf(visit.Hetu), visit))
        {
            Assert.Equal(absent.Comparable, answer.Comparable);
        }
    });

    [Fact]
    [Channel(40, EveryProfile = true)]
    public Task NoByteIsSentBeforeTheReleaseIsOnRecord() => house.ForEveryAsync(static async (visit, profile) =>
    {
        var (type, consent) = (ProfileHouse.TypeOf(profile), visit.House.World.Consent);
        using var socket = new TcpClient();
        await socket.ConnectAsync(visit.House.World.Address.Host, visit.House.World.Address.Port);
        await using var stream = socket.GetStream();
        var bytesBefore = -1;
        consent.BeforeNextAppend = () =>
        {
            socket.Client.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead);
            bytesBefore = socket.Available;
        };
        var request = type == "Patient" ? $"POST {visit.Base}/Patient/_search" : $"GET {visit.Base}/{type}?patient={visit.Handle}";
        var body = type == "Patient" ? $"identifier=urn:oid:1.2.246.21|{visit.Hetu}" : "";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {visit.TokenFor(visit.Scene.Recipient)}\r\nSisote-Context: {visit.Context}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);

        Assert.Equal(0, bytesBefore);
        var text = Encoding.ASCII.GetString(answer.ToArray());
        Assert.StartsWith("HTTP/1.1 200", text, StringComparison.Ordinal);
        Assert.Contains("Content-Length:", text, StringComparison.Ordinal); // an answer that began before its end was known has none
    });

    [Fact]
    [Channel(40, 39, EveryProfile = true)]
    public Task WhileTheLogCannotBeWrittenNothingLeaves() => house.ForEveryAsync(static async (visit, profile) =>
    {
        visit.House.World.Consent.IsLogDown = true;
        var answer = await visit.SearchAsync(ProfileHouse.TypeOf(profile));
        visit.House.World.Consent.IsLogDown = false;

        Assert.Equal(503, answer.Status);
        Assert.Empty(Marks.FindIn(answer.Everything));
    });

    [Fact]
    [Channel(39, EveryProfile = true)]
    public async Task AFaultInTheGatewayItselfGivesOurOwnOutcomeAndNoByteOfTheSource()
    {
        var clock = new BreakingClock();
        await using var broken = await LeakHouse.OpenAsync(clock);
        foreach (var scene in Profiling.All.SelectMany(static profile => profile.Scenes))
        {
            var visit = broken.Enter(scene);
            var hasAnswered = false;
            broken.World.Source.Instead = async context =>
            {
                context.Response.ContentType = "application/fhir+json";
                await context.Response.WriteAsync(MarkedSource.Bundle("Patient", visit.Hetu));
                hasAnswered = clock.IsBroken = true;
            };
            var answer = await visit.FindAsync();
            clock.IsBroken = false;

            Assert.True(hasAnswered);
            Assert.True(answer.Status is 500 or 502 or 503, answer.Everything);
            Assert.DoesNotContain(MarkedSource.Envelope, answer.Everything, StringComparison.OrdinalIgnoreCase);
            Assert.Empty(Marks.FindIn(answer.Everything));
        }
    }

    /// <summary>The source answers so; the caller gets one refusal of ours, on record, the same for each.</summary>
    private Task FaultsAsync(int status, params Func<HttpResponse, string, Task>[] faults) => house.ForEveryAsync(async (visit, profile) =>
    {
        var (type, seen) = (ProfileHouse.TypeOf(profile), new HashSet<string>());
        foreach (var fault in faults)
        {
            var good = $$"""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{{MarkedSet.Of(type)[0].About(visit.Hetu)}} }]}""";
            visit.House.World.Source.Instead = async context =>
            {
                MarkedSource.MarkHeaders(context.Response);
                context.Response.ContentType = "application/fhir+json";
                await fault(context.Response, good);
            };
            var before = visit.House.World.Consent.Log.Count;
            var answer = await visit.SearchAsync(type);

            Assert.True(answer.Status == status, answer.Everything);
            Assert.DoesNotContain(MarkedSource.Envelope, answer.Everything, StringComparison.OrdinalIgnoreCase);
            Assert.Empty(Marks.FindIn(answer.Everything));
            Assert.Equal(before + 1, visit.House.World.Consent.Log.Count);
            seen.Add(answer.Comparable);
        }

        Assert.Single(seen);
    });

    private static async Task StatusAsync(HttpResponse response, int status)
    {
        response.StatusCode = status;
        if (status != 204)
        {
            await response.WriteAsync("upmark at Some.Stack() in upmark.cs:line 1");
        }
    }

    private static Task TypedAsync(HttpResponse response, string type, string body)
    {
        response.ContentType = type;
        return response.WriteAsync(body, type.Contains("16", StringComparison.Ordinal) ? Encoding.Unicode : Encoding.UTF8);
    }

    private static async Task<RawReply> EmptyAsync(Visit visit, string type)
    {
        visit.House.Marked.IsEmpty = true;
        var answer = await visit.SearchAsync(type);
        visit.House.Marked.IsEmpty = false;
        return answer;
    }

    private static bool ClosesAll(ConsentState state, Visit visit) => Circumstances.Decide(new Policy.PolicyDecisionPoint(Gateway.World.GatewayWorld.Catalogue, Profiling.Deployment), Gateway.World.GatewayWorld.Catalogue, visit.Scene with { OnRecord = _ => state }).IsEmpty;

    private sealed class BreakingClock : TimeProvider
    {
        internal bool IsBroken { get; set; }

        public override DateTimeOffset GetUtcNow() => IsBroken ? throw new InvalidOperationException("upmark: the clock is broken") : Profiling.Now;
    }
}
