// Sending, for every profile whose rules let something be sent: what a refusal tells of the client.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Marked;
using Sisote.Tests.Leaks.Matrix;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.Probes;

public sealed class SendingTests(ProfileHouse house) : IClassFixture<ProfileHouse>
{
    [Fact]
    [Channel(25, 44, 46, EveryProfile = true)]
    public async Task AnEntryRefusedForTheClientsReasonsIsAnsweredAlikeAloneAndInATransaction()
    {
        var (delivered, compared) = (0, 0);
        await house.ForEverySenderAsync(async (visit, profile) =>
        {
            foreach (var (item, type, entry) in EntriesOf(visit).GroupBy(static one => one.Item).Select(static group => group.First()).Take(2))
            {
                visit.House.World.Consent.Set(visit.Hetu, visit.Scene.OnRecord);
                var transaction = new JsonObject
                {
                    ["resourceType"] = "Bundle",
                    ["type"] = "transaction",
                    ["entry"] = new JsonArray(new JsonObject { ["resource"] = entry.DeepClone(), ["request"] = new JsonObject { ["method"] = "POST", ["url"] = type } }),
                }.ToJsonString();
                if ((await visit.PostJsonAsync(type, entry.ToJsonString())).Status != 201)
                {
                    continue;
                }

                delivered++;
                visit.House.World.Source.Seen.Clear();
                var (single, together) = (new Dictionary<string, string>(), new Dictionary<string, string>());
                foreach (var (why, change) in Denying(visit.Scene, item))
                {
                    visit.House.World.Consent.Set(visit.Hetu, state => change(visit.Scene.OnRecord(state)));
                    single.TryAdd((await visit.PostJsonAsync(type, entry.ToJsonString())).Comparable, why);
                    if (compared % 4 == 0)
                    {
                        together.TryAdd((await visit.PostJsonAsync(string.Empty, transaction)).Comparable, why);
                    }

                    compared++;
                }

                Assert.True(single.Count <= 1 && together.Count <= 1, $"{item}\n{string.Join("\n---\n", single.Concat(together).Select(static pair => $"{pair.Value}: {pair.Key}"))}");
                Assert.All(single.Keys.Concat(together.Keys), static answer => Assert.StartsWith("HTTP/1.1 403", answer, StringComparison.Ordinal));
                Assert.Empty(visit.House.World.Source.Seen);
            }
        });

        Assert.True(delivered > 20 && compared > 100, $"{delivered} deliveries, {compared} refusals");
    }

    [Fact]
    [Channel(33, 46, EveryProfile = true)]
    public async Task WhyATargetDidNotTakeAnEntryIsNotTold()
    {
        var compared = 0;
        await house.ForEverySenderAsync(async (visit, profile) =>
        {
            foreach (var (_, type, entry) in EntriesOf(visit).Take(1))
            {
                foreach (var (said, statuses) in new[] { (422, new[] { 400, 401, 403, 404, 409, 410, 412, 422 }), (503, [408, 425, 429, 503]) })
                {
                    var answers = new HashSet<string>();
                    foreach (var status in statuses)
                    {
                        visit.House.World.Source.Instead = context =>
                        {
                            MarkedSource.MarkHeaders(context.Response);
                            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (status, "77");
                            return context.Response.WriteAsync("""{"resourceType":"OperationOutcome","issue":[{"code":"duplicate","diagnostics":"upmark exists as Observation/upmark"}]}""");
                        };
                        var answer = await visit.PostJsonAsync(type, entry.ToJsonString());
                        if (answer.Status != said)
                        {
                            Assert.True(answer.Status is 403 or 422, answer.Everything); // nothing of this profile can be sent here
                            return;
                        }

                        answers.Add(answer.Comparable);
                    }

                    Assert.Single(answers);
                    Assert.DoesNotContain(MarkedSource.Envelope, answers.First(), StringComparison.OrdinalIgnoreCase);
                    Assert.DoesNotContain("77", answers.First(), StringComparison.Ordinal);
                    compared++;
                }
            }
        });

        Assert.True(compared > 40, $"{compared} comparisons");
    }

    /// <summary>Ways in which the client's side closes an item; agreements stay as they are, since a missing one is told and is nobody's secret.</summary>
    private static IEnumerable<(string Why, Func<ConsentState, ConsentState> Change)> Denying(Scene scene, DataItemId item) =>
        from world in Worlds.All
        let change = (Func<ConsentState, ConsentState>)(state => world.Change(state) with { Agreements = state.Agreements })
        where !Worlds.Decide(scene, [item], change).PermitsAll
        select (world.Why, change);

    /// <summary>Entries that carry one permitted item each, as the slow reference would let it go.</summary>
    private static IEnumerable<(DataItemId Item, string Type, JsonObject Entry)> EntriesOf(Visit visit) =>
        from item in visit.Scene.Permitted.Keys.OrderBy(static item => item.Value, StringComparer.Ordinal)
        from selector in GatewayWorld.Catalogue.Items[item].Selectors
        where selector.ResourceType != "Task" && MarkedSet.TypesWithClient.Contains(selector.ResourceType)
        let only = System.Collections.Immutable.ImmutableDictionary<DataItemId, System.Collections.Immutable.ImmutableArray<string>>.Empty.Add(item, [])
        let may = MarkedSet.Of(selector.ResourceType).Select(resource => resource.MayLeave(only)).FirstOrDefault(static left => left is not null)
        where may is not null
        select (item, selector.ResourceType, Clean(may, visit));

    /// <summary>What leaves of a resource as one who sends it would write it: without names of ours, about this client.</summary>
    private static JsonObject Clean(JsonObject may, Visit visit)
    {
        var entry = JsonNode.Parse(may.ToJsonString().Replace("Patient/handle", $"Patient/{visit.Handle}", StringComparison.Ordinal).Replace(MarkedResource.Client, visit.Hetu, StringComparison.Ordinal))!.AsObject();
        entry.Remove("id");
        entry.Remove("meta");
        if ((string?)entry["resourceType"] == "Patient")
        {
            entry["identifier"] = new JsonArray(new JsonObject { ["system"] = "urn:oid:1.2.246.21", ["value"] = visit.Hetu });
        }

        Strip(entry);
        return entry;
    }

    private static void Strip(JsonNode? node)
    {
        foreach (var child in node switch { JsonObject members => members.Select(static member => member.Value).ToArray(), JsonArray many => [.. many], _ => [] })
        {
            Strip(child);
        }

        if (node is JsonObject coded)
        {
            coded.Remove("display");
            coded.Remove(coded.ContainsKey("value") && coded.ContainsKey("code") ? "unit" : string.Empty);
        }
    }
}
