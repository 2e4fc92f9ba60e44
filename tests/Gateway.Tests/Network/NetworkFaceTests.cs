// The network's face: who may ask and write, and what stands in the log of it.
using System.Net.Http.Headers;
using System.Text;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Network;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.Access;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Network;

public sealed class NetworkFaceTests : IAsyncLifetime
{
    private const string Offer =
        """
        {"name":{"fi":"Taideryhmä"},"category":"culture-wellbeing","level":"open","eligibility":{"fi":"Kaikille"},"freePlaces":4,"municipality":"kuopio","place":{"fi":"Taidemuseo"},"times":{"fi":"Tiistaisin"},"channel":"in-person","languages":["fi"]}
        """;

    private GatewayWorld world = null!;

    public async ValueTask InitializeAsync() => world = await GatewayWorld.OpenAsync();

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task WhatIsOfferedIsReadUnderTheRuleOfTheLawAndOnRecordBeforeItIsAnswered()
    {
        world.Consent.Network.Rows.AddRange([RowOf("pohjois-savo", "one"), RowOf("kuopio", "two")]);

        var answer = await world.GetAsync("network/offers?sector=health&free=true");

        Assert.Equal((200, 2), (answer.Status, Some.Parse(answer.Body)["rows"]!.AsArray().Count));
        Assert.Contains("Sisote-Receipt: ", answer.Headers, StringComparison.Ordinal);
        var question = Assert.IsType<NetworkQuestion>(Assert.Single(world.Consent.Network.Calls));
        Assert.Equal((NetworkKind.Offer, "health", true), (question.Kind, question.Sector!.Value.Value, question.Free));
        Assert.Equal([LogEntryKind.Disclosure, LogEntryKind.Use], world.Consent.Log.Select(static item => item.Entry.Kind).Order());
        Assert.All(world.Consent.Log, static item => Assert.Equal(("service-offer", "AG-02", true, null), (item.Entry.Items[0].Item.Value, item.Entry.Items[0].Rule!.Value.Value, item.Entry.Items[0].Released, item.Entry.Client)));
    }

    [Fact]
    public async Task WhereTheRuleIsOffNothingIsThereAndTheRefusalIsOnRecord()
    {
        await using var closed = await GatewayWorld.OpenAsync(deployment: Some.Deployment with { RulesOff = [RuleId.Parse("AG-02")] });
        closed.Consent.Network.Rows.Add(RowOf("pohjois-savo", "one"));

        var list = await closed.GetAsync("network/offers");
        var one = await closed.GetAsync("network/offers/one");
        closed.Consent.Network.Rows.Clear();
        var absent = await closed.GetAsync("network/offers/one");

        Assert.Equal((200, """{"rows":[],"more":false}"""), (list.Status, list.Body));
        Assert.Equal((404, "not-found"), (one.Status, one.Slug()));
        Assert.Equal(absent.WithoutId(), one.WithoutId());
        Assert.Equal(2, closed.Consent.Log.Count(static item => item.Entry.Kind == LogEntryKind.Refusal));
    }

    [Fact]
    public async Task ThatThereIsMoreIsSaid()
    {
        world.Consent.Network.Rows.Add(RowOf("pohjois-savo", "one"));
        world.Consent.Network.HasMore = true;

        Assert.True(Some.Parse((await world.GetAsync("network/offers")).Body)["more"]!.GetValue<bool>());
    }

    [Fact]
    public async Task AnOrganisationThatIsNotConnectedGivesNothing()
    {
        world.Consent.Network.Rows.AddRange([RowOf("unknown", "one"), RowOf("pohjois-savo", "two")]);

        var answer = await world.GetAsync("network/offers");

        Assert.Equal("two", Some.Parse(answer.Body)["rows"]!.AsArray().Single()!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task WithoutTheLogNothingIsAnswered()
    {
        world.Consent.Network.Rows.Add(RowOf("pohjois-savo", "one"));
        world.Consent.IsLogDown = true;

        var answer = await world.GetAsync("network/offers");

        Assert.Equal((503, "log-unavailable"), (answer.Status, answer.Slug()));
        Assert.DoesNotContain("Taideryhmä", answer.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyAConnectedSystemInARoleOfItsOwnComesIn()
    {
        var stranger = await world.GetAsync("network/offers", world.Token(role: "teacher"));
        var nobody = await world.GetAsync("network/offers", string.Empty);

        Assert.Equal([(403, "not-connected"), (401, "token-missing")], new[] { stranger, nobody }.Select(static answer => (answer.Status, answer.Slug())));
        Assert.Empty(world.Consent.Network.Calls);
        Assert.Equal("not-connected", Assert.Single(world.Consent.Log).Entry.Outcome);
    }

    [Theory]
    [InlineData("network/offers?who=me")]
    [InlineData("network/offers?free=perhaps")]
    [InlineData("network/offers?category=a&category=b")]
    [InlineData("network/contacts?unit=010190-901R")]
    [InlineData("network/offers?municipality=")]
    [InlineData("network/groups?municipality=kuopio")]
    [InlineData("network/groups?free=true")]
    [InlineData("network/contacts?municipality=kuopio")]
    [InlineData("network/contacts?category=peer-support")]
    [InlineData("network/units?free=true")]
    public async Task AParameterThatIsNotServedIsNotIgnored(string path)
    {
        var answer = await world.GetAsync(path);

        Assert.Equal((400, "parameter-unknown"), (answer.Status, answer.Slug()));
        Assert.Empty(world.Consent.Network.Calls);
    }

    [Fact]
    public async Task AnOfferIsWrittenInTheNameOfTheSystemOfTheTokenAndOfNobodyElse()
    {
        var written = await PutAsync("network/offers/one", Offer);
        var claimed = await PutAsync("network/offers/one", Offer.Insert(1, "\"organisation\":\"siilinjarvi\","));
        var places = await SendAsync(HttpMethod.Post, "network/offers/one/places", """{"free":0}""");
        var ended = await SendAsync(HttpMethod.Post, "network/offers/one/end", null);

        Assert.Equal([200, 400, 200, 200], new[] { written, claimed, places, ended }.Select(static answer => answer.Status));
        Assert.Equal("""{"id":"one","version":1}""", written.Body);
        Assert.Contains("receipt-of-a-change", written.Headers, StringComparison.Ordinal);
        var put = Assert.IsType<NetworkPut>(world.Consent.Network.Calls[0]);
        Assert.Equal(("kuopio-portal", "ohjaaja-salmi", "exercise-counsellor"), (put.By.System.Value, put.By.Professional.Value, put.By.Role.Value));
        Assert.Equal((4, 0), (put.Offer!.FreePlaces, Assert.IsType<NetworkPlaces>(world.Consent.Network.Calls[1]).Free));
        Assert.Equal(NetworkKind.Offer, Assert.IsType<NetworkEnd>(world.Consent.Network.Calls[2]).Kind);
    }

    [Theory]
    [InlineData(NetworkOutcome.Absent, 404, "not-found")]
    [InlineData(NetworkOutcome.Malformed, 400, "request-malformed")]
    [InlineData(NetworkOutcome.Taken, 409, "id-taken")]
    [InlineData(NetworkOutcome.Ended, 409, "wrong-state")]
    [InlineData(NetworkOutcome.NotRegistered, 422, "soteri-missing")]
    [InlineData(NetworkOutcome.NamesAPerson, 422, "person-in-text")]
    public async Task WhyAChangeIsNotTakenIsSaidByName(NetworkOutcome outcome, int status, string slug)
    {
        world.Consent.Network.Answer = new NetworkAnswer { Outcome = outcome, Field = "soteri" };

        var answer = await PutAsync("network/offers/one", Offer);

        Assert.Equal((status, slug), (answer.Status, answer.Slug()));
    }

    [Fact]
    public async Task WhatIsNotOneStrictJsonObjectOfTheRightKindIsNotHandedOn()
    {
        foreach (var body in new[] { string.Empty, "[]", "{}", Offer + "x", Offer.Replace("\"level\"", "\"Level\"", StringComparison.Ordinal), Offer.Replace("4", "\"4\"", StringComparison.Ordinal) })
        {
            Assert.Equal((400, "request-malformed"), (await PutAsync("network/offers/one", body)) switch { var answer => (answer.Status, answer.Slug()) });
        }

        Assert.Equal(415, (await PutAsync("network/offers/one", Offer, "text/plain")).Status);
        Assert.Empty(world.Consent.Network.Calls);
    }

    [Fact]
    public async Task AnAddressOrMethodThatIsNotThereIsAProblemToo()
    {
        var place = await world.GetAsync("network/people");
        var method = await SendAsync(HttpMethod.Delete, "network/offers/one", null);

        Assert.Equal([(404, "not-served"), (405, "method-not-allowed")], new[] { place, method }.Select(static answer => (answer.Status, answer.Slug())));
    }

    [Fact]
    public async Task CoverageNamesEachMunicipalityWithoutARepresentative()
    {
        world.Consent.Network.Rows.Add(RowOf("pohjois-savo", "alueryhma") with
        {
            Kind = NetworkKind.Group,
            Offer = null,
            Group = new GroupSaid
            {
                Name = new Wording { Fi = "Alueryhmä" },
                Convener = OrganisationId.Parse("pohjois-savo"),
                Level = "county",
                IsStatutory = true,
                Mandate = "1287/2013",
                Tasks = [new Wording { Fi = "Suunnittelee" }],
                Area = ["kuopio", "siilinjarvi"],
                Members = [new GroupMember(ProfessionalId.Parse("johtaja-1"), OrganisationId.Parse("kuopio"), "kuopio")],
            },
        });

        var answer = Some.Parse((await world.GetAsync("network/groups/alueryhma/coverage")).Body)["municipalities"]!.AsArray();

        Assert.Equal([("kuopio", false), ("siilinjarvi", true)], answer.Select(static one => (one!["municipality"]!.GetValue<string>(), one["isGap"]!.GetValue<bool>())));
        Assert.Equal("AG-03", Assert.Single(world.Consent.Log).Entry.Items[0].Rule!.Value.Value);
    }

    private static NetworkRow RowOf(string organisation, string id) => new()
    {
        Kind = NetworkKind.Offer,
        Id = id,
        Version = 1,
        Organisation = OrganisationId.Parse(organisation),
        From = DateTimeOffset.UnixEpoch,
        RecordedAt = DateTimeOffset.UnixEpoch,
        Offer = new OfferSaid
        {
            Name = new Wording { Fi = "Taideryhmä" },
            Category = "culture-wellbeing",
            Level = "open",
            Eligibility = new Wording { Fi = "Kaikille" },
            Place = new Wording { Fi = "Taidemuseo" },
            Times = new Wording { Fi = "Tiistaisin" },
            Channel = "in-person",
            Languages = ["fi"],
        },
    };

    private Task<RawAnswer> PutAsync(string path, string body, string type = "application/json") => SendAsync(HttpMethod.Put, path, body, type);

    private Task<RawAnswer> SendAsync(HttpMethod method, string path, string? body, string type = "application/json")
    {
        var request = new HttpRequestMessage(method, new Uri(world.Address, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        return world.SendAsync(request);
    }
}
