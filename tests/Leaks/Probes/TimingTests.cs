// The time that an answer takes: denied for want of a consent against permitted and not there.
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Matrix;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.Probes;

/// <summary>By command with <c>SISOTE_TIMING_SAMPLES=5000</c>; <c>SISOTE_TIMING_FILE</c> takes the figures. Else a few samples, which find a call too many.</summary>
[Collection(Alone)]
public sealed class TimingTests
{
    internal const string Alone = "alone";

    private static int Samples => int.Parse(Environment.GetEnvironmentVariable("SISOTE_TIMING_SAMPLES") ?? "300", CultureInfo.InvariantCulture);

    /// <summary>How far from a half the chance may be: 0.05 with thousands of samples; with a few hundred, what one more inner call would exceed by far.</summary>
    private static double Bound => Samples >= 5000 ? 0.05 : 0.25;

    [Fact]
    public void TheTestTellsApartWhatDiffersAndNotWhatDoesNot()
    {
        double[] Times(int seed, double shift) => [.. Enumerable.Range(0, 4000).Select(place => (place * 7919 % (4001 - seed)) + shift)];

        Assert.True(Math.Abs(RankTest.Of(Times(1, 0), Times(2, 0)).Superiority - 0.5) < 0.02);
        Assert.True(RankTest.Of(Times(1, 400), Times(2, 0)) is { Superiority: > 0.55, Advantage: > 0.08 });
        Assert.Equal(0.5, RankTest.Of([1, 1, 2, 2], [1, 1, 2, 2]).Superiority);
        Assert.Equal(1, RankTest.Of([3, 4], [1, 2]).Superiority);
    }

    [Theory]
    [Channel(26)]
    [InlineData("search", "no consent")]
    [InlineData("search", "withdrawn")]
    [InlineData("read", "no consent")]
    [InlineData("read", "withdrawn")]
    [InlineData("find", "no consent")]
    [InlineData("find", "withdrawn")]
    public async Task DeniedForWantOfAConsentAndPermittedButAbsentTakeTheSameTime(string interaction, string why)
    {
        await using var house = await LeakHouse.OpenAsync();
        using var http = MakeHttp();
        var (absent, denied, type) = Enter(house, why);
        var times = (Denied: new List<double>(), Absent: new List<double>());
        for (var round = -50; round < Samples; round++)
        {
            foreach (var visit in (round & 1) == 0 ? new[] { absent, denied } : [denied, absent])
            {
                var time = await TimeAsync(http, visit, type, interaction);
                if (round >= 0)
                {
                    (visit.Hetu == denied.Hetu ? times.Denied : times.Absent).Add(time);
                }
            }

            house.World.Source.Seen.Clear();
        }

        var result = RankTest.Of([.. times.Denied], [.. times.Absent]);
        Tell($"{interaction} | {why}", result);
        Assert.True(Math.Abs(result.Superiority - 0.5) + result.Margin < Bound, $"{interaction}, {why}: {result}");
    }

    /// <summary>
    /// What the gateway, the source, the consent service and the caller take of memory for a call is a measure of work that no other load on the machine disturbs. The paths are the same but for
    /// two or three hundredths, however much is on record.
    /// </summary>
    [Theory]
    [Channel(26)]
    [InlineData("search", "withdrawn", 0.03)]
    [InlineData("read", "withdrawn", 0.03)]
    [InlineData("find", "withdrawn", 0.03)]
    [InlineData("find", "no consent", 0.03)]
    public async Task DeniedAndAbsentTakeTheSameWork(string interaction, string why, double bound)
    {
        await using var house = await LeakHouse.OpenAsync();
        using var http = MakeHttp();
        var (absent, denied, type) = Enter(house, why);
        var work = (Denied: new List<long>(), Absent: new List<long>());
        for (var round = -100; round < 300; round++)
        {
            foreach (var visit in new[] { absent, denied })
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                await TimeAsync(http, visit, type, interaction);
                if (round >= 0)
                {
                    (visit.Hetu == denied.Hetu ? work.Denied : work.Absent).Add(GC.GetTotalAllocatedBytes(precise: true) - before);
                }
            }
        }

        var (one, other) = (work.Denied.Order().ElementAt(150), work.Absent.Order().ElementAt(150));
        TestContext.Current.TestOutputHelper?.WriteLine($"{interaction}, {why}: {one} bytes denied, {other} absent");
        Assert.InRange((double)one / other, 1 - bound, 1 + bound);
    }

    private static HttpClient MakeHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    private static (Visit Absent, Visit Denied, string Type) Enter(LeakHouse house, string why)
    {
        var profile = Profiling.All.First(static profile => profile.Rules.All(static rule => !rule.Consents.IsDefaultOrEmpty) && ProfileHouse.TypeOf(profile) != "Patient");
        var scene = profile.Scenes[0];
        var change = Worlds.All.Single(world => world.Why == why).Change;
        house.Marked.IsEmpty = true; // what the denied one has is never asked for, so it is the same for the source
        return (house.Enter(scene), house.Enter(scene, state => change(scene.OnRecord(state))), ProfileHouse.TypeOf(profile));
    }

    private static async Task<double> TimeAsync(HttpClient http, Visit visit, string type, string interaction)
    {
        using var request = new HttpRequestMessage(interaction == "find" ? HttpMethod.Post : HttpMethod.Get, new Uri(visit.House.World.Address, visit.Base + (interaction switch
        {
            "search" => $"/{type}?patient={visit.Handle}",
            "read" => $"/{type}/{visit.HandleOf(type, "not-there")}",
            _ => "/Patient/_search",
        })));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", visit.Token);
        request.Headers.Add("Sisote-Context", visit.Context);
        if (interaction == "find")
        {
            request.Content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes($"identifier=urn:oid:1.2.246.21|{visit.Hetu}")) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } };
        }

        var begin = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        var time = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
        Assert.Equal(interaction == "read" ? 404 : 200, (int)answer.StatusCode);
        return time;
    }

    private static void Tell(string what, RankTest result)
    {
        var line = string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {Samples} | {result.MedianOne:0} | {result.MedianOther:0} | {result.Superiority:0.000} ± {result.Margin:0.000} | {result.Advantage:0.000} |");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SISOTE_TIMING_FILE") is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }
}
