// The network's registers: units, contacts, offers and groups, whose they are, and what is found of them on which day.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Network;

public sealed class NetworkTests(PostgresFixture postgres)
{
    private static readonly SectorId Culture = SectorId.Parse("municipal-culture");
    private static readonly SectorId Health = SectorId.Parse("health");

    private static OfferSaid ArtGroup { get; } = new()
    {
        Name = new Wording { Fi = "Taideryhmä", Sv = "Konstgrupp" },
        Category = "culture-wellbeing",
        Level = "open",
        Eligibility = new Wording { Fi = "Kaikille aikuisille" },
        FreePlaces = 4,
        Municipality = "kuopio",
        Place = new Wording { Fi = "Taidemuseo" },
        Times = new Wording { Fi = "Tiistaisin klo 14" },
        Channel = "in-person",
        Languages = ["fi", "sv"],
    };

    private static UnitSaid CultureUnit { get; } = new()
    {
        Name = new Wording { Fi = "Kulttuurihyvinvointi" },
        Task = new Wording { Fi = "Sovittaa yhteen taiteen ja hoivan" },
        Referral = new Wording { Fi = "Kuka tahansa ammattilainen; itse voi myös tulla" },
        Basis = "166/2019 3 §",
        Municipality = "kuopio",
    };

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnOfferIsFoundAtOnceBySectorMunicipalityCategoryAndFreePlaces(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var id = Some.Id();
        var written = await PutAsync(room, Culture, id, ArtGroup);
        await PutAsync(room, Culture, Some.Id(), ArtGroup with { FreePlaces = 0, Municipality = "siilinjarvi" });
        await PutAsync(room, Culture, Some.Id(), ArtGroup with { FreePlaces = null, Municipality = null, Category = "peer-support" });

        Assert.Equal((NetworkOutcome.Done, 1L, id), (written.Outcome, written.Version, written.Id));
        Assert.NotNull(written.Receipt);
        foreach (var (question, count) in new[]
        {
            (Offers, 3), (Offers with { Municipality = "kuopio" }, 2), (Offers with { Municipality = "siilinjarvi" }, 2), (Offers with { Sector = Health }, 0), (Offers with { Sector = Culture }, 3),
            (Offers with { Category = "peer-support" }, 1), (Offers with { Free = true }, 2), (Offers with { Free = true, Category = "culture-wellbeing" }, 1), (Offers with { Id = id }, 1),
        })
        {
            Assert.Equal(count, await CountAsync(room, question));
        }

        var found = (await FindAsync(room, Offers with { Id = id })).Rows.Single();
        Assert.Equal((WholeLaw.OrganisationOf(Culture), Culture, "Konstgrupp"), (found.Organisation, found.Sector!.Value, found.Offer!.Name.In("sv")));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FreePlacesChangeAndWhatHasEndedIsNotFoundButStaysReadable(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var id = Some.Id();
        await PutAsync(room, Culture, id, ArtGroup);

        var places = await PostAsync<NetworkAnswer>(room.Gateway, "network/places", new NetworkPlaces(By(Culture), id, 0));
        var full = await CountAsync(room, Offers with { Free = true });
        var ended = await PostAsync<NetworkAnswer>(room.Gateway, "network/end", new NetworkEnd(By(Culture), NetworkKind.Offer, id));
        var again = await PostAsync<NetworkAnswer>(room.Gateway, "network/end", new NetworkEnd(By(Culture), NetworkKind.Offer, id));
        var late = await PutAsync(room, Culture, id, ArtGroup);

        Assert.Equal((NetworkOutcome.Done, 2L, 0), (places.Outcome, places.Version, full));
        Assert.Equal((NetworkOutcome.Done, NetworkOutcome.Ended, NetworkOutcome.Ended), (ended.Outcome, again.Outcome, late.Outcome));
        Assert.Equal(0, await CountAsync(room, Offers));
        var history = await (await room.Operator.GetAsync($"network/history/{id}")).ReadAsync<NetworkFound>();
        Assert.Equal([(3L, 0), (2L, 0), (1L, 4)], history.Rows.Select(static row => (row.Version, row.Offer!.FreePlaces!.Value)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnOrganisationWritesItsOwnRowsAloneAndAnothersAreNotThereForIt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var id = Some.Id();
        await PutAsync(room, Culture, id, ArtGroup);
        var sports = SectorId.Parse("municipal-sports");

        var changed = await PutAsync(room, sports, id, ArtGroup with { FreePlaces = 99 });
        var places = await PostAsync<NetworkAnswer>(room.Gateway, "network/places", new NetworkPlaces(By(sports), id, 99));
        var ended = await PostAsync<NetworkAnswer>(room.Gateway, "network/end", new NetworkEnd(By(sports), NetworkKind.Offer, id));
        var otherKind = await PostAsync<NetworkAnswer>(room.Gateway, "network/end", new NetworkEnd(By(Culture), NetworkKind.Unit, id));
        var unknown = await PostAsync<NetworkAnswer>(room.Gateway, "network/places", new NetworkPlaces(By(Culture) with { System = SystemId.Parse("unknown") }, id, 99));

        Assert.Equal(
            [NetworkOutcome.Taken, NetworkOutcome.Absent, NetworkOutcome.Absent, NetworkOutcome.Absent, NetworkOutcome.Absent],
            [changed.Outcome, places.Outcome, ended.Outcome, otherKind.Outcome, unknown.Outcome]);
        Assert.Equal(4, (await FindAsync(room, Offers)).Rows.Single().Offer!.FreePlaces);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AContactIsFoundOnlyOnTheDaysOnWhichItIsValid(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        room.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 31, 12, 0, 0, TimeSpan.Zero));
        var (unit, contact) = (Some.Id(), Some.Id());
        await PutAsync(room, Culture, unit, CultureUnit);
        var written = await PutAsync(room, Culture, contact, Contact(unit) with { FirstDay = new DateOnly(2027, 2, 1), LastDay = new DateOnly(2027, 2, 28) });

        Assert.Equal(NetworkOutcome.Done, written.Outcome);
        foreach (var (at, count) in new[]
        {
            ("2027-01-31T21:59:59.999Z", 0), ("2027-01-31T22:00:00.000Z", 1), ("2027-02-28T21:59:59.999Z", 1), ("2027-02-28T22:00:00.000Z", 0),
        })
        {
            room.Clock.SetUtcNow(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(count, await CountAsync(room, new NetworkQuestion { Kind = NetworkKind.Contact, Unit = unit }));
        }

        Assert.Equal("166/2019 3 §", (await FindAsync(room, new NetworkQuestion { Kind = NetworkKind.Unit })).Rows.Single().Unit!.Basis);
    }

    [Fact]
    public async Task AContactBelongsToAUnitOfItsOwnOrganisation()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var unit = Some.Id();
        await PutAsync(room, Culture, unit, CultureUnit);

        var foreign = await PutAsync(room, SectorId.Parse("municipal-sports"), Some.Id(), Contact(unit));
        var none = await PutAsync(room, Culture, Some.Id(), Contact(Some.Id()));

        Assert.Equal((NetworkOutcome.Malformed, "unit", NetworkOutcome.Malformed), (foreign.Outcome, foreign.Field, none.Outcome));
    }

    [Fact]
    public async Task ASocialOrHealthProviderWithoutASoteriNumberIsNotPublished()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);

        var bySector = await PutAsync(room, Health, Some.Id(), ArtGroup);
        var byCategory = await PutAsync(room, SectorId.Parse("company"), Some.Id(), ArtGroup with { Category = "social-service" });
        var registered = await PutAsync(room, Health, Some.Id(), ArtGroup with { Soteri = "2026/17" });

        Assert.Equal([(NetworkOutcome.NotRegistered, "soteri"), (NetworkOutcome.NotRegistered, "soteri"), (NetworkOutcome.Done, null)], new[] { bySector, byCategory, registered }.Select(static one => (one.Outcome, one.Field)));
        Assert.Equal("2026/17", (await FindAsync(room, Offers)).Rows.Single().Offer!.Soteri);
    }

    [Fact]
    public async Task ATextThatNamesAPersonByIdentityCodeIsNotKept()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);

        var told = await PutAsync(room, Culture, Some.Id(), ArtGroup with { Eligibility = new Wording { Fi = "Sopii hänelle: 010190-999w" } });

        Assert.Equal((NetworkOutcome.NamesAPerson, "eligibility"), (told.Outcome, told.Field));
        Assert.Equal(0, await CountAsync(room, Offers));
    }

    [Theory]
    [InlineData("010190\u2011999W"), InlineData("010190\u2013999W"), InlineData("010190\u2212999W"), InlineData("010190 -999W"), InlineData("0101\n90-999W"), InlineData("010190\u00AD-999W"), InlineData("\uFF10\uFF11\uFF10\uFF11\uFF19\uFF10-999W")]
    public async Task AnIdentityCodeIsFoundHoweverItIsWritten(string code)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);

        var told = await PutAsync(room, Culture, Some.Id(), ArtGroup with { Eligibility = new Wording { Fi = $"Sopii hänelle: {code}" } });

        Assert.Equal((NetworkOutcome.NamesAPerson, "eligibility"), (told.Outcome, told.Field));
    }

    [Fact]
    public async Task NoIdentityCodePassesForACode()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);

        var offer = await PutAsync(room, Culture, Some.Id(), ArtGroup with { Municipality = "010190-999w" });
        var unit = await PutAsync(room, Culture, Some.Id(), CultureUnit with { Municipality = "010190-999w" });
        using var area = await room.Operator.PostAsJsonAsync("network/groups/alueryhma", Group with { Area = ["010190-999w"], Members = [] }, SisoteJson.Options);
        using var id = await room.Operator.PostAsJsonAsync("network/groups/010190-999W", Group, SisoteJson.Options);

        Assert.Equal(("municipality", "municipality"), (offer.Field, unit.Field));
        Assert.Equal(("invalid-request", "invalid-request"), (await area.SlugAsync(), await id.SlugAsync()));
    }

    [Fact]
    public async Task AFaultyOfferIsRefusedAndItsMemberNamed()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        (OfferSaid Offer, string Field)[] faulty =
        [
            (ArtGroup with { Name = new Wording() }, "name"), (ArtGroup with { Category = "gambling" }, "category"), (ArtGroup with { Level = "hard" }, "level"),
            (ArtGroup with { FreePlaces = -1 }, "freePlaces"), (ArtGroup with { Municipality = "Kuopio, keskusta" }, "municipality"), (ArtGroup with { Place = new Wording { En = "\0" } }, "place"),
            (ArtGroup with { Channel = "by-owl" }, "channel"), (ArtGroup with { Languages = [] }, "languages"), (ArtGroup with { Unit = "1" }, "unit"), (ArtGroup with { Soteri = "<b>" }, "soteri"),
            (ArtGroup with { FirstDay = new DateOnly(2027, 2, 1), LastDay = new DateOnly(2027, 1, 31) }, "lastDay"),
        ];

        foreach (var (offer, field) in faulty)
        {
            var answer = await PutAsync(room, Culture, Some.Id(), offer);
            Assert.Equal((NetworkOutcome.Malformed, field), (answer.Outcome, answer.Field));
        }

        Assert.Equal("id", (await PutAsync(room, Culture, "no-fresh-id", ArtGroup)).Field);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EveryChangeStandsInTheLogWithItsWriter(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var id = Some.Id();
        await PutAsync(room, Culture, id, ArtGroup);
        await PutAsync(room, Culture, id, ArtGroup with { Level = "beginner" });
        await PostAsync<NetworkAnswer>(room.Gateway, "network/places", new NetworkPlaces(By(Culture), id, 1));
        await PostAsync<NetworkAnswer>(room.Gateway, "network/end", new NetworkEnd(By(Culture), NetworkKind.Offer, id));

        var officer = room.Person(PersonKind.DataProtectionOfficer, WholeLaw.OrganisationOf(Culture).Value, "dpo-1");
        var rows = (await (await officer.GetAsync("/log?kind=agreement-change")).ReadAsync<LogPage>()).Rows;

        Assert.Equal(["offer-ended", "offer-places", "offer-changed", "offer-recorded"], rows.Select(static row => row.Outcome));
        Assert.All(rows, row => Assert.Equal(id, row.Concerns));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AGroupShowsEachMunicipalityWithItsRepresentativeOrAGap(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        using var recorded = await room.Operator.PostAsJsonAsync("network/groups/alueryhma", Group, SisoteJson.Options);
        using var faulty = await room.Operator.PostAsJsonAsync("network/groups/alueryhma", Group with { Members = [Group.Members[0] with { Municipality = "helsinki" }] }, SisoteJson.Options);

        Assert.Equal((HttpStatusCode.OK, "invalid-request"), (recorded.StatusCode, await faulty.SlugAsync()));
        var found = (await FindAsync(room, new NetworkQuestion { Kind = NetworkKind.Group, Id = "alueryhma" })).Rows.Single().Group!;
        var coverage = GroupCoverage.Of("alueryhma", found, new DateOnly(2027, 6, 1)).Municipalities;
        Assert.Equal([("kuopio", false), ("siilinjarvi", true), ("leppavirta", false)], coverage.Select(static one => (one.Municipality, one.IsGap)));
        Assert.Equal("kuraattori-1", coverage[0].Members.Single().Professional.Value);
    }

    [Theory, InlineData("tasks"), InlineData("area"), InlineData("members")]
    public async Task AGroupWithANullInAListIsRefused(string member)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var group = System.Text.Json.JsonSerializer.SerializeToNode(Group, SisoteJson.Options)!.AsObject();
        group[member]!.AsArray().Add(null);

        using var answer = await room.Operator.PostAsJsonAsync("network/groups/alueryhma", group);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task ASeatInAGroupChangesNothingThatDecides()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var before = await room.StateAsync(Some.Aino);

        using var recorded = await room.Operator.PostAsJsonAsync("network/groups/alueryhma", Group, SisoteJson.Options);

        var after = await room.StateAsync(Some.Aino);
        Assert.Equal(HttpStatusCode.OK, recorded.StatusCode);
        Assert.Equal((before.State.Revision, before.State.AgreementsRevision), (after.State.Revision, after.State.AgreementsRevision));
        Assert.Equal((before.State.Agreements.Length, before.State.Relationships.Length), (after.State.Agreements.Length, after.State.Relationships.Length));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnAgreementKeepsTheTextOfTheOfferItCameFromWhateverBecomesOfTheOffer(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var id = Some.Id();
        await PutAsync(room, Culture, id, ArtGroup);
        var agreement = new RecordAgreement { Id = "taideryhma", Kind = "service-contract", Parties = [WholeLaw.OrganisationOf(Health), WholeLaw.OrganisationOf(Culture)], Flows = [], FirstDay = new DateOnly(2100, 1, 1), Offer = id };

        using var recorded = await room.Operator.PostAsJsonAsync("agreements", agreement, SisoteJson.Options);
        await PutAsync(room, Culture, id, ArtGroup with { Name = new Wording { Fi = "Toinen ryhmä" } });
        await PostAsync<NetworkAnswer>(room.Gateway, "network/end", new NetworkEnd(By(Culture), NetworkKind.Offer, id));
        using var changed = await room.Operator.PostAsJsonAsync("agreements/taideryhma/change", agreement with { Offer = null, LastDay = new DateOnly(2101, 1, 1) }, SisoteJson.Options);
        using var late = await room.Operator.PostAsJsonAsync("agreements/taideryhma/change", agreement, SisoteJson.Options);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, "invalid-request"), (recorded.StatusCode, changed.StatusCode, await late.SlugAsync()));
        var shown = await (await room.Operator.GetAsync("agreements/taideryhma")).ReadAsync<AgreementShown>();
        Assert.Equal("not-yet", shown.State);
        Assert.All(shown.Versions, version => Assert.Equal((id, 1L, "Taideryhmä", WholeLaw.OrganisationOf(Culture)), (version.Copied!.Offer, version.Copied.Version, version.Copied.Text.Name.Fi, version.Copied.By)));
        Assert.Equal(2, shown.Versions.Length);
    }

    [Fact]
    public async Task AnOfferOfNobodyAmongThePartiesIsNotCopied()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var id = Some.Id();
        await PutAsync(room, Culture, id, ArtGroup);

        using var foreign = await room.Operator.PostAsJsonAsync("agreements", new RecordAgreement { Id = "muu", Kind = "service-contract", Parties = [WholeLaw.OrganisationOf(Health)], Flows = [], FirstDay = new DateOnly(2100, 1, 1), Offer = id }, SisoteJson.Options);

        Assert.Equal("invalid-request", await foreign.SlugAsync());
        Assert.Empty((await (await room.Operator.GetAsync("agreements")).ReadAsync<AgreementList>()).Agreements);
    }

    [Fact]
    public async Task OnlyTheOperatorWritesGroups()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);

        using var byGateway = await room.Gateway.PostAsJsonAsync("network/groups/alueryhma", Group, SisoteJson.Options);
        using var byOfficer = await room.Person(PersonKind.ControllerAdmin, WholeLaw.OrganisationOf(Culture).Value).PostAsJsonAsync("network/groups/alueryhma", Group, SisoteJson.Options);
        var asOffer = await PostAsync<NetworkAnswer>(room.Gateway, "network/end", new NetworkEnd(By(Culture), NetworkKind.Group, "alueryhma"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, NetworkOutcome.Malformed), (byGateway.StatusCode, byOfficer.StatusCode, asOffer.Outcome));
    }

    private static GroupSaid Group { get; } = new()
    {
        Name = new Wording { Fi = "Alueellinen opiskeluhuollon yhteistyöryhmä" },
        Convener = WholeLaw.OrganisationOf(Health),
        Level = "county",
        IsStatutory = true,
        Mandate = "1287/2013 14 a §",
        Tasks = [new Wording { Fi = "Valmistelee opiskeluhuoltosuunnitelman" }],
        Area = ["kuopio", "siilinjarvi", "leppavirta"],
        Members =
        [
            new GroupMember(ProfessionalId.Parse("kuraattori-1"), WholeLaw.OrganisationOf(Culture), "kuopio"),
            new GroupMember(ProfessionalId.Parse("sivistysjohtaja-2"), WholeLaw.OrganisationOf(Culture), "siilinjarvi", null, new DateOnly(2027, 5, 31)),
            new GroupMember(ProfessionalId.Parse("rehtori-3"), WholeLaw.OrganisationOf(Culture), "leppavirta", new DateOnly(2027, 6, 1)),
        ],
    };

    private static NetworkQuestion Offers { get; } = new() { Kind = NetworkKind.Offer };

    private static ContactSaid Contact(string unit) => new() { Unit = unit, Name = "Kaisa Kulttuuri", Office = new Wording { Fi = "Koordinaattori" }, Phone = "+358 17 000 000" };

    private static NetworkWriter By(SectorId sector) => new(WholeLaw.SystemOf(sector), ProfessionalId.Parse("writer-1"), WholeLaw.Deployment.FindSystem(WholeLaw.SystemOf(sector))?.ActsAs ?? RoleId.Parse("client"), Some.Id());

    private static Task<NetworkAnswer> PutAsync(OpenRoom room, SectorId sector, string id, OfferSaid offer) => PostAsync<NetworkAnswer>(room.Gateway, "network/put", new NetworkPut { By = By(sector), Id = id, Offer = offer });

    private static Task<NetworkAnswer> PutAsync(OpenRoom room, SectorId sector, string id, UnitSaid unit) => PostAsync<NetworkAnswer>(room.Gateway, "network/put", new NetworkPut { By = By(sector), Id = id, Unit = unit });

    private static Task<NetworkAnswer> PutAsync(OpenRoom room, SectorId sector, string id, ContactSaid contact) => PostAsync<NetworkAnswer>(room.Gateway, "network/put", new NetworkPut { By = By(sector), Id = id, Contact = contact });

    private static Task<NetworkFound> FindAsync(OpenRoom room, NetworkQuestion question) => PostAsync<NetworkFound>(room.Gateway, "network/find", question);

    private static async Task<int> CountAsync(OpenRoom room, NetworkQuestion question) => (await FindAsync(room, question)).Rows.Length;

    private static async Task<T> PostAsync<T>(HttpClient caller, string path, object body)
    {
        using var answer = await caller.PostAsync(path, JsonContent.Create(body, body.GetType(), options: SisoteJson.Options));
        return await answer.ReadAsync<T>();
    }
}
