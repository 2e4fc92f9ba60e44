// The network's face: indicators, phenomena and statements.
using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Network;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.Access;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Network;

public sealed class FigureFaceTests : IAsyncLifetime
{
    private const string Report = """{"category":"sleep","group":"grade-9","area":"kuopio","text":"Unettomuus on lisääntynyt."}""";

    private GatewayWorld world = null!;

    public async ValueTask InitializeAsync() => world = await GatewayWorld.OpenAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task FiguresGoUnderTheRuleForIndicatorsAndAreOnRecordBeforeTheyAreAnswered()
    {
        world.Consent.Network.Figures = Figures("pohjois-savo");

        var answer = await world.GetAsync("network/indicators/participants/figures?period=2025-10&by=municipality");

        Assert.Equal(200, answer.Status);
        Assert.Contains("""{"cell":{"municipality":"kuopio"},"shown":"under 5 or hidden with one that is"}""", answer.Body, StringComparison.Ordinal);
        Assert.Equal("participants 2025-10 municipality", Assert.Single(world.Consent.Network.Calls));
        var entry = Assert.Single(world.Consent.Log).Entry;
        Assert.Equal((LogEntryKind.Disclosure, "aggregate-indicator", "AG-01", true), (entry.Kind, entry.Items[0].Item.Value, entry.Items[0].Rule!.Value.Value, entry.Items[0].Released));
        Assert.Contains("min-cell-5", entry.Obligations);
    }

    [Fact]
    public async Task WhereTheRuleForIndicatorsIsOffFiguresAreAsIfThereWereNone()
    {
        await using var closed = await GatewayWorld.OpenAsync(deployment: Some.Deployment with { RulesOff = [RuleId.Parse("AG-01")] });
        closed.Consent.Network.Figures = Figures("pohjois-savo");

        var denied = await closed.GetAsync("network/indicators/participants/figures?period=2025-10");
        closed.Consent.Network.Figures = null;
        var absent = await closed.GetAsync("network/indicators/participants/figures?period=2025-10");

        Assert.Equal((404, "not-found"), (denied.Status, denied.Slug()));
        Assert.Equal(absent.WithoutId(), denied.WithoutId());
        Assert.Equal(LogEntryKind.Refusal, Assert.Single(closed.Consent.Log).Entry.Kind);
    }

    [Fact]
    public async Task StatementsAreAskedForInTheNameOfTheSystemOfTheToken()
    {
        var list = await world.GetAsync("network/statements");
        var one = await world.GetAsync("network/statements/abc");
        var own = await world.GetAsync("network/phenomena?own=true");

        Assert.Equal([200, 404, 200], new[] { list, one, own }.Select(static answer => answer.Status));
        Assert.Equal(["kuopio-portal ", "kuopio-portal abc", "phenomena kuopio-portal"], world.Consent.Network.Calls);
    }

    [Fact]
    public async Task ATextAboutAPersonComesBackWithThePlacesMarkedAndWithoutItsWords()
    {
        world.Consent.Network.Answer = new NetworkAnswer { Outcome = NetworkOutcome.NamesAPerson, Field = "text", Marks = [new TextMark(4, 5, "name")] };

        var answer = await SendAsync(HttpMethod.Put, "network/phenomena/one", Report);

        Assert.Equal((422, "person-in-text"), (answer.Status, answer.Slug()));
        Assert.Contains("\"field\":\"text\",\"marks\":[{\"start\":4,\"length\":5,\"kind\":\"name\"}]", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Unettomuus", answer.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountsAreHandedOnInTheNameOfTheTokenAndNothingElseWithThem()
    {
        var taken = await SendAsync(HttpMethod.Post, "network/indicators/participants/counts", """{"month":"2025-10","counts":[{"codes":["kuopio"],"persons":7}]}""");
        var claimed = await SendAsync(HttpMethod.Post, "network/indicators/participants/counts", """{"month":"2025-10","organisation":"siilinjarvi","counts":[]}""");
        var named = await SendAsync(HttpMethod.Post, "network/indicators/participants/counts", """{"month":"2025-10","counts":[{"codes":["kuopio"],"persons":1,"names":["Aino"]}]}""");

        Assert.Equal([200, 400, 400], new[] { taken, claimed, named }.Select(static answer => answer.Status));
        var command = Assert.IsType<NetworkCommand<DeliverCounts>>(Assert.Single(world.Consent.Network.Calls));
        Assert.Equal(("kuopio-portal", "participants", 7L), (command.By.System.Value, command.Id, command.Said.Counts.Single().Persons));
    }

    [Fact]
    public async Task AnIndicatorIsDefinedUnderItsOwnAddress()
    {
        const string Definition = """{"id":"other","name":{"fi":"a","sv":"a","en":"a"},"meaning":{"fi":"a","sv":"a","en":"a"},"validFrom":"2025-01","sources":["kuopio"]}""";

        var answer = await SendAsync(HttpMethod.Put, "network/indicators/participants", Definition);

        Assert.Equal((400, "request-malformed", "id"), (answer.Status, answer.Slug(), Some.Parse(answer.Body)["field"]!.GetValue<string>()));
        Assert.Empty(world.Consent.Network.Calls);
    }

    [Theory]
    [InlineData("010190-999W", "age", "child", "id")]
    [InlineData("participants", "010190-999W", "child", "dimensions")]
    [InlineData("participants", "age", "010190-999w", "dimensions")]
    public async Task NoCodeOfAnIndicatorIsAnIdentityCode(string id, string dimension, string code, string field)
    {
        var answer = await SendAsync(HttpMethod.Put, $"network/indicators/{id}", $$$"""{"id":"{{{id}}}","name":{"fi":"a","sv":"a","en":"a"},"meaning":{"fi":"a","sv":"a","en":"a"},"dimensions":[{"id":"{{{dimension}}}","name":{"fi":"a","sv":"a","en":"a"},"codes":["{{{code}}}"]}],"validFrom":"2025-01","sources":["kuopio"]}""");

        Assert.Equal((422, "person-in-text", field), (answer.Status, answer.Slug(), Some.Parse(answer.Body)["field"]!.GetValue<string>()));
        Assert.DoesNotContain("010190", answer.Body, StringComparison.Ordinal);
        Assert.Empty(world.Consent.Network.Calls);
    }

    [Theory]
    [InlineData("network/indicators/participants/figures")]
    [InlineData("network/indicators/participants/figures?period=2025-10&person=aino")]
    [InlineData("network/indicators/participants/figures?period=2025-10&by=%26id=x")]
    [InlineData("network/indicators?id=x")]
    [InlineData("network/phenomena?own=true&own=false")]
    [InlineData("network/statements?system=other")]
    public async Task AParameterThatIsNotServedIsNotIgnored(string path)
    {
        var answer = await world.GetAsync(path);

        Assert.Equal((400, "parameter-unknown"), (answer.Status, answer.Slug()));
        Assert.Empty(world.Consent.Network.Calls);
    }

    [Theory]
    [InlineData("POST", "indicators/participants/counts", """{"month":"2025-10","counts":[null]}""", "counts")]
    [InlineData("POST", "indicators/participants/counts", """{"month":"2025-10","counts":[{"codes":[null],"persons":1}]}""", "counts")]
    [InlineData("PUT", "indicators/participants", """{"id":"participants","name":{"fi":"a","sv":"a","en":"a"},"meaning":{"fi":"a","sv":"a","en":"a"},"dimensions":[null],"validFrom":"2025-01","sources":["kuopio"]}""", "dimensions")]
    [InlineData("PUT", "statements/one", """{"title":"a","text":"a","to":"kuopio","figures":[null]}""", "figures")]
    [InlineData("PUT", "offers/one", """{"name":{"fi":"a"},"category":"culture-wellbeing","level":"open","eligibility":{"fi":"a"},"place":{"fi":"a"},"times":{"fi":"a"},"channel":"in-person","languages":[null]}""", "languages")]
    [InlineData("PUT", "phenomena/one", """{"category":"sleep","group":"grade-9","area":"kuopio","text":"a\u0000b"}""", "text")]
    [InlineData("POST", "phenomena/one/answers", """{"text":"a\u001bb"}""", "text")]
    [InlineData("PUT", "statements/one", """{"title":"a\u0000b","text":"a","to":"kuopio"}""", "title")]
    [InlineData("PUT", "offers/one", """{"name":{"fi":"a\u0085"},"category":"culture-wellbeing","level":"open","eligibility":{"fi":"a"},"place":{"fi":"a"},"times":{"fi":"a"},"channel":"in-person","languages":["fi"]}""", "name")]
    public async Task ANullInAListAndAControlCharacterAreRefusedBeforeAnybodyIsAsked(string method, string path, string body, string field)
    {
        var answer = await SendAsync(new HttpMethod(method), "network/" + path, body);

        Assert.Equal((400, "request-malformed", field), (answer.Status, answer.Slug(), Some.Parse(answer.Body)["field"]?.GetValue<string>()));
        Assert.Empty(world.Consent.Network.Calls);
    }

    [Fact]
    public async Task ATextMayHaveLines() => Assert.Equal(200, (await SendAsync(HttpMethod.Put, "network/phenomena/one", Report.Replace("on l", "on\\nl", StringComparison.Ordinal))).Status);

    internal static IndicatorFigures Figures(string owner)
    {
        var text = new LocalisedText { Fi = "a", Sv = "a", En = "a" };
        return new IndicatorFigures
        {
            Id = "participants",
            Period = "2025-10",
            Definition = new IndicatorVersion
            {
                Version = 1,
                Owner = OrganisationId.Parse(owner),
                Unit = "persons",
                RecordedAt = DateTimeOffset.UnixEpoch,
                Definition = new DefineIndicator { Id = "participants", Name = text, Meaning = text, ValidFrom = "2025-01", Sources = [OrganisationId.Parse("kuopio")] },
            },
            PublishedAt = DateTimeOffset.UnixEpoch,
            Sources = [OrganisationId.Parse("kuopio")],
            Smallest = 5,
            Hidden = text,
            Figures = [new IndicatorFigure { Cell = ImmutableSortedDictionary<string, string>.Empty.Add("municipality", "kuopio"), Shown = "under 5 or hidden with one that is" }],
        };
    }

    private Task<RawAnswer> SendAsync(HttpMethod method, string path, string body)
    {
        var request = new HttpRequestMessage(method, new Uri(world.Address, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Token());
        return world.SendAsync(request);
    }
}
