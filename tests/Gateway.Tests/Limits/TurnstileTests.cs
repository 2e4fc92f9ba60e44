// How many requests of one calling system may be under way.
using Microsoft.AspNetCore.Http;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Limits;

public sealed class TurnstileTests
{
    private const string Find = "fhir/pohjois-savo-record/Patient/_search";

    [Fact]
    public async Task ASystemWithAsManyRequestsUnderWayAsItMayHaveIsToldToComeAgain()
    {
        await using var world = await OpenAsync();
        var held = await HoldAsync(world, requests: 2);

        var third = await world.SearchAsync(Find, $"identifier=urn:oid:1.2.246.21|{Some.Aino}");
        held.Release.SetResult();
        var answers = await Task.WhenAll(held.Answers);
        var later = await world.SearchAsync(Find, $"identifier=urn:oid:1.2.246.21|{Some.Aino}");

        Assert.Equal(429, third.Status);
        Assert.Contains("Retry-After: 1", third.Headers, StringComparison.Ordinal);
        Assert.Contains("too-many-requests", third.Body, StringComparison.Ordinal);
        Assert.All(answers, static answer => Assert.Equal(200, answer.Status));
        Assert.Equal(200, later.Status);
    }

    [Fact]
    public async Task AnotherSystemIsNotHeldUpByIt()
    {
        await using var world = await OpenAsync();
        var held = await HoldAsync(world, requests: 2);

        var other = world.SearchAsync(Find, $"identifier=urn:oid:1.2.246.21|{Some.Aino}", world.Token("kuopio-liikunta"));
        await held.Arrived(3);
        held.Release.SetResult();

        Assert.Equal(200, (await other).Status);
        await Task.WhenAll(held.Answers);
    }

    [Fact]
    public async Task BeingTurnedAwayTellsNothingOfAnyClient()
    {
        await using var world = await OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var held = await HoldAsync(world, requests: 2);
        var (asked, recorded) = (world.Source.Seen.Count, world.Consent.Log.Count);

        var turned = new[]
        {
            await world.SearchAsync(Find, $"identifier=urn:oid:1.2.246.21|{Some.Aino}"),
            await world.SearchAsync(Find, $"identifier=urn:oid:1.2.246.21|{Some.Onni}"),
            await world.GetAsync($"fhir/pohjois-savo-record/Flag?patient={handle}"),
            await world.GetAsync("fhir/kuopio-liikunta/Flag/nothing"),
            await world.PostAsync("fhir/pohjois-savo-record/Observation", "{}"),
        };

        Assert.All(turned, answer => Assert.Equal(turned[0].Comparable, answer.Comparable));
        Assert.Equal((429, asked, recorded), (turned[0].Status, world.Source.Seen.Count, world.Consent.Log.Count));
        held.Release.SetResult();
        await Task.WhenAll(held.Answers);
    }

    private static Task<GatewayWorld> OpenAsync() => GatewayWorld.OpenAsync(new Dictionary<string, string?> { ["Sisote:Gateway:MostAtOnce"] = "2" });

    /// <summary>Requests that have reached the source and stay there until released.</summary>
    private static async Task<Held> HoldAsync(GatewayWorld world, int requests)
    {
        var held = new Held();
        world.Source.Instead = held.ServeAsync;
        held.Answers.AddRange(Enumerable.Range(0, requests).Select(_ => world.SearchAsync(Find, $"identifier=urn:oid:1.2.246.21|{Some.Aino}")));
        await held.Arrived(requests);
        return held;
    }

    private sealed class Held
    {
        private readonly SemaphoreSlim arrivals = new(0);
        private int seen;

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<Task<RawAnswer>> Answers { get; } = [];

        public async Task Arrived(int count)
        {
            while (Volatile.Read(ref seen) < count)
            {
                await arrivals.WaitAsync(TestContext.Current.CancellationToken);
            }
        }

        public async Task ServeAsync(HttpContext context)
        {
            Interlocked.Increment(ref seen);
            arrivals.Release();
            await Release.Task;
            context.Response.ContentType = "application/fhir+json";
            await context.Response.WriteAsync(RawSource.Searchset([Some.Patient(Some.Aino).ToJsonString()]));
        }
    }
}
