// A thousand entries through every adapter that writes, to a target that does everything wrong at times.
using Sisote.Tests.Testing;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Chance;

public sealed class ThousandEntriesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Products =>
    [
        "a patient record", "an exercise register", "a school", "a FHIR server", "a FHIR server that knows no conditions",
        "a product that knows keys", "a product that knows headers", "a product that knows nothing",
    ];

    [Theory, MemberData(nameof(Products))]
    public async Task OfAThousandEntriesEveryOneArrivesOnceInItsClientsOrderOrIsVisiblyRefused(string product)
    {
        var (seed, entries) = RandomFaults.Setting();
        var named = $"{RandomFaults.Variable}={seed}:{entries}";
        await using var target = Target(product, seed, entries / ChanceTarget.People);
        await target.StartAsync();
        await using var line = target.IsHttp ? FaultyLine.Http(target.Port, Patience) : FaultyLine.Mllp(target.Port, Patience);
        var faults = new RandomFaults(seed, new LineTarget(target.IsHttp, target.RecognisesKeys, target.NamesEntries, target.IsAskedFirst));
        line.NextFor = faults.Next;
        EntryRun run;
        await using (var house = await SectorHouse.StartAsync((_, folder) => [target.Connect(folder, line.Port)], rule: target.Rule, quiet: true))
        {
            run = new EntryRun(house, target, line, seed);
            await run.SendAsync(target.Each * ChanceTarget.People);
        } // what was still under way has ended

        TestContext.Current.TestOutputHelper?.WriteLine($"{named}, {product}: {run.Summary}, {string.Join(", ", faults.Met.OrderBy(static met => met.Key))}");
        Assert.True(run.Untrue.IsEmpty, $"{named}\n{string.Join('\n', run.Untrue)}");
        AssertEveryEntryStandsOnce(target, run, named);
        AssertOrder(target, named);
        Assert.All(faults.All, fault => Assert.True(faults.Met.ContainsKey(fault), $"{named}: {fault} was not met"));
    }

    private static void AssertEveryEntryStandsOnce(ChanceTarget target, EntryRun run, string named)
    {
        var there = target.Arrivals().CountBy(static arrival => arrival.Entry).ToDictionary();
        Assert.Equal(target.Each * ChanceTarget.People, run.Ends.Count);
        Assert.All(run.Ends, end => Assert.Equal((named, end.Key, end.Value, end.Value == "delivered" ? 1 : 0), (named, end.Key, target.Refuses(end.Key) ? "refused" : "delivered", there.GetValueOrDefault(end.Key))));
        Assert.True(there.Keys.All(run.Ends.ContainsKey), named);
    }

    /// <summary>Each entry stands under its own client, and a client's entries in their order.</summary>
    private static void AssertOrder(ChanceTarget target, string named)
    {
        foreach (var own in target.Arrivals().GroupBy(arrival => arrival.Entry / target.Each))
        {
            Assert.All(own, arrival => Assert.Equal((named, ChanceTarget.Person(own.Key)), (named, arrival.Client)));
            Assert.Equal(own.Select(static arrival => arrival.Entry).Order(), own.Select(static arrival => arrival.Entry));
        }
    }

    private static ChanceTarget Target(string product, int seed, int each) => product switch
    {
        "a patient record" => new RecordTarget(seed, each),
        "an exercise register" => new ExerciseTarget(seed, each),
        "a school" => new SchoolTarget(seed, each),
        "a FHIR server" => new FhirTarget(seed, each, knowsConditions: true),
        "a FHIR server that knows no conditions" => new FhirTarget(seed, each, knowsConditions: false),
        "a product that knows keys" => new RestTarget(seed, each, [], recognisesKeys: true),
        "a product that knows headers" => new RestTarget(seed, each, RestTarget.ByHeader, recognisesKeys: true),
        "a product that knows nothing" => new RestTarget(seed, each, RestTarget.ByAsking, recognisesKeys: false),
        _ => throw new ArgumentOutOfRangeException(nameof(product)),
    };
}
