// One evaluation at the access door: what it answers, what stands in the log, and what it never tells.
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Access;

public sealed class EvaluationTests : IAsyncLifetime
{
    private GatewayWorld world = null!;

    public async ValueTask InitializeAsync() => world = await GatewayWorld.OpenAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task APermitStandsInTheLogAsTheDisclosureThatItAllows()
    {
        var answer = await AskAsync(Some.Aino);

        Assert.True(answer.Decision(), answer.Body);
        var context = Some.Parse(answer.Body)["context"]!;
        var appended = Assert.Single(world.Consent.Log);
        Assert.Equal("receipt-0", context["receipt"]!.GetValue<string>());
        Assert.Equal(context["id"]!.GetValue<string>(), appended.Entry.CorrelationId);
        Assert.Equal((LogEntryKind.Disclosure, "permitted", Direction.Read), (appended.Entry.Kind, appended.Entry.Outcome, appended.Entry.Direction));
        Assert.Equal(FakeConsent.KeyOf(Some.Aino), appended.Entry.Client);
        Assert.Equal("pohjois-savo-record", appended.Entry.From!.System!.Value.Value);
        Assert.Equal(("kuopio-portal", "ohjaaja-salmi"), (appended.Entry.To!.System!.Value.Value, appended.Entry.To.Professional!.Value.Value));
        var item = Assert.Single(appended.Entry.Items);
        Assert.True(item.Released);
        Assert.Equal(("exercise-restriction", "EX-02"), (item.Item.Value, item.Rule!.Value.Value));
        Assert.NotEmpty(item.Consents);
        Assert.NotNull(appended.Expect);
        Assert.Equal(Some.Aino, appended.ClientIdentifier);
    }

    [Fact]
    public async Task ADenialTellsTheCallerNothingAndTheLogEverything()
    {
        Withdraw();

        var answer = await AskAsync(Some.Aino);

        Assert.False(answer.Decision());
        var context = Some.Parse(answer.Body)["context"]!.AsObject();
        Assert.Equal(["id", "reason_user"], context.Select(static member => member.Key));
        Assert.Equal(["fi", "sv", "en"], context["reason_user"]!.AsObject().Select(static member => member.Key));
        var entry = Assert.Single(world.Consent.Log).Entry;
        Assert.Equal((LogEntryKind.Refusal, "denied"), (entry.Kind, entry.Outcome));
        Assert.NotNull(Assert.Single(entry.Items).Reason);
    }

    [Fact]
    public async Task NoConsentAnUnknownClientAProhibitionAndAnInventedHandleAreAnsweredAlike()
    {
        var unknown = await AskAsync(Some.Onni);
        var nobody = await AskAsync("010190-999W");
        var invented = await AskAsync("k3v9invented-handle");
        var unsound = await AskAsync("010190-901A");
        var notInLaw = await AskAsync(Some.Aino, "diagnosis");
        var notAnItem = await AskAsync(Some.Aino, "no-such-item");
        Withdraw();
        var withdrawn = await AskAsync(Some.Aino);
        world.Consent.Set(Some.Aino, static state => Some.Counselled(state) with { Consents = [.. Some.Counselled(state).Consents, Prohibition()] });
        var forbidden = await AskAsync(Some.Aino);

        Assert.False(unknown.Decision());
        Assert.All([nobody, invented, unsound, notInLaw, notAnItem, withdrawn, forbidden], answer => Assert.Equal(unknown.WithoutId(), answer.WithoutId()));
        Assert.Equal(8, world.Consent.Log.Count);
        Assert.All(world.Consent.Log, static appended => Assert.Equal(LogEntryKind.Refusal, appended.Entry.Kind));
    }

    [Fact]
    public async Task WhereElementsWouldHaveToBeMaskedTheAnswerIsADenialLikeAnyOther()
    {
        var open = await world.AskAsync(AccessCalls.Evaluation, Referral("person-contact"), world.DoctorToken());
        world.Consent.Set(Some.Aino, static state => state with { Facts = state.Facts with { SafetyProhibition = true } });

        var guarded = await world.AskAsync(AccessCalls.Evaluation, Referral("person-contact"), world.DoctorToken());
        var otherItem = await world.AskAsync(AccessCalls.Evaluation, Referral("exercise-referral"), world.DoctorToken());

        Assert.True(open.Decision(), open.Body);
        Assert.Equal((await AskAsync(Some.Onni)).WithoutId(), guarded.WithoutId());
        Assert.Equal((LogEntryKind.Refusal, "withheld"), (world.Consent.Log[1].Entry.Kind, world.Consent.Log[1].Entry.Outcome));
        Assert.DoesNotContain(world.Consent.Log[1].Entry.Items, static item => item.Released);
        Assert.True(otherItem.Decision(), otherItem.Body);
    }

    [Fact]
    public async Task SeveralItemsArePermittedTogetherOrNotAtAll()
    {
        var both = Several("exercise-restriction", "exercise-goal-plan");
        var withDiagnosis = Several("exercise-restriction", "diagnosis");

        Assert.True((await world.AskAsync(AccessCalls.Evaluation, both)).Decision());
        Assert.False((await world.AskAsync(AccessCalls.Evaluation, withDiagnosis)).Decision());

        Assert.Equal(2, world.Consent.Log[0].Entry.Items.Count(static item => item.Released));
        Assert.DoesNotContain(world.Consent.Log[1].Entry.Items, static item => item.Released);
    }

    [Fact]
    public async Task TheFhirDoorsHandleNamesTheClientForItsOwnSystemOnly()
    {
        var handle = await world.HandleOfAsync(Some.Aino);

        Assert.True((await AskAsync(handle)).Decision());
        Assert.False((await world.AskAsync(AccessCalls.Evaluation, AccessCalls.Question(handle).ToJsonString(), world.Token("kuopio-liikunta"))).Decision());
    }

    [Fact]
    public async Task UseOfTheOwnRegisterIsRecordedAsUse()
    {
        var question = AccessCalls.Question(Some.Aino);
        question["resource"]!.AsObject().Remove("properties");

        var answer = await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString());

        Assert.True(answer.Decision(), answer.Body);
        Assert.Equal(LogEntryKind.Use, Assert.Single(world.Consent.Log).Entry.Kind);
    }

    [Fact]
    public async Task ASenderIsToldWhetherItsEntryMayGo()
    {
        var answer = await world.AskAsync(AccessCalls.Evaluation, Referral("exercise-referral"), world.DoctorToken());

        Assert.True(answer.Decision(), answer.Body);
        var entry = Assert.Single(world.Consent.Log).Entry;
        Assert.Equal(("pohjois-savo-record", "kuopio-liikunta", Direction.Notify), (entry.From!.System!.Value.Value, entry.To!.System!.Value.Value, entry.Direction!.Value));
    }

    [Fact]
    public async Task ARecordNamesThePersonEvenWhereTheOrganisationAsks()
    {
        var question = Some.Parse(Referral("exercise-referral"));
        question["subject"] = new JsonObject { ["type"] = "organisation", ["id"] = "pohjois-savo" };

        var answer = await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString(), world.DoctorToken());

        Assert.True(answer.Decision(), answer.Body);
        Assert.Equal("ohjaaja-salmi", Assert.Single(world.Consent.Log).Entry.From!.Professional!.Value.Value);
    }

    [Fact]
    public async Task WhoReceivesIsDecidedOnAndOnRecordWhereTheSenderNamesThem()
    {
        var question = Some.Parse(Referral("exercise-referral"));
        question["resource"]!["properties"]!["professional"] = "ohjaaja-niemi";

        var answer = await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString(), world.DoctorToken());
        question["resource"]!["id"] = "k3v9invented-handle";
        var nobody = await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString(), world.DoctorToken());

        Assert.True(answer.Decision(), answer.Body);
        Assert.False(nobody.Decision());
        Assert.All(world.Consent.Log, static appended => Assert.Equal("ohjaaja-niemi", appended.Entry.To!.Professional!.Value.Value));
        Assert.Equal(2, world.Consent.Log.Count);
    }

    [Fact]
    public async Task WhoGivesIsNotTheReadersToSay()
    {
        var question = AccessCalls.Question(Some.Aino);
        question["resource"]!["properties"]!["professional"] = "dr-harju";

        var answer = await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString());

        Assert.Equal((400, "resource.properties.professional"), (answer.Status, Some.Parse(answer.Body)["field"]?.GetValue<string>()));
        Assert.Empty(world.Consent.Log);
    }

    [Theory]
    [InlineData("user", "ohjaaja-salmi")]
    [InlineData("organisation", "kuopio")]
    [InlineData("system", "kuopio-portal")]
    public async Task AColleaguesClientIsNotOnesOwnInTheNameOfTheHouseEither(string type, string id)
    {
        world.Consent.Set(Some.Aino, static state => state with { Relationships = [state.Relationships[0] with { Professional = ProfessionalId.Parse("ohjaaja-niemi") }] });
        var question = AccessCalls.Question(Some.Aino);
        question["subject"] = new JsonObject { ["type"] = type, ["id"] = id };

        var answer = await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString());

        Assert.False(answer.Decision());
        Assert.Equal("relation-verified", Assert.Single(Assert.Single(world.Consent.Log).Entry.Items).MissingCondition?.Value);
    }

    [Fact]
    public async Task ALabelOfPersonalSafetyClosesContactDataAsTheFactDoes()
    {
        var question = Some.Parse(Referral("person-contact"));
        question["resource"]!["properties"]!["labels"] = new JsonArray("TURVAKIELTO");

        var answer = await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString(), world.DoctorToken());

        Assert.False(answer.Decision());
        Assert.Equal("withheld", Assert.Single(world.Consent.Log).Entry.Outcome);
    }

    [Theory]
    [InlineData("subject", """{"type":"user","id":"ohjaaja-salmi","properties":{"actor":"010190-901R"}}""", "subject.properties.actor")]
    [InlineData("subject", """{"type":"user","id":"ohjaaja-salmi","properties":{"actor":"Aino Aaltonen"}}""", "subject.properties.actor")]
    [InlineData("resource", """{"type":"exercise-restriction","id":"010190-901R","properties":{"actor":"for-010190-901r"}}""", "resource.properties.actor")]
    [InlineData("resource", """{"type":"exercise-restriction","id":"010190-901R","properties":{"professional":"010190-901R"}}""", "resource.properties.professional")]
    [InlineData("resource", """{"type":"exercise-restriction","id":"010190-901R","properties":{"professional":"Meri Mäkinen"}}""", "resource.properties.professional")]
    [InlineData("resource", """{"type":"exercise-restriction","id":"010190-901R","properties":{"labels":["010190-901R"]}}""", "resource.properties.labels")]
    [InlineData("resource", """{"type":"010190-901R","id":"x"}""", "resource.type")]
    [InlineData("resource", """{"type":"client","id":"x","properties":{"items":["010190-901R"]}}""", "resource.properties.items")]
    [InlineData("context", """{"attestations":{"010190-901R":true}}""", "context.attestations")]
    [InlineData("context", """{"attestations":{"necessity-statement":"010190-901R"}}""", "context.attestations")]
    public async Task NoMemberThatWouldStandInTheLogTakesAnIdentifier(string member, string value, string field)
    {
        var question = AccessCalls.Question(Some.Aino);
        question[member] = JsonNode.Parse(value);

        var answer = await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString());

        Assert.Equal((400, field), (answer.Status, Some.Parse(answer.Body)["field"]?.GetValue<string>()));
        Assert.Empty(world.Consent.Log);
    }

    [Fact]
    public async Task WhoGetsNothingDoesNotLearnByTimeThatSomebodyElseAskedAboutTheClient()
    {
        await AskAsync(Some.Onni, "no-such-item");
        var first = world.Consent.Questions;
        await AskAsync(Some.Onni, "no-such-item");

        Assert.Equal((1, 2), (first, world.Consent.Questions));
    }

    [Theory]
    [InlineData("user", "ohjaaja-niemi")]
    [InlineData("organisation", "siilinjarvi")]
    [InlineData("system", "siilinjarvi-portal")]
    [InlineData("robot", "ohjaaja-salmi")]
    public async Task NobodyLearnsWhatSomebodyElseMayDo(string type, string id)
    {
        var question = AccessCalls.Question(Some.Aino);
        question["subject"] = new JsonObject { ["type"] = type, ["id"] = id };

        var answer = await world.AskAsync(AccessCalls.Evaluation, question.ToJsonString());

        Assert.Equal((403, "subject-not-caller"), (answer.Status, answer.Slug()));
        Assert.Equal("subject-not-caller", Assert.Single(world.Consent.Log).Entry.Outcome);
    }

    [Fact]
    public async Task OnlyRegisteredCallersAreAnswered()
    {
        var question = AccessCalls.Question(Some.Aino).ToJsonString();

        var stranger = await world.AskAsync(AccessCalls.Evaluation, question, world.Token("unknown-system"));
        var role = await world.AskAsync(AccessCalls.Evaluation, question, world.Token(role: "health-professional"));
        var organisation = await world.AskAsync(AccessCalls.Evaluation, question, world.Token(organisation: "siilinjarvi"));
        var purpose = await world.AskAsync(AccessCalls.Evaluation, question, world.Token(purpose: "care"));

        Assert.All([stranger, role, organisation, purpose], static answer => Assert.Equal((403, "not-connected"), (answer.Status, answer.Slug())));
        Assert.Equal(4, world.Consent.Log.Count);

        var none = await world.AskAsync(AccessCalls.Evaluation, question, string.Empty);
        var person = await world.AskAsync(AccessCalls.Evaluation, question, world.Issuer.PersonToken("p", Sisote.Doors.Tokens.PersonKind.Client, Some.Aino));
        Assert.Equal((401, "token-missing"), (none.Status, none.Slug()));
        Assert.Contains("WWW-Authenticate", none.Headers, StringComparison.Ordinal);
        Assert.Equal((403, "not-connected"), (person.Status, person.Slug()));
    }

    [Fact]
    public async Task AnotherPurposeOrAnUnknownSystemIsNotConnected()
    {
        var purpose = AccessCalls.Question(Some.Aino);
        purpose["context"]!["purpose"] = "care";
        var system = AccessCalls.Question(Some.Aino);
        system["resource"]!["properties"]!["system"] = "nowhere";

        Assert.Equal("not-connected", (await world.AskAsync(AccessCalls.Evaluation, purpose.ToJsonString())).Slug());
        Assert.Equal("not-connected", (await world.AskAsync(AccessCalls.Evaluation, system.ToJsonString())).Slug());
    }

    [Fact]
    public async Task WithoutItsRecordAPermitIsNotGiven()
    {
        world.Consent.IsLogDown = true;

        var permitted = await AskAsync(Some.Aino);
        var denied = await AskAsync(Some.Onni);

        Assert.Equal((503, "log-unavailable"), (permitted.Status, permitted.Slug()));
        Assert.Equal(permitted.WithoutId(), denied.WithoutId());
        Assert.Contains("Retry-After", permitted.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTheConsentRoomNothingIsDecided()
    {
        world.Consent.IsDown = true;

        Assert.Equal((503, "log-unavailable"), ((await AskAsync(Some.Aino)) is var answer ? answer.Status : 0, answer.Slug()));
    }

    [Fact]
    public async Task AConsentWithdrawnBetweenDecisionAndRecordIsHonoured()
    {
        world.Consent.BeforeNextAppend = Withdraw;

        var answer = await AskAsync(Some.Aino);

        Assert.False(answer.Decision());
        Assert.Equal(LogEntryKind.Refusal, Assert.Single(world.Consent.Log).Entry.Kind);
    }

    [Fact]
    public async Task WhatNeverStandsStillIsNotDecided()
    {
        void Move()
        {
            world.Consent.Set(Some.Aino, static state => state);
            world.Consent.BeforeNextAppend = Move;
        }

        world.Consent.BeforeNextAppend = Move;

        var answer = await AskAsync(Some.Aino);

        Assert.Equal((503, "state-changing"), (answer.Status, answer.Slug()));
        Assert.Empty(world.Consent.Log);
    }

    [Fact]
    public async Task AnIdentifierStandsInNoRecordAndInNoAnswer()
    {
        var inReason = AccessCalls.Question(Some.Aino);
        inReason["context"]!["attestations"]!["necessity-statement"] = $"for {Some.Aino}";

        var refused = await world.AskAsync(AccessCalls.Evaluation, inReason.ToJsonString(), requestId: Some.Aino);
        var answer = await AskAsync(Some.Aino);

        Assert.Equal((400, "context.attestations"), (refused.Status, Some.Parse(refused.Body)["field"]!.GetValue<string>()));
        Assert.DoesNotContain(Some.Aino, refused.Everything + answer.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Aino, JsonSerializer.Serialize(world.Consent.Log.Select(static item => item.Entry), SisoteJson.Options), StringComparison.Ordinal);
    }

    private Task<RawAnswer> AskAsync(string client, string item = "exercise-restriction") =>
        world.AskAsync(AccessCalls.Evaluation, AccessCalls.Question(client, item).ToJsonString());

    private void Withdraw() => world.Consent.Set(Some.Aino, static state => state with { Consents = [] });

    /// <summary>May the record send one item of Aino to the counselling register?</summary>
    private static string Referral(string item)
    {
        var question = AccessCalls.Question(Some.Aino, item);
        question["action"]!["name"] = "notify";
        question["resource"]!["properties"]!["system"] = "kuopio-liikunta";
        question["context"]!["attestations"] = new JsonObject { ["relation-verified"] = true };
        return question.ToJsonString();
    }

    private static string Several(params string[] items)
    {
        var question = AccessCalls.Question(Some.Aino, "client");
        question["resource"]!["properties"]!["items"] = new JsonArray([.. items.Select(static item => (JsonNode)item)]);
        return question.ToJsonString();
    }

    private static ConsentRecord Prohibition() => Some.Consent("exercise-restriction") with { Id = "no-1", Type = ConsentType.Prohibition };
}
