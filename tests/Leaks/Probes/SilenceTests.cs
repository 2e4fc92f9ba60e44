// Two worlds: a record that is kept back for some reason, and no record at all. The recipient cannot tell which it is in.
using System.Collections.Concurrent;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Marked;
using Sisote.Tests.Leaks.Matrix;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.Probes;

public sealed class SilenceTests(ProfileHouse house) : IClassFixture<ProfileHouse>
{
    [Fact]
    [Channel(25, 26, 44, 27, EveryProfile = true)]
    public async Task WhatIsKeptBackForAnyReasonLooksAsIfItWereNotThere()
    {
        var (compared, reasons) = (new ConcurrentDictionary<string, int>(), new HashSet<ReasonClass>());
        await house.ForEveryAsync(async (visit, profile) =>
        {
            foreach (var type in ProfileHouse.TypesOf(profile).Take(2).Append(ProfileHouse.HiddenTypeOf(profile)).Distinct())
            {
                var absent = await AnswersAsync(visit, type, visit.Scene.OnRecord, isThere: false);
                foreach (var (why, change) in Worlds.All)
                {
                    var denials = Worlds.Denials(visit.Scene, type, change);
                    if (denials.Length > 0)
                    {
                        var kept = await AnswersAsync(visit, type, state => change(visit.Scene.OnRecord(state)), isThere: true);
                        Assert.True(absent.Answers == kept.Answers, $"{type}, {why}\n{absent.Answers}\n---\n{kept.Answers}");
                        Assert.True(absent.Upstream == kept.Upstream, $"{type}, {why}: the source was asked {kept.Upstream} instead of {absent.Upstream}");
                        compared.AddOrUpdate(why, 1, static (_, count) => count + 1);
                        reasons.UnionWith(denials);
                    }
                }
            }
        });

        Assert.Empty(Worlds.All.Select(static world => world.Why).Except(compared.Keys).Except(["dead", "guardian barred", "safety"])); // these close nothing that some profile reads whole; the masks of "safety" are probed below
        Assert.Empty(Enum.GetValues<ReasonClass>().Except(reasons).Except([ReasonClass.NoLongerValid, ReasonClass.NeverRule, ReasonClass.SafetyProhibition, ReasonClass.WrongDirection, ReasonClass.Guardian, ReasonClass.WrongForm]));
    }

    [Fact]
    [Channel(53, 25, EveryProfile = true)]
    public async Task WhatWaitsForAHumanDecisionLooksAsIfItWereNotThere()
    {
        var compared = new ConcurrentDictionary<string, int>();
        await house.ForEveryAsync(async (visit, profile) =>
        {
            foreach (var type in ProfileHouse.TypesOf(profile).Take(2))
            {
                var absent = await AnswersAsync(visit, type, visit.Scene.OnRecord, isThere: false);
                foreach (var (why, change) in Worlds.Undecided)
                {
                    if (Worlds.Waits(visit.Scene, type, change))
                    {
                        var kept = await AnswersAsync(visit, type, state => change(visit.Scene.OnRecord(state)), isThere: true);
                        Assert.True(absent.Answers == kept.Answers, $"{type}, {why}\n{absent.Answers}\n---\n{kept.Answers}");
                        Assert.True(absent.Upstream == kept.Upstream, $"{type}, {why}: the source was asked {kept.Upstream} instead of {absent.Upstream}");
                        compared.AddOrUpdate(why, 1, static (_, count) => count + 1);
                    }
                }
            }
        });

        Assert.Equal(Worlds.Undecided.Select(static world => world.Why).Order(), compared.Keys.Order());
    }

    [Fact]
    [Channel(25, 20, 42, EveryProfile = true)]
    public Task WhatIsMaskedLooksAsIfTheSourceDidNotHaveIt() => house.ForEveryAsync(async (visit, profile) =>
    {
        if (!ProfileHouse.TypesOf(profile).Contains("Patient"))
        {
            return;
        }

        ConsentState Protected(ConsentState state) => visit.Scene.OnRecord(state) with { Facts = visit.Scene.OnRecord(state).Facts with { SafetyProhibition = true } };
        var hidden = Circumstances.Decide(Worlds.Point, GatewayWorld.Catalogue, visit.Scene with { OnRecord = Protected }).Values.SelectMany(static paths => paths)
            .Where(static path => path.StartsWith("Patient.", StringComparison.Ordinal)).Select(static path => path["Patient.".Length..]).Distinct().ToArray();
        await FindWithAsync(visit, static patient => patient); // so that an unmasked answer came before
        visit.House.World.Consent.Set(visit.Hetu, Protected);
        var masked = await FindWithAsync(visit, static patient => patient);
        var without = await FindWithAsync(visit, patient =>
        {
            foreach (var path in hidden)
            {
                patient.Remove(path);
                patient.Remove("_" + path);
            }

            return patient;
        });

        Assert.Equal(without.Comparable.Replace(Receipts(without), "", StringComparison.Ordinal), masked.Comparable.Replace(Receipts(masked), "", StringComparison.Ordinal));
    });

    [Fact]
    [Channel(25, 19, EveryProfile = true)]
    public Task AHandleOfNobodyOfAnotherRecipientOrOfAnotherTypeLeadsNowhere() => house.ForEveryAsync(async (visit, profile) =>
    {
        var type = ProfileHouse.TypeOf(profile);
        var stranger = visit.House.HandlesOf(SystemId.Parse("stranger-0"));
        var absent = await visit.GetAsync($"{type}/{visit.HandleOf(type, "not-there")}");
        string[] handles = [new('A', 64), stranger.ForClient(visit.Client), stranger.ForResource(visit.Scene.Source.Id, type, visit.Client, MarkedSet.Of(type)[0].Id)!, visit.HandleOf("Practitioner", MarkedSet.Of(type)[0].Id)!, "1", MarkedSet.Of(type)[0].Id];

        visit.House.Marked.IsEmpty = false;
        foreach (var handle in handles)
        {
            Assert.Equal(absent.Comparable, (await visit.GetAsync($"{type}/{handle}")).Comparable);
        }

        var nobody = await visit.GetAsync($"Observation?patient={new string('A', 64)}");
        var strangers = await visit.GetAsync($"Observation?patient={stranger.ForClient(visit.Client)}");
        Assert.Equal(nobody.Comparable, strangers.Comparable.Replace(stranger.ForClient(visit.Client), new string('A', 64), StringComparison.Ordinal));
    });

    [Fact]
    [Channel(19, EveryProfile = true)]
    public Task NoTwoRecipientsHaveOneNameForAClientOrResource() => house.ForEveryAsync(static (visit, _) =>
    {
        var stranger = visit.House.HandlesOf(SystemId.Parse("stranger-0"));

        Assert.NotEqual(stranger.ForClient(visit.Client), visit.Handle);
        Assert.NotEqual(stranger.ForResource(visit.Scene.Source.Id, "Flag", visit.Client, "f1"), visit.HandleOf("Flag", "f1"));
        Assert.Equal(64, visit.Handle.Length);
        return Task.CompletedTask;
    });

    [Fact]
    [Channel(44, EveryProfile = true)]
    public Task NoAnswerNamesARuleAReasonAConsentOrAnObligation() => house.ForEveryAsync(static async (visit, profile) =>
    {
        var catalogue = GatewayWorld.Catalogue;
        var words = catalogue.Rules.Keys.Select(static id => id.Value).Concat(catalogue.Prohibitions.Keys.Select(static id => id.Value)).Concat(catalogue.ConsentForms.Keys.Select(static id => id.Value))
            .Concat(catalogue.Conditions.Keys.Select(static id => id.Value)).Concat(catalogue.Obligations.Keys).Concat(Enum.GetNames<ReasonClass>()).Append("consent-").ToArray();
        var type = ProfileHouse.TypeOf(profile);
        foreach (var change in new Func<ConsentState, ConsentState>[] { static state => state, static state => state with { Consents = [] }, static state => state with { Relationships = [] } })
        {
            visit.House.World.Consent.Set(visit.Hetu, state => change(visit.Scene.OnRecord(state)));
            foreach (var reply in new[] { await visit.SearchAsync(type, "&_count=1"), await visit.ReadAsync(type, MarkedSet.Of(type)[0].Id) })
            {
                Assert.DoesNotContain(words, word => System.Text.RegularExpressions.Regex.IsMatch(reply.Everything, $"(?<![A-Za-z0-9.-]){System.Text.RegularExpressions.Regex.Escape(word)}(?![A-Za-z0-9.-])"));
            }
        }
    });

    [Fact]
    [Channel(52)]
    public async Task NoNumberOfCallsAboutOneClientChangesAnAnswerWhetherThereIsSomethingOrNot()
    {
        var scene = Profiling.All[0].Scenes[0];
        foreach (var isEmpty in new[] { false, true })
        {
            var visit = house.Leak.Enter(scene);
            house.Leak.Marked.IsEmpty = isEmpty;
            house.Leak.Marked.Open();
            var answers = new HashSet<string>();
            for (var call = 0; call < 150; call++)
            {
                answers.Add((await visit.ReadAsync("Observation", "not-there")).Comparable);
            }

            Assert.Single(answers);
        }
    }

    private static string Receipts(RawReply reply) => reply.Header("Sisote-Receipt") ?? "none";

    /// <summary>A find, a search and a read of something that is there, or of the same handle when nothing is; what came back, what the source heard, without whom it heard about, and how often the consent service was asked.</summary>
    private async Task<(string Answers, string Upstream)> AnswersAsync(Visit visit, string type, Func<ConsentState, ConsentState> onRecord, bool isThere)
    {
        house.Leak.World.Consent.Set(visit.Hetu, onRecord);
        house.Leak.Marked.IsEmpty = !isThere;
        house.Leak.World.Source.Seen.Clear();
        var id = MarkedSet.Of(type)[0].Id;
        var first = await visit.SearchAsync(type);
        var (questions, records) = (house.Leak.World.Consent.Questions, house.Leak.World.Consent.AppendCalls.Count); // from here on the state is a kept one
        RawReply[] replies = type == "Patient" ? [first, await visit.ReadAsync(type, id)] : [first, await visit.ReadAsync(type, id), await visit.SearchAsync(type, "&_count=1")];
        var heard = house.Leak.World.Source.Seen.Select(seen => $"{seen.Method} {seen.Target.Replace(id, "*", StringComparison.Ordinal).Replace("/nobody", "/*", StringComparison.Ordinal)} {string.Join(',', seen.Headers.Keys.Order(StringComparer.Ordinal))}");
        var inner = $"{house.Leak.World.Consent.Questions - questions} questions, {house.Leak.World.Consent.AppendCalls.Count - records} records";
        return (string.Join('\n', replies.Select(static reply => reply.Comparable)), string.Join('\n', heard.Append(inner)));
    }

    /// <summary>The Patient as the source holds it after a change.</summary>
    private static async Task<RawReply> FindWithAsync(Visit visit, Func<System.Text.Json.Nodes.JsonObject, System.Text.Json.Nodes.JsonObject> change)
    {
        var patient = change(System.Text.Json.Nodes.JsonNode.Parse(MarkedSet.Of("Patient")[0].About(visit.Hetu))!.AsObject());
        var text = $$"""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{{patient.ToJsonString()}} }]}""";
        visit.House.World.Source.Instead = context =>
        {
            context.Response.ContentType = "application/fhir+json";
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, text);
        };
        return await visit.FindAsync();
    }
}
