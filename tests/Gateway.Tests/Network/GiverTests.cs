// The network's face: whose words and figures go, decided for each who gives them.
using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Network;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.Access;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Network;

public sealed class GiverTests
{
    private const string Asked = """{"title":"Otsikko","text":"Kysymys","to":"siilinjarvi","figures":[{"indicator":"participants","period":"2025-10"}]}""";

    [Fact]
    public async Task ARequestForAStatementTakesFiguresAlongUnderTheRuleForIndicatorsAndOnRecord()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.Network.Figures = FigureFaceTests.Figures("pohjois-savo");

        var answer = await AskAsync(world, Asked);

        Assert.Equal((200, 2), (answer.Status, ReceiptsIn(answer)));
        Assert.IsType<NetworkCommand<AskStatement>>(world.Consent.Network.Calls[^1]);
        var entry = Assert.Single(world.Consent.Log).Entry;
        Assert.Equal((LogEntryKind.Disclosure, "aggregate-indicator", "AG-01"), (entry.Kind, entry.Items[0].Item.Value, entry.Items[0].Rule!.Value.Value));
    }

    [Fact]
    public async Task FiguresThatTheirOwnerMayNotGiveAreForARequestAsIfThereWereNone()
    {
        await using var closed = await GatewayWorld.OpenAsync(deployment: Off("AG-01"));
        closed.Consent.Network.Figures = FigureFaceTests.Figures("pohjois-savo");

        var denied = await AskAsync(closed, Asked);
        closed.Consent.Network.Figures = null;
        var absent = await AskAsync(closed, Asked);
        var odd = await AskAsync(closed, Asked.Replace("2025-10", "2025-10&by=x", StringComparison.Ordinal));

        Assert.Equal((404, "not-found"), (denied.Status, denied.Slug()));
        Assert.Equal([absent.WithoutId(), absent.WithoutId()], [denied.WithoutId(), odd.WithoutId()]);
        Assert.DoesNotContain(closed.Consent.Network.Calls, static call => call is NetworkCommand<AskStatement>);
        Assert.Equal(LogEntryKind.Refusal, Assert.Single(closed.Consent.Log).Entry.Kind);
    }

    [Fact]
    public async Task AttachedFiguresAreReadUnderTheRuleForIndicatorsAndElseLeftOut()
    {
        await using var world = await GatewayWorld.OpenAsync();
        await using var closed = await GatewayWorld.OpenAsync(deployment: Off("AG-01"));
        foreach (var one in new[] { world, closed })
        {
            one.Consent.Network.Statements.Add(Statement("pohjois-savo", "kuopio", PartOf("request", "pohjois-savo") with { Figures = [FigureFaceTests.Figures("siilinjarvi")] }));
        }

        var shown = await world.GetAsync("network/statements/one");
        var without = await closed.GetAsync("network/statements/one");

        Assert.Equal(["AG-01", "AG-03"], world.Consent.Log.Select(static item => item.Entry.Items[0].Rule!.Value.Value).Order(StringComparer.Ordinal));
        Assert.Single(PartsOf(shown)[0]!["figures"]!.AsArray());
        Assert.Empty(PartsOf(without)[0]!["figures"]!.AsArray());
        Assert.Equal("request by pohjois-savo", PartsOf(without)[0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task AnAnswerGoesByTheDecisionForWhoWroteIt()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.Network.Statements.Add(Statement("pohjois-savo", "unknown", PartOf("request", "pohjois-savo"), PartOf("answer", "unknown")));

        Assert.Equal("request", Assert.Single(PartsOf(await world.GetAsync("network/statements/one")))!["kind"]!.GetValue<string>());

        world.Consent.Network.Statements[0] = Statement("unknown", "pohjois-savo", PartOf("request", "unknown"), PartOf("answer", "pohjois-savo"));
        Assert.Equal(404, (await world.GetAsync("network/statements/one")).Status);
    }

    [Fact]
    public async Task OfAPhenomenonEachTextGoesByTheDecisionForItsWriterAndNoWriterIsSaid()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.Network.Phenomena.Add(Phenomenon("unknown", "kuopio", "pohjois-savo") with { Steps = [StepOf("escalated", "kuopio"), StepOf("answered", "unknown")] });
        world.Consent.Network.Phenomena.Add(Phenomenon("unknown"));

        var answer = await world.GetAsync("network/phenomena");

        var one = Assert.Single(Some.Parse(answer.Body)["phenomena"]!.AsArray())!;
        Assert.Equal(["seen by kuopio", "seen by pohjois-savo"], one["texts"]!.AsArray().Select(static text => text!.GetValue<string>()));
        Assert.Equal((2, 2, "kuopio", "escalated"), (one["reports"]!.GetValue<int>(), one["sources"]!.GetValue<int>(), one["from"]!.GetValue<string>(), one["state"]!.GetValue<string>()));
        Assert.DoesNotContain("unknown", answer.Body, StringComparison.Ordinal);
        Assert.Equal(2, world.Consent.Log.Count);
    }

    [Fact]
    public async Task AListIsNarrowedToOneOrganisationAndDecidedForThatAlone()
    {
        await using var world = await GatewayWorld.OpenAsync();
        world.Consent.Network.Phenomena.Add(Phenomenon("kuopio", "pohjois-savo"));

        var one = await world.GetAsync("network/phenomena?organisation=pohjois-savo");
        var odd = await world.GetAsync("network/phenomena?organisation=a,b");

        Assert.Equal(["seen by pohjois-savo"], Some.Parse(one.Body)["phenomena"]![0]!["texts"]!.AsArray().Select(static text => text!.GetValue<string>()));
        Assert.Single(world.Consent.Log);
        Assert.Equal((400, "parameter-unknown"), (odd.Status, odd.Slug()));
    }

    [Fact]
    public async Task OneCallIsAnsweredFromABoundedNumberOfOrganisationsAndItsHeadersHoldABoundedNumberOfReceipts()
    {
        string[] names = [.. Enumerable.Range(10, 30).Select(static number => $"municipality-{number}")];
        await using var world = await GatewayWorld.OpenAsync(deployment: Some.Deployment with
        {
            Organisations = [.. Some.Deployment.Organisations, .. names.Select(static name => Some.Deployment.Organisations[2] with { Id = OrganisationId.Parse(name) })],
            Systems = [.. Some.Deployment.Systems, .. names.Select(static name => Some.Deployment.Systems[3] with { Id = SystemId.Parse($"{name}-portal"), Organisation = OrganisationId.Parse(name) })],
        });
        world.Consent.Network.Phenomena.AddRange(names.Select(static name => Phenomenon(name)));

        var answer = await world.GetAsync("network/phenomena");

        var body = Some.Parse(answer.Body);
        Assert.Equal((25, true), (body["phenomena"]!.AsArray().Count, body["more"]!.GetValue<bool>()));
        Assert.Equal(25, world.Consent.Log.Count);
        Assert.Equal(8, ReceiptsIn(answer));
        Assert.Contains("Sisote-Receipts-More: 17", answer.Headers, StringComparison.Ordinal);
    }

    private static Deployment Off(string rule) => Some.Deployment with { RulesOff = [RuleId.Parse(rule)] };

    private static int ReceiptsIn(RawAnswer answer) => answer.Headers.Split("receipt-").Length - 1;

    private static System.Text.Json.Nodes.JsonArray PartsOf(RawAnswer answer) => Some.Parse(answer.Body)["parts"]!.AsArray();

    private static StatementShown Statement(string from, string to, params ImmutableArray<StatementPart> parts) =>
        new() { Id = "one", From = OrganisationId.Parse(from), To = OrganisationId.Parse(to), Title = "Otsikko", State = "answered", Parts = parts };

    private static StatementPart PartOf(string kind, string by) =>
        new() { Kind = kind, By = OrganisationId.Parse(by), At = DateTimeOffset.UnixEpoch, Text = $"{kind} by {by}", Figures = [], Digest = "0" };

    private static PhenomenonRow Phenomenon(params string[] by) => new()
    {
        Id = "one",
        Category = "sleep",
        Group = "grade-9",
        Area = "kuopio",
        Reports = [.. by.Select(static name => new PhenomenonReport(OrganisationId.Parse(name), DateTimeOffset.UnixEpoch, $"seen by {name}"))],
        Steps = [],
    };

    private static PhenomenonStep StepOf(string kind, string by) => new() { Kind = kind, Group = "some-group", By = OrganisationId.Parse(by), At = DateTimeOffset.UnixEpoch, Text = kind };

    private static Task<RawAnswer> AskAsync(GatewayWorld world, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, new Uri(world.Address, "network/statements/one")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Token());
        return world.SendAsync(request);
    }
}
