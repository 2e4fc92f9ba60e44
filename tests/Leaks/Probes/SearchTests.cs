// Searching for what is hidden: no parameter, modifier, join, sort or count tells of it.
using System.Text.Json.Nodes;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Matrix;

namespace Sisote.Tests.Leaks.Probes;

public sealed class SearchTests(ProfileHouse house) : IClassFixture<ProfileHouse>
{
    private static readonly string[] Joins =
    [
        "patient.name=a", "patient.birthdate=gt1900-01-01", "subject.identifier=a", "subject:Patient.name=a", "patient:Patient.gender=male", "_has:Observation:patient:code=a", "_has:Condition:subject:code=a", "_has:Group:member:_id=a",
        "encounter.type=a", "author:Practitioner.name=a",
    ];

    private static readonly string[] Includes = ["_include=*", "_include=Flag:author", "_include:iterate=Flag:author", "_revinclude=Provenance:target", "_revinclude=*", "_revinclude:iterate=a:b", "_include:recurse=a:b"];

    private static readonly string[] Specials =
    [
        "_filter=code%20eq%20a", "_query=a", "_text=a", "_content=a", "_list=a", "_type=Condition", "_contained=true", "_containedType=container", "_lastUpdated=gt1900-01-01", "_tag=a", "_security=PSY", "_profile=a", "_source=a", "_since=1900-01-01", "_at=1900-01-01",
    ];

    private static readonly string[] Pages = ["_getpages=a", "_getpagesoffset=10", "page=2", "_page=2", "_offset=10", "_skip=10", "_cursor=a", "_bundletype=searchset", "_pageToken=a", "ct=a"];

    [Fact]
    [Channel(3, EveryProfile = true)]
    public Task NoJoinOfResourcesIsUnderstood() => RefusedAsync(Joins);

    [Fact]
    [Channel(4, EveryProfile = true)]
    public Task NothingIsIncludedOnRequest() => RefusedAsync(Includes);

    [Fact]
    [Channel(5, EveryProfile = true)]
    public Task NoSearchByWholeTextListTypeOrContainedResourceIsUnderstood() => RefusedAsync(Specials);

    [Fact]
    [Channel(7, 8, 10, EveryProfile = true)]
    public Task NoSummaryTotalElementListOrForeignPageIsUnderstood() => RefusedAsync(["_elements=id", "_elements=note", "_summary=count", "_summary=text", "_summary=data", "_summary=true", "_total=accurate", "_total=estimate"], Pages);

    [Fact]
    [Channel(8, 9, 11, 12, 4, EveryProfile = true)]
    public Task ABundleIsOursAloneWithoutTotalForeignLinkScoreOrOutcome() => house.ForEveryAsync(async (visit, profile) =>
    {
        foreach (var type in ProfileHouse.TypesOf(profile))
        {
            var answer = await visit.SearchAsync(type);
            Assert.Equal(200, answer.Status);
            var bundle = JsonNode.Parse(answer.Body)!.AsObject();
            Assert.Empty(bundle.Select(static member => member.Key).Except(["resourceType", "type", "link", "entry"]));
            Assert.All(bundle["link"]!.AsArray(), static link => Assert.StartsWith("http://gateway.test/fhir/", (string?)link!["url"], StringComparison.Ordinal));
            Assert.DoesNotContain("999N", Uri.UnescapeDataString(bundle["link"]!.ToJsonString()), StringComparison.Ordinal);
            Assert.Equal(type == "Patient" ? $"http://gateway.test{visit.Base}/Patient" : $"http://gateway.test{visit.Base}/{type}?patient={visit.Handle}", (string?)bundle["link"]![0]!["url"]);
            foreach (var entry in bundle["entry"]?.AsArray() ?? [])
            {
                Assert.Equal(["fullUrl", "resource", "search"], entry!.AsObject().Select(static member => member.Key));
                Assert.Equal("""{"mode":"match"}""", entry["search"]!.ToJsonString());
                Assert.Equal($"http://gateway.test{visit.Base}/{type}/{entry["resource"]!["id"]}", (string?)entry["fullUrl"]);
                Assert.Equal(type, (string?)entry["resource"]!["resourceType"]);
            }
        }
    });

    /// <summary>Each is answered as a name that nobody ever heard of, and nobody is asked.</summary>
    private Task RefusedAsync(params IEnumerable<string>[] queries) => house.ForEveryAsync(async (visit, profile) =>
    {
        foreach (var type in new[] { ProfileHouse.TypeOf(profile), ProfileHouse.HiddenTypeOf(profile) }.Where(static type => type != "Patient"))
        {
            var unknown = await visit.GetAsync($"{type}?patient={visit.Handle}&no-such-parameter=a");
            Assert.Equal(400, unknown.Status);
            visit.House.World.Source.Seen.Clear();
            foreach (var query in queries.SelectMany(static some => some))
            {
                var answer = await visit.GetAsync($"{type}?patient={visit.Handle}&{query}");
                Assert.True(answer.Comparable == unknown.Comparable, $"{type}?{query}: {answer.Status} {answer.Body}");
            }

            Assert.Empty(visit.House.World.Source.Seen);
        }
    });
}
