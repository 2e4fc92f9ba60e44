// What the gateway puts on record is enough to decide again, and says what left and what stayed.
using System.Text.Json.Nodes;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy;
using Sisote.Policy.Decisions;
using Sisote.Policy.Replaying;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Recording;

public sealed class RecordTests
{
    private const string Record = "fhir/pohjois-savo-record";

    private const string Measure = $$"""
        {"resourceType":"Observation","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"activity"}]}],
         "code":{"coding":[{"system":"http://loinc.org","code":"82290-8"}]},"subject":{"identifier":{"system":"urn:oid:1.2.246.21","value":"{{Some.Aino}}"} },
         "effectiveDateTime":"2026-02-03","valueQuantity":{"value":150,"unit":"min/wk","system":"http://unitsofmeasure.org","code":"min/wk"} }
        """;

    [Fact]
    public async Task EveryDecisionOnRecordIsMadeAgainBitForBitFromTheRecordAndItsInputs()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        world.Source.Resources[0]["meta"] = JsonNode.Parse("""{"security":[{"code":"TURVAKIELTO"}]}""");
        world.Source.Resources[2]["meta"] = JsonNode.Parse("""{"security":[{"code":"PSY"}]}""");
        await world.SearchAsync($"{Record}/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Aino}");
        foreach (var type in new[] { "Flag", "Goal", "Observation", "Condition" })
        {
            await world.GetAsync($"{Record}/{type}?patient={handle}");
        }

        await world.SearchAsync($"{Record}/Patient/_search", $"identifier=urn:oid:1.2.246.21|{Some.Onni}");
        await world.PostAsync($"{Record}/Observation", Measure);
        world.Consent.Set(Some.Aino, static state => state with { Facts = state.Facts with { BirthDate = new DateOnly(2012, 1, 1) } });
        await world.GetAsync($"{Record}/Flag?patient={handle}");
        world.Consent.Set(Some.Aino, static state => state with { Consents = [state.Consents[0] with { Version = 2, Status = ConsentStatus.Withdrawn }] });
        await world.GetAsync($"{Record}/Flag?patient={handle}");

        var point = new PolicyDecisionPoint(GatewayWorld.Catalogue, Some.Deployment);
        var decisions = world.Consent.Log.Where(static item => item.Entry.Inputs is not null).ToArray();
        Assert.InRange(decisions.Length, 9, int.MaxValue);
        Assert.Contains(decisions, static item => item.Entry.Outcome == "released");
        Assert.Contains(decisions, static item => item.Entry.Outcome == "denied");
        Assert.All(decisions, item =>
        {
            Assert.True(DecisionInputs.TryRead(item.Inputs, out var inputs));
            var entry = CanonicalForm.Read(CanonicalForm.Write(item.Entry));
            var released = entry.Items.Where(static one => one.Released).Select(static one => one.Item).ToHashSet();
            var again = Decided.Replay(point, DecisionRecord.RequestOf(entry)!, inputs, entry.DecidedAt!.Value);
            Assert.Equal(
                CanonicalForm.Write(item.Entry),
                CanonicalForm.Write(DecisionRecord.Write(entry, again, DeploymentNarrowing.Of(Some.Deployment).Version(), entry.Inputs, released)));
        });
    }

    [Fact]
    public async Task AnItemThatLeftFromOneDocumentAndStayedInAnotherStandsWithItsBasisAndWithWhatKeptIt()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var hidden = Some.Restriction(Some.Aino);
        hidden["id"] = "f-hidden";
        hidden["meta"] = JsonNode.Parse("""{"security":[{"code":"PSY"}]}""");
        world.Source.Resources.Add(hidden);

        await world.GetAsync($"{Record}/Flag?patient={handle}");

        var released = Assert.Single(world.Consent.Log[^1].Entry.Items, static item => item.Released);
        Assert.NotEmpty(released.Basis);
        Assert.Null(released.Reason);
        Assert.Equal(ReasonClass.NeverRule, Assert.Single(released.Withheld).Reason);
    }

    [Fact]
    public async Task EachResourceThatLeftIsOnRecordWithADigestOnlyTheClientsKeyCanMatch()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);

        await world.GetAsync($"{Record}/Flag?patient={handle}");
        await world.GetAsync($"{Record}/Flag?patient={handle}");

        var (first, second) = (world.Consent.Log[^2].Entry.Resources.Single(), world.Consent.Log[^1].Entry.Resources.Single());
        Assert.NotNull(first.Content);
        Assert.Equal(first.Content, second.Content);
    }

    [Fact]
    public async Task InputsTravelOnceAndAgainWhenTheServiceForgotThem()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        await world.GetAsync($"{Record}/Condition?patient={handle}");
        await world.GetAsync($"{Record}/Flag?patient={handle}");
        var before = world.Consent.InputsReceived;

        await world.GetAsync($"{Record}/Flag?patient={handle}");
        Assert.Equal(before, world.Consent.InputsReceived);

        world.Consent.ForgetInputs();
        var answer = await world.GetAsync($"{Record}/Flag?patient={handle}");
        Assert.Equal((200, before + 1), (answer.Status, world.Consent.InputsReceived));
    }
}
