// A case on paper: what a line may say, what is said of a line that is none, and how an answer differs from what was expected.
using System.Text.Json.Nodes;
using Sisote.Policy.Cases;

namespace Sisote.Tests.Policy;

public sealed class DecidingCaseTests
{
    private static readonly DecisionCaseRunner Runner = new(Catalogues.Shipped);

    private const string Case = """
        {"id":"A","asOf":"2026-11-22","request":{"fromSector":"health","fromRole":"health-professional","toSector":"municipal-sports","toRole":"exercise-counsellor","purpose":"exercise-counselling","direction":"read","items":["exercise-restriction","diagnosis"]},
        "client":{"age":46},"facts":{"conditions":["referral-active","relation-verified","role-scope","necessity-statement"]},
        "consents":[{"id":"c1","form":"SECRECY","type":"permit","items":["exercise-restriction"],"recipientSector":"municipal-sports","purpose":"exercise-counselling","from":"2026-09-01","to":null,"status":"active","by":"client"}]}
        """;

    [Theory]
    [InlineData("id", "7", "`id` must be a text.")]
    [InlineData("id", "null", "`id` is missing.")]
    [InlineData("asOf", "\"2026-02-30\"", "`asOf` must be a date or an instant.")]
    [InlineData("request", "[]", "`request` must be an object.")]
    [InlineData("request.items", "[1]", "`request.items` must be a list of texts.")]
    [InlineData("request.items", "7", "`request.items` must be a list of texts.")]
    [InlineData("request.atomic", "\"yes\"", "`request.atomic` must be true or false.")]
    [InlineData("request.direction", "null", "`request.direction` is missing.")]
    [InlineData("request.channel", "\"pigeon\"", "`request.channel` is `pigeon`, must be standing-api, single-view, single-message or client-handover.")]
    [InlineData("client.age", "46.5", "`client.age` must be a whole number.")]
    [InlineData("client.age", "\"46\"", "`client.age` must be a whole number.")]
    [InlineData("client.age", "-1", "`client.age` must be 0 to 150.")]
    [InlineData("client.age", "151", "`client.age` must be 0 to 150.")]
    [InlineData("client.capacity", "{}", "`client.capacity.code` is missing.")]
    [InlineData("consents", "{}", "`consents` must be a list of objects.")]
    [InlineData("consents", "[1]", "`consents` must be a list of objects.")]
    [InlineData("consents", "[{\"id\":\"c\"}]", "`consents[0].form` is missing.")]
    [InlineData("facts.dated", "[{}]", "`facts.dated[0].condition` is missing.")]
    [InlineData("expect", "{\"reasonClass\":{\"diagnosis\":\"mood\"}}", "`mood` is not a reason class.")]
    public void ALineThatIsNoCaseNamesTheField(string field, string value, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Runner.Decide(With(field, value))).Message);

    [Theory]
    [InlineData("""{"decision":"partial"}""", null)]
    [InlineData("""{"decision":"deny"}""", "expected decision deny, got partial")]
    [InlineData("""{"items":{"exercise-restriction":"permit","diagnosis":"deny"}}""", null)]
    [InlineData("""{"items":{"exercise-restriction":"deny"}}""", "exercise-restriction: expected deny, got permit")]
    [InlineData("""{"items":{"exercise-restriction":"deny"},"acceptMasked":["exercise-restriction"]}""", "exercise-restriction: expected deny, got permit")]
    [InlineData("""{"items":{"diagnosis":"permit"}}""", "diagnosis: expected permit, got deny (never-rule)")]
    [InlineData("""{"rules":["EX-01","EX-02"]}""", null)]
    [InlineData("""{"rules":["EX-01","EX-03"]}""", "exercise-restriction: expected rule EX-01 or EX-03, got EX-02")]
    [InlineData("""{"reasonClass":{"diagnosis":["no-consent","never-rule"]}}""", null)]
    [InlineData("""{"reasonClass":{"diagnosis":["no-consent","no-rule"]}}""", "diagnosis: expected reason no-consent or no-rule, got never-rule")]
    [InlineData("""{"obligations":["sing"]}""", "expected obligation sing")]
    public void AnAnswerThatIsNotAsExpectedSaysHow(string expect, string? difference)
    {
        var result = Runner.Decide(With("expect", expect));

        Assert.Equal(difference is null, result.AsExpected);
        Assert.Equal(difference is null ? [] : [difference], result.Differences);
    }

    [Fact]
    public void ACaseThatExpectsNothingIsNeitherRightNorWrong() => Assert.Null(Runner.Decide(Case).AsExpected);

    [Theory]
    [InlineData("request.colour", "request.colour")]
    [InlineData("client.colour", "client.colour")]
    [InlineData("facts.colour", "facts.colour")]
    [InlineData("consents.0.colour", "consents[0].colour")]
    [InlineData("title", null)]
    [InlineData("tags", null)]
    [InlineData("why", null)]
    [InlineData("change", null)]
    public void AFieldThatTheFormatDoesNotKnowIsTold(string field, string? told) =>
        Assert.Equal(told is null ? [] : [told], Runner.Decide(With(field, "1")).Case.UnknownFields);

    [Theory]
    [InlineData("consents.0.status", "\"withdrawn\"", "withdrawn")]
    [InlineData("consents.0.status", "\"expired\"", "expired")]
    [InlineData("consents.0.status", "\"superseded\"", "no-consent")]
    [InlineData("consents.0.status", "\"thought of\"", "no-consent")]
    [InlineData("consents.0.to", "\"2026-11-21\"", "expired")]
    [InlineData("consents.0.from", "\"2026-11-23\"", "not-yet-valid")]
    [InlineData("consents.0.recipientOrg", "\"kuopio\"", "wrong-recipient")]
    [InlineData("consents.0.recipientPerson", "\"salmi\"", "wrong-recipient")]
    [InlineData("consents.0.recipientRole", "\"teacher\"", "wrong-recipient")]
    [InlineData("consents.0.recipientSector", "\"*\"", "wrong-recipient")]
    [InlineData("consents.0.purpose", "\"*\"", "wrong-purpose")]
    [InlineData("consents.0.items", "\"*\"", "no-consent")]
    [InlineData("consents.0.by", "\"guardian\"", "guardian")]
    [InlineData("consents.0.type", "\"prohibition\"", "prohibition")]
    [InlineData("consents.0.status", "null", null)]
    [InlineData("consents.0.to", "\"2026-11-22\"", null)]
    [InlineData("consents.0.from", "\"2026-11-22\"", null)]
    [InlineData("consents.0.from", "null", null)]
    [InlineData("consents.0.by", "null", null)]
    [InlineData("client", "null", null)]
    [InlineData("client", "{}", null)]
    [InlineData("client.age", "17", "guardian")]
    [InlineData("client.birthDate", "\"2008-11-23\"", "guardian")]
    [InlineData("client.birthDate", "\"2008-11-22\"", null)]
    [InlineData("client.hetu", "\"010190-900P\"", null)]
    public void OneWordOfACaseDecides(string field, string value, string? reason)
    {
        var answer = JsonNode.Parse(Runner.Decide(With(field, value)).Json)!["items"]!["exercise-restriction"]!;

        Assert.Equal(reason is null ? "permit" : "deny", answer["outcome"]!.GetValue<string>());
        Assert.Equal(reason, answer["reasonClass"]?.GetValue<string>());
    }

    [Fact]
    public void AnAnswerNamesTheRuleThatCameNearestAndWhatIsMasked()
    {
        var turned = Answer(With("request.direction", "\"write\""), "exercise-restriction");
        var masked = Answer(Masked, "person-contact");

        Assert.Equal(("deny", "EX-02", "wrong-direction"), (turned["outcome"]!.GetValue<string>(), turned["rule"]!.GetValue<string>(), turned["reasonClass"]!.GetValue<string>()));
        Assert.Equal("""["Patient.address","Patient.telecom"]""", masked["masked"]!.ToJsonString());
    }

    [Fact]
    public void WhereANeverRuleClosesWhatARuleCarriesTheAnswerNamesTheRuleAndTheReason()
    {
        var closed = new DecisionCaseRunner(SmallCatalogue.With("prohibitions/P-4.yaml", "items: [name]", "items: [weight]"));

        var answer = JsonNode.Parse(closed.Decide("""{"id":"N","asOf":"2026-11-22","request":{"fromSector":"health","fromRole":"doctor","toSector":"sports","toRole":"coach","purpose":"sports","direction":"read","items":["weight"]}}""").Json)!["items"]!["weight"]!;

        Assert.Equal(("R-1", "never-rule"), (answer["rule"]!.GetValue<string>(), answer["reasonClass"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("""{"decision":"partial","items":{"person-contact":"deny"},"acceptMasked":["person-contact"]}""", null)]
    [InlineData("""{"decision":"partial","items":{"person-contact":"permit"},"acceptMasked":["person-contact"]}""", "expected decision partial, got permit")]
    [InlineData("""{"decision":"partial","items":{"person-contact":"deny"}}""", "person-contact: expected deny, got permit")]
    public void WhatIsMaskedCountsAsDeniedWhereTheCaseTakesThat(string expect, string? difference) =>
        Assert.Equal(difference, Runner.Decide(Masked.Replace("\"consents\"", $"\"expect\":{expect},\"consents\"", StringComparison.Ordinal)).Differences.FirstOrDefault());

    [Fact]
    public void WhereNothingIsAskedForNothingIsPermitted() =>
        Assert.Equal("""{"id":"A","decision":"deny","items":{},"obligations":[]}""", Runner.Decide(With("request.items", "[]")).Json);

    private const string Masked = """
        {"id":"M","asOf":"2026-11-22","request":{"fromSector":"health","fromRole":"health-professional","toSector":"client","toRole":"guardian","direction":"read","items":["person-contact"]},
        "client":{"age":8,"turvakielto":true},"facts":{"conditions":["relation-verified","under-18"]},"consents":[]}
        """;

    private static JsonNode Answer(string line, string item) => JsonNode.Parse(Runner.Decide(line).Json)!["items"]![item]!;

    private static string With(string field, string value)
    {
        var root = JsonNode.Parse(Case)!;
        var path = field.Split('.');
        var node = path[..^1].Aggregate(root, static (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
        node[path[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
