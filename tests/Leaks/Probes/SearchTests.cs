// Searching for what is hidden: no parameter, modifier, join, sort or count tells of it.
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using Task = System.Threading.Tasks.Task;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Matrix;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.Probes;

public sealed class SearchTests(ProfileHouse house) : IClassFixture<ProfileHouse>
{
    private static readonly string[] Modifiers = [":missing=true", ":not=urn:x|a", ":text=a", ":above=urn:x|a", ":below=urn:x|a", ":in=urn:x", ":not-in=urn:x", ":of-type=a|b|c", ":contains=a", ":exact=a", ":identifier=a|b", ":iterate=a", ":Patient=a"];

    private static readonly string[] Joins =
    [
        "patient.name=a", "patient.birthdate=gt1900-01-01", "subject.identifier=a", "subject:Patient.name=a", "patient:Patient.gender=male", "_has:Observation:patient:code=a", "_has:Condition:subject:code=a", "_has:Group:member:_id=a",
        "encounter.type=a", "author:Practitioner.name=a",
    ];

    private static readonly string[] Includes = ["_include=*", "_include=Flag:author", "_include:iterate=Flag:author", "_revinclude=Provenance:target", "_revinclude=*", "_revinclude:iterate=a:b", "_include:recurse=a:b"];

    private static readonly string[] Specials =
    [
        "_filter=code%20eq%20a", "_query=a", "_text=a", "_content=a", "_list=a", "_type=Condition", "_contained=true", "_containedType=container", "_id=a", "_lastUpdated=gt1900-01-01", "_tag=a", "_security=PSY", "_profile=a", "_source=a", "_since=1900-01-01", "_at=1900-01-01",
    ];

    private static readonly string[] Pages = ["_getpages=a", "_getpagesoffset=10", "page=2", "_page=2", "_offset=10", "_skip=10", "_cursor=a", "_bundletype=searchset", "_pageToken=a", "ct=a"];

    [Fact]
    [Channel(1, EveryProfile = true)]
    public Task NoSearchParameterReadsAnElementThatThisRecipientDoesNotSee() => house.ForEveryAsync(async (visit, profile) =>
    {
        foreach (var type in ProfileHouse.TypesOf(profile).Append(ProfileHouse.HiddenTypeOf(profile)).Where(static type => type != "Patient"))
        {
            var unknown = await visit.GetAsync($"{type}?patient={visit.Handle}&no-such-parameter=urn:x|a");
            var help = await visit.GetAsync("Patient?identifier=x"); // the same for every type and everybody: how a client is searched for
            Assert.Equal((400, 400), (unknown.Status, help.Status));
            foreach (var parameter in ModelInfo.SearchParameters.Where(parameter => parameter.Resource == type && parameter.Name is not ("patient" or "subject")))
            {
                var answer = await visit.GetAsync($"{type}?patient={visit.Handle}&{parameter.Name}={ValueOf(parameter)}");
                Assert.True(answer.Comparable == unknown.Comparable || (parameter.Name == "identifier" && answer.Comparable == help.Comparable) || (answer.Status == 200 && IsVisible(profile, type, parameter)), $"{type} by {parameter.Name}: {answer.Status}");
            }
        }
    });

    [Fact]
    [Channel(2, EveryProfile = true)]
    public Task ModifiersAndPrefixesAreUnknownOnParametersThatAreUsableToo() => RefusedAsync(
        from name in new[] { "code", "category", "status", "date", "patient", "_id" } from modifier in Modifiers select name + modifier,
        ["date=gt1900-01-01", "date=lt2100-01-01", "date=ne2000-01-01", "date=sa1900-01-01", "date=ap2000-01-01", "value-quantity=gt5", "onset-date=ge1900-01-01", "code=!urn:x|a"]);

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
    [Channel(6, EveryProfile = true)]
    public Task NoSortKeyIsAnElementThatThisRecipientDoesNotSee() => house.ForEveryAsync(async (visit, profile) =>
    {
        var type = ProfileHouse.TypeOf(profile);
        if (type == "Patient")
        {
            return;
        }

        var unknown = await visit.GetAsync($"{type}?patient={visit.Handle}&_sort=no-such-parameter");
        Assert.Equal(400, unknown.Status);
        foreach (var parameter in ModelInfo.SearchParameters.Where(parameter => parameter.Resource == type))
        {
            foreach (var key in new[] { parameter.Name!, "-" + parameter.Name })
            {
                var answer = await visit.GetAsync($"{type}?patient={visit.Handle}&_sort={key}");
                Assert.True(answer.Comparable == unknown.Comparable || (answer.Status == 200 && IsVisible(profile, type, parameter)), $"{type} sorted by {key}: {answer.Status}");
            }
        }

        Assert.Equal(unknown.Comparable, (await visit.GetAsync($"{type}?patient={visit.Handle}&_sort=_lastUpdated")).Comparable);
    });

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

    [Fact]
    [Channel(9, EveryProfile = true)]
    public Task APageIsFilledAfterFilteringSoThatNoGapTellsOfWhatStayed() => house.ForEveryAsync(async (visit, profile) =>
    {
        var type = ProfileHouse.TypeOf(profile);
        if (type == "Patient")
        {
            return;
        }

        var all = Count(await visit.SearchAsync(type));
        foreach (var most in new[] { 1, 2, 7, 50 })
        {
            visit.House.World.Source.Seen.Clear();
            Assert.Equal(Math.Min(most, all), Count(await visit.SearchAsync(type, $"&_count={most}")));
            Assert.DoesNotContain("_count", string.Concat(visit.House.World.Source.Seen.Select(static seen => seen.Body + seen.Target)), StringComparison.Ordinal);
        }
    });

    private static int Count(RawReply reply) => JsonNode.Parse(reply.Body)!["entry"]?.AsArray().Count ?? 0;

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

    private static bool IsVisible(Profile profile, string type, SearchParamDefinition parameter)
    {
        var roots = Root(type).Matches(parameter.Expression ?? string.Empty).Select(static match => match.Groups[1].Value).Distinct().ToArray();
        var selectors = ProfileHouse.Selectors(profile).Where(selector => selector.ResourceType == type).ToArray();
        return roots.Length > 0 && selectors.Length > 0
            && roots.All(root => selectors.All(selector => selector.Elements.Any(path => path == root || path.StartsWith(root + ".", StringComparison.Ordinal) || (path.StartsWith(root, StringComparison.Ordinal) && path.Length > root.Length && char.IsUpper(path[root.Length])))));
    }

    private static string ValueOf(SearchParamDefinition parameter) => parameter switch
    {
        { Name: "status" } => "active",
        { Type: SearchParamType.Token } => "urn:x|a",
        { Type: SearchParamType.Date } => "2026-01-01",
        { Type: SearchParamType.Number } => "5",
        { Type: SearchParamType.Quantity } => "5|http://unitsofmeasure.org|kg",
        { Type: SearchParamType.Uri } => "urn:x",
        { Type: SearchParamType.Reference } => "Practitioner/1",
        _ => "a",
    };

    private static Regex Root(string type) => new(@"\b" + type + @"\.([A-Za-z]+)", RegexOptions.CultureInvariant);
}
