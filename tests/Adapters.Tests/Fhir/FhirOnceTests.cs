// One entry is written once, whoever else is at it, and not after its time.
using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sisote.Adapters.Fhir;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Sisote.Doors.Adapters;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class FhirOnceTests : IDisposable
{
    private readonly string key = Path.Combine(Directory.CreateTempSubdirectory("sisote-once-").FullName, "key");
    private readonly ConcurrentQueue<JsonObject> written = new();
    private readonly TaskCompletionSource second = new();
    private int searches;

    public FhirOnceTests() => File.WriteAllText(key, "a-key-for-this-test-only");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(key)!, recursive: true);

    [Fact]
    public async Task TwoRunsOfOneEntryWriteOnceAlsoOnAServerThatKnowsNoConditions()
    {
        await using var server = await HostileSystem.StartAsync(call => AnswerAsync(call, async () => await Task.WhenAny(second.Task, Task.Delay(1000))));
        await using var house = await HouseAsync(server);

        var sent = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"))));

        Assert.All(sent, static one => Assert.Equal(201, one.Status));
        Assert.Equal(sent[0].Places, sent[1].Places);
        Assert.Single(written);
    }

    [Fact]
    public async Task AnEntryThatStandsTwiceIsUnknownAndIsNotSaidToBeUnsent()
    {
        await using var server = await HostileSystem.StartAsync(call => AnswerAsync(call, static () => Task.CompletedTask));
        await using var house = await HouseAsync(server);
        var limit = SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting");
        await house.CreateAsync(FhirRecord.Id, "key-1", limit);
        written.Enqueue(written.Single().DeepClone().AsObject());

        Assert.Equal(504, (await house.CreateAsync(FhirRecord.Id, "key-1", limit)).Status);
        Assert.Equal(2, written.Count);
    }

    [Fact]
    public async Task AConflictIsNoProofThatNothingWasWritten()
    {
        await using var server = await HostileSystem.StartAsync(call => AnswerAsync(call, static () => Task.CompletedTask, writing: static call => call.Response.StatusCode = 409));
        await using var house = await HouseAsync(server);

        var (status, _, body) = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"));

        Assert.Equal(504, status);
        Assert.Contains("adapter-outcome-unknown", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AConflictWithAnEntryThatIsThereIsADelivery()
    {
        await using var server = await HostileSystem.StartAsync(call => AnswerAsync(call, static () => Task.CompletedTask, writing: call =>
        {
            written.Enqueue(Flag);
            call.Response.StatusCode = 409;
        }));
        await using var house = await HouseAsync(server);

        Assert.Equal(201, (await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"))).Status);
    }

    [Theory]
    [InlineData(true, 201)]
    [InlineData(false, 422)]
    public async Task ARefusalIsOneWhereTheEntryIsNotThere(bool isThere, int said)
    {
        await using var server = await HostileSystem.StartAsync(call => AnswerAsync(call, static () => Task.CompletedTask, writing: call =>
        {
            written.Enqueue(isThere ? Flag : Another());
            call.Response.StatusCode = 422;
        }));
        await using var house = await HouseAsync(server);

        Assert.Equal(said, (await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"))).Status);
    }

    [Fact]
    public async Task AnAnswerThatShowsAnotherEntryIsNotTakenForTheAnswer()
    {
        await using var server = await HostileSystem.StartAsync(call => AnswerAsync(call, static () => Task.CompletedTask, writing: call =>
        {
            written.Enqueue(Flag);
            (call.Response.StatusCode, call.Response.Headers.Location) = (201, "Flag/f9");
            call.Response.BodyWriter.Write(Encoding.UTF8.GetBytes(Another().ToJsonString()));
        }));
        await using var house = await HouseAsync(server);

        var first = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"));
        var again = await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting"));

        Assert.Equal((201, 201, 1), (first.Status, again.Status, written.Count));
        Assert.Equal(again.Places, first.Places); // the second was found by its mark
    }

    [Fact]
    public async Task WritingThatCouldNotBeginInTimeDoesNotBegin()
    {
        var clock = new Alarm(FhirDelivery.Limit);
        await using var server = await HostileSystem.StartAsync(call => AnswerAsync(call, static () => Task.CompletedTask, clock.Ring));

        var outcome = await Delivery(server, clock).DeliverAsync(Entry(), TestContext.Current.CancellationToken);

        Assert.IsType<CreateOutcome.Unavailable>(outcome);
        Assert.Empty(written);
    }

    [Fact]
    public async Task WhoWaitsForAnotherRunUntilTheTimeIsOverDoesNotKnowWhatBecomesOfIt()
    {
        var (clock, writing, release) = (new Alarm(FhirDelivery.Limit), new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await HostileSystem.StartAsync(call => AnswerAsync(call, () =>
        {
            writing.TrySetResult();
            return release.Task;
        }));
        var delivery = Delivery(server, clock);

        var first = delivery.DeliverAsync(Entry(), TestContext.Current.CancellationToken);
        await writing.Task;
        var waiting = delivery.DeliverAsync(Entry(), TestContext.Current.CancellationToken);
        clock.Ring();
        var given = await waiting;
        release.SetResult();

        Assert.IsType<CreateOutcome.Unknown>(given);
        Assert.IsType<CreateOutcome.Created>(await first);
        Assert.IsType<CreateOutcome.Created>(await delivery.DeliverAsync(Entry(), TestContext.Current.CancellationToken));
        Assert.Single(written);
    }

    /// <summary>A server that finds by mark but knows no conditions.</summary>
    private async Task AnswerAsync(HttpContext call, Func<Task> beforeWriting, Action? afterSearch = null, Action<HttpContext>? writing = null)
    {
        call.Response.ContentType = "application/fhir+json";
        if (call.Request.Path.Value!.Contains("/Patient", StringComparison.Ordinal))
        {
            await call.Response.WriteAsync(Bundle($$"""{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:oid:1.2.246.21","value":"{{SectorHouse.Aino}}"}]}"""));
        }
        else if (call.Request.Path.Value.EndsWith("_search", StringComparison.Ordinal))
        {
            if (Interlocked.Increment(ref searches) == 2)
            {
                second.TrySetResult();
            }

            afterSearch?.Invoke();
            await call.Response.WriteAsync(Bundle([.. written.Where(static one => (string?)one["identifier"]![0]!["value"] == "key-1.0").Select(static (one, place) => { var copy = one.DeepClone(); copy["id"] = $"f{place + 1}"; return copy.ToJsonString(); })]));
        }
        else if (writing is not null)
        {
            writing(call);
        }
        else
        {
            await beforeWriting();
            written.Enqueue(Flag);
            (call.Response.StatusCode, call.Response.Headers.Location) = (201, $"Flag/f{written.Count}");
        }
    }

    private static JsonObject Flag => JsonNode.Parse("""{"resourceType":"Flag","identifier":[{"system":"https://sisote.example/fhir/sid/delivery-part","value":"key-1.0"}]}""")!.AsObject();

    private static JsonObject Another()
    {
        var flag = Flag;
        flag["identifier"]![0]!["value"] = "key-2.0";
        return flag;
    }

    private static string Bundle(params string[] resources) =>
        $$"""{"resourceType":"Bundle","type":"searchset","entry":[{{string.Join(',', resources.Select(static resource => $"{{\"resource\":{resource}}}"))}}]}""";

    private SystemEntry System(HostileSystem server) =>
        SectorHouse.Entry(FhirRecord.Id, "fhir", "kuopio", ("address", server.Address + "fhir"), ("reads", "Flag"), ("writes", "Flag"), ("apiKeyFile", key));

    private Task<SectorHouse> HouseAsync(HostileSystem server) => SectorHouse.StartAsync((systems, _) => systems.Add(System(server)));

    private FhirDelivery Delivery(HostileSystem server, TimeProvider clock)
    {
        var services = new ServiceCollection().AddHttpClient(NativeHttpClient.Name).Services.BuildServiceProvider();
        var address = new Uri(server.Address, "fhir/");
        var http = new FhirHttpClient(address, new ApiKeyFile("X-Api-Key", key), new NativeHttpClient(services.GetRequiredService<IHttpClientFactory>(), TimeSpan.FromSeconds(20), TimeProvider.System));
        return new FhirDelivery(new FhirParts
        {
            System = FhirRecord.Id,
            Http = http,
            Clients = new FhirClients(http, Hetu.System),
            Codes = new FhirCodes(CodeMapping.Open(new AdapterSettings(System(server), Path.GetDirectoryName(key)!), "fhir.yaml", FhirCodes.Table)!),
            Ids = new FhirIds(Path.Combine(Path.GetDirectoryName(key)!, "x.ids"), address),
            Reads = ["Flag"],
            Writes = ["Flag"],
            Organisation = "kuopio",
            Clock = clock,
            Log = NullLogger.Instance,
        });
    }

    private static EntryToCreate Entry() => new()
    {
        Resources = [SomeReferral.Limit(SectorHouse.Aino, "avoid-heavy-lifting")],
        Client = Hetu.Parse(SectorHouse.Aino),
        Sender = new SenderInfo { System = SystemId.Parse("pohjois-savo-record"), Organisation = OrganisationId.Parse("pohjois-savo"), OrganisationName = "Pohjois-Savo", Role = RoleId.Parse("health-professional"), Professional = ProfessionalId.Parse("dr-harju"), Rule = RuleId.Parse("EX-03") },
        IdempotencyKey = "key-1",
    };
}
