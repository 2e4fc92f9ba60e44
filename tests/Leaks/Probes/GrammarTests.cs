// What the door does not do: histories, operations, batches, conditional and other verbs, other types, other readings of one request.
using System.Text.Json.Nodes;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Marked;
using Sisote.Tests.Leaks.Matrix;

namespace Sisote.Tests.Leaks.Probes;

public sealed class GrammarTests(ProfileHouse house) : IClassFixture<ProfileHouse>
{
    private static readonly string[] Operations =
        ["$everything", "$lastn", "$export", "$meta", "$validate", "$match", "$graph", "$stats", "$find", "$document", "$translate", "$process-message", "$convert", "$purge", "$own-operation"];

    private static readonly string[] Logs = ["Provenance", "AuditEvent", "List", "Group", "Consent", "Binary", "Bundle", "Basic", "Linkage", "MessageHeader", "Person", "Schedule", "Encounter", "Media"];

    [Fact]
    [Channel(24, EveryProfile = true)]
    public Task ThereIsNoHistoryAndNoVersion() => RefusedAsync(static type =>
        [("GET", "_history", 501), ("GET", $"{type}/_history", 501), ("GET", $"{type}/x/_history", 404), ("GET", $"{type}/x/_history/1", 404), ("GET", $"{type}/_history?_since=1900-01-01", 501), ("GET", $"{type}/x/_history?_count=1", 404)]);

    [Fact]
    [Channel(28, EveryProfile = true)]
    public Task ThereIsNoOperation() => RefusedAsync(static type =>
        Operations.SelectMany(operation => new[] { ("GET", operation, 501), ("POST", operation, 501), ("GET", $"{type}/{operation}", 501), ("POST", $"{type}/{operation}", 501), ("GET", $"{type}/x/{operation}", 404) }));

    [Fact]
    [Channel(30, EveryProfile = true)]
    public Task ThereIsNoGraphQL() => RefusedAsync(static type => [("GET", "$graphql", 501), ("POST", "$graphql", 501), ("GET", $"{type}/$graphql?query=a", 501), ("GET", "graphql", 404), ("POST", "graphql", 404), ("GET", "$graphql?query=%7Ba%7D", 501)]);

    [Fact]
    [Channel(32, 47, 31, EveryProfile = true)]
    public Task RecordsOfOthersListsConsentsFilesAndTopicsAreNoTypesOfThisDoor() => RefusedAsync(static _ =>
        Logs.Concat(["SubscriptionTopic", "SubscriptionStatus", "Parameters"]).Except(MarkedSet.TypesWithClient).SelectMany(static type => new[] { ("GET", type, 404), ("GET", $"{type}/x", 404), ("POST", type, 404), ("POST", $"{type}/_search", 404) }));

    [Fact]
    [Channel(51, 46, 22, EveryProfile = true)]
    public Task OtherVerbsAreOff() => RefusedAsync(static type =>
        from method in new[] { "HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "REPORT", "QUERY" } from path in new[] { $"{type}/x", type, $"{type}?patient=x&code=urn:x|a", $"{type}?identifier=a|b" }
        select (method, path, method == "PATCH" && path == "Task/x" ? 428 : 405)); // a step of a referral, whose version must be named

    [Fact]
    [Channel(51, EveryProfile = true)]
    public Task AHeadTellsNothingThatAGetWouldNot() => house.ForEveryAsync(static async (visit, profile) =>
    {
        var (type, other) = (ProfileHouse.TypeOf(profile), ProfileHouse.HiddenTypeOf(profile));

        var there = await visit.SendAsync("HEAD", $"{type}/{visit.HandleOf(type, MarkedSet.Of(type)[0].Id)}", "", "");
        var nowhere = await visit.SendAsync("HEAD", $"{other}/{new string('A', 64)}", "", "");

        Assert.Equal(nowhere.Comparable, there.Comparable);
        Assert.Empty(there.Body);
    });

    [Fact]
    [Channel(37, EveryProfile = true)]
    public Task ARequestThatTwoReadersCouldReadDifferentlyIsRefused() => house.ForEveryAsync(static async (visit, profile) =>
    {
        var (type, handle) = (ProfileHouse.TypeOf(profile), visit.Handle);
        var (person, search) = ($"identifier=urn:oid:1.2.246.21|{visit.Hetu}", "Patient/_search");
        visit.House.World.Source.Seen.Clear();
        RawReply[] replies =
        [
            await visit.PostFormAsync(search, $"{person}&{person}"), await visit.PostFormAsync(search, $"{person};x=1"), await visit.PostFormAsync(search, person.Replace("|", "+", StringComparison.Ordinal)),
            await visit.PostFormAsync(search, $"{person}&identifier[]=a"), await visit.PostFormAsync(search, $"Identifier={visit.Hetu}"), await visit.PostFormAsync(search, person.Replace("identifier", "%69dentifier", StringComparison.Ordinal)),
            await visit.PostFormAsync(search + "?x=1", person), await visit.PostFormAsync(search + "?" + person, person), await visit.PostFormAsync(search, person + "%00"), await visit.PostFormAsync(search, person + "&"),
            await visit.SendAsync("GET", $"Observation?patient={handle}", "Content-Type: application/x-www-form-urlencoded\n", "patient=x"), await visit.SendAsync("GET", $"Observation/{handle}", "Content-Type: application/json\n", "{}"),
            await visit.GetAsync($"Observation?patient={handle}&patient={handle}"), await visit.GetAsync($"Observation?patient={handle};patient=x"), await visit.GetAsync($"Observation?Patient={handle}"), await visit.GetAsync($"Observation?patient=+{handle}"),
            await visit.GetAsync($"Observation?patient={handle}&x"), await visit.GetAsync($"Observation?patient={handle}&=x"), await visit.GetAsync($"Observation?patient={handle}%2F..%2Fx"), await visit.GetAsync($"Observation?patient={handle},{handle}"),
        ];

        Assert.All(replies, static reply => Assert.True(reply.Status is 400 or 404, reply.Everything));
        foreach (var path in new[] { $"{type}%2F{handle}", $"{type}/{handle}%2F_history", $"{type}/..%2FPatient/{handle}", $"x/../{type}/a/b", $"{type}/{handle}/", $"{type}//{handle}", type.ToUpperInvariant() + $"/{handle}" })
        {
            Assert.True((await visit.GetAsync(path)).Status is 400 or 404 or 405, path);
        }

        Assert.DoesNotContain(visit.House.World.Source.Seen, seen => seen.Body.Contains(visit.Hetu, StringComparison.Ordinal) || seen.Target.Contains("..", StringComparison.Ordinal) || seen.Target.Contains('%', StringComparison.Ordinal));
    });

    [Fact]
    [Channel(38, 7, EveryProfile = true)]
    public Task NoOtherFormatIsNegotiated() => house.ForEveryAsync(static async (visit, profile) =>
    {
        var type = ProfileHouse.TypeOf(profile);
        foreach (var accept in new[] { "application/fhir+xml", "text/html", "application/fhir+ndjson", "application/x-ndjson", "image/png", "application/fhir+json;q=0" })
        {
            Assert.Equal(406, (await visit.ReadAsync(type, MarkedSet.Of(type)[0].Id, $"Accept: {accept}\n")).Status);
        }

        foreach (var format in new[] { "_format=xml", "_format=json", "_pretty=true", "_format=ndjson" })
        {
            Assert.Equal(400, (await visit.GetAsync($"{type}/{visit.Handle}?{format}")).Status);
        }

        var answer = await visit.SearchAsync(type, headers: "Accept: application/fhir+json, */*;q=0.1\nAccept-Charset: utf-16\n");
        Assert.Equal("application/fhir+json; charset=utf-8", answer.Header("Content-Type"));
    });

    [Fact]
    [Channel(36, EveryProfile = true)]
    public Task TheStatementNamesWhatTheLawLetsThisSystemSeeAndNobodyUpstreamIsAsked() => house.ForEveryAsync(static async (visit, profile) =>
    {
        visit.House.World.Source.Seen.Clear();
        var answer = await visit.GetAsync("metadata");
        var statement = JsonNode.Parse(answer.Body)!;
        var lawful = Profiles.Profiling.All.Where(other => other.Source == profile.Source && other.Recipient == profile.Recipient).ToArray();

        Assert.Equal(200, answer.Status);
        Assert.Empty(visit.House.World.Source.Seen);
        Assert.DoesNotContain(MarkedSource.Envelope, answer.Everything, StringComparison.OrdinalIgnoreCase);
        foreach (var resource in statement["rest"]![0]!["resource"]!.AsArray().Where(static resource => resource!["interaction"]!.AsArray().Any(static one => (string?)one!["code"] == "search-type")))
        {
            var type = (string)resource!["type"]!;
            Assert.Contains(lawful, other => ProfileHouse.TypesOf(other).Contains(type));
        }
    });

    private Task RefusedAsync(Func<string, IEnumerable<(string Method, string Path, int Status)>> requests) => house.ForEveryAsync(async (visit, profile) =>
    {
        visit.House.World.Source.Seen.Clear();
        foreach (var (method, path, status) in requests(ProfileHouse.TypeOf(profile)))
        {
            var answer = await visit.SendAsync(method, path, method is "POST" ? "Content-Type: application/fhir+json\n" : "", method is "POST" ? "{}" : "");
            Assert.True(answer.Status == status, $"{method} {path}: {answer.Everything}");
            Assert.True(method == "HEAD" || (string?)JsonNode.Parse(answer.Body)!["resourceType"] == "OperationOutcome", answer.Body);
        }

        Assert.Empty(visit.House.World.Source.Seen);
    });
}
