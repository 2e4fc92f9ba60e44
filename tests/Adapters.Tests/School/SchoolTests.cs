// The school adapter against the real roster provider and message box.
using System.Text.Json;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using Sisote.Adapters.Native;
using Sisote.Adapters.School;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.School;

public sealed class SchoolTests
{
    private const string School = "kuopio-koulu";

    [Fact]
    public async Task APupilIsFoundWithBasicsAndStudyRightAndNothingElse()
    {
        await using var house = await SectorHouse.StartAsync();

        var (status, found, _) = await house.SearchClientAsync(School, "Patient", SectorHouse.Lumi);
        var (_, rights, _) = await house.SearchClientAsync(School, "EpisodeOfCare", SectorHouse.Lumi);

        Assert.Equal(200, status);
        var pupil = Assert.IsType<Patient>(Assert.Single(found));
        FacadeContract.Holds(pupil, SectorHouse.Lumi);
        Assert.Equal(("Lumio", "2014-09-15"), (pupil.Name.Single().Family, pupil.BirthDate));
        Assert.Empty(pupil.Address);
        var right = Assert.IsType<EpisodeOfCare>(Assert.Single(rights));
        FacadeContract.Holds(right, SectorHouse.Lumi);
        Assert.Equal("Puijonrinteen koulu", right.ManagingOrganization?.Display);
        Assert.Equal("study-right", right.Type.Single().Coding.Single().Code);
        Assert.True(pupil.IsExactly((await house.ReadAsync(School, "Patient", pupil.Id!)).Found!));
    }

    [Fact]
    public async Task TheRosterOfAllPupilsIsTheSchoolsOwnList()
    {
        await using var house = await SectorHouse.StartAsync();

        var (_, found, _) = await house.SearchAsync(School, "Patient");

        Assert.Equal(3, found.Count);
        Assert.Equal(3, found.Select(static pupil => pupil.Id).Distinct().Count());
        Assert.Equal((200, 0), await house.SearchClientAsync(School, "Observation", SectorHouse.Lumi) is var (status, none, _) ? (status, none.Count) : default); // the school has none
        Assert.Empty((await house.SearchClientAsync(School, "Patient", SectorHouse.Aino)).Found);
    }

    [Fact]
    public async Task TheRosterProvesEnrolmentAndWhoTeaches()
    {
        await using var house = await SectorHouse.StartAsync();

        var pupils = await house.Source<SchoolSystem>(School).Roster.ReadAsync(TestContext.Current.CancellationToken);

        var lumi = pupils.Single(static pupil => pupil.Client == Hetu.Parse(SectorHouse.Lumi));
        Assert.Equal("basic", lumi.SchoolForm);
        Assert.Equal(
            ["enrolment: to 2027-06-05", "teaching:ope-laine to 2027-06-05", "teaching:ope-manty to 2027-06-05"],
            lumi.Relationships.Select(static one => $"{one.Kind}:{one.Professional} to {one.To:yyyy-MM-dd}").Order(StringComparer.Ordinal));
        Assert.All(lumi.Relationships, static one => Assert.Equal("kuopion-koulut", one.ToOrganisation?.Value));
        Assert.DoesNotContain(lumi.Relationships, static one => one.Professional?.Value == "ope-kallio");
        Assert.Equal(lumi.Relationships.Length, lumi.Relationships.Select(static one => one.Id).Distinct().Count());
    }

    [Fact]
    public async Task AnArrangementReachesTheResponsibleTeacherOnceAndNobodyElse()
    {
        await using var house = await SectorHouse.StartAsync();

        var first = await house.CreateAsync(School, "key-1", Need(SectorHouse.Lumi, "extra-breaks"));
        var again = await house.CreateAsync(School, "key-1", Need(SectorHouse.Lumi, "extra-breaks"));

        Assert.Equal(201, first.Status);
        Assert.Equal(first.Places, again.Places);
        using var laine = JsonDocument.Parse((await house.AskNativeAsync("school", HttpMethod.Get, "viestit", user: "ope-laine")).Body);
        using var all = JsonDocument.Parse((await house.AskNativeAsync("school", HttpMethod.Get, "viestit")).Body);
        var message = Assert.Single(laine.RootElement.EnumerateArray()).GetProperty("viesti");
        Assert.Single(all.RootElement.EnumerateArray());
        Assert.Equal("tauot", message.GetProperty("jarjestelyt")[0].GetProperty("koodi").GetString());
        Assert.Equal("opp-70021", message.GetProperty("oppilas").GetString());
        Assert.DoesNotContain(SectorHouse.Lumi, message.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(422)]
    [InlineData(409)]
    public async Task WhereOnlyOneOfTwoTeachersGotAnArrangementTheSenderHearsThatItsFateIsUnknown(int second)
    {
        var taken = 0;
        await using var inbox = await HostileSystem.StartAsync(call =>
        {
            call.Response.StatusCode = Interlocked.Increment(ref taken) == 2 ? second : 201;
            return call.Response.WriteAsync("""{"viestiId":"v-1","jarjestelyt":["a-1"]}""");
        });
        Uri? roster = null;
        await using var bothResponsible = await RewrittenAsync(() => roster!, "\"primary\":\\s*\"?false\"?", "\"primary\":\"true\"");
        await using var house = await SectorHouse.StartAsync((systems, _) =>
        {
            var settings = systems[1].Adapter!.Settings;
            roster = new Uri(settings["rosterAddress"]);
            settings = settings.SetItem("rosterAddress", bothResponsible.Address.GetLeftPart(UriPartial.Authority) + roster.AbsolutePath).SetItem("inboxAddress", inbox.Address.AbsoluteUri);
            return systems.SetItem(1, systems[1] with { Adapter = systems[1].Adapter! with { Settings = settings } });
        });

        var first = await house.CreateAsync(School, "key-1", Need(SectorHouse.Lumi, "extra-breaks"));
        var again = await house.CreateAsync(School, "key-1", Need(SectorHouse.Lumi, "extra-breaks"));

        Assert.Contains("adapter-outcome-unknown", first.Body, StringComparison.Ordinal); // a teacher has it: it may never stand in the log as refused
        Assert.Equal(201, again.Status);
        var keys = inbox.Asked.Select(static asked => (string?)System.Text.Json.Nodes.JsonNode.Parse(asked.Body)!["ulkoinenTunniste"]).ToList();
        Assert.Equal((4, 2), (keys.Count, keys.Distinct().Count()));
    }

    [Theory]
    [InlineData("opp-70021", 0)]
    [InlineData("ope-40011", 2)]
    public async Task WhoIsNotEnabledIsNoPupilAndNoTeacher(string user, int relationships)
    {
        Uri? roster = null;
        await using var rewritten = await RewrittenAsync(() => roster!, $"(\"{user}\",\\s*\"status\":[^}}]*?\"enabledUser\":\\s*)\"true\"", "$1false");
        await using var house = await SectorHouse.StartAsync((systems, _) =>
        {
            roster = new Uri(systems[1].Adapter!.Settings["rosterAddress"]);
            return systems.SetItem(1, systems[1] with { Adapter = systems[1].Adapter! with { Settings = systems[1].Adapter!.Settings.SetItem("rosterAddress", rewritten.Address.GetLeftPart(UriPartial.Authority) + roster.AbsolutePath) } });
        });

        var told = await house.Source<SchoolSystem>(School).Roster.ReadAsync(TestContext.Current.CancellationToken);
        var sent = await house.CreateAsync(School, "key-1", Need(SectorHouse.Lumi, "extra-breaks"));

        Assert.Equal(relationships, told.Where(static pupil => pupil.Client.Reveal() == SectorHouse.Lumi).SelectMany(static pupil => pupil.Relationships).Count(static one => $"{one.Professional}" != "ope-laine"));
        Assert.DoesNotContain(told.SelectMany(static pupil => pupil.Relationships), one => user == "ope-40011" && $"{one.Professional}" == "ope-laine");
        Assert.Equal(422, sent.Status); // no pupil, or no responsible teacher
    }

    [Fact]
    public async Task WhatTheSchoolDoesNotKnowIsRefusedAsAWhole()
    {
        await using var house = await SectorHouse.StartAsync();
        var ended = Need(SectorHouse.Lumi, "extra-breaks");
        ended.Status = Flag.FlagStatus.Inactive;

        Assert.Equal(422, (await house.CreateAsync(School, "key-1", Need(SectorHouse.Lumi, "extra-breaks"), Need(SectorHouse.Lumi, "adhd"))).Status);
        Assert.Equal(422, (await house.CreateAsync(School, "key-2", ended)).Status);
        Assert.Equal(422, (await house.CreateAsync(School, "key-3", Need(SectorHouse.Aino, "extra-breaks"))).Status);
        Assert.Equal(422, (await house.CreateAsync(School, "key-4", SomeReferral.Limit(SectorHouse.Lumi, "avoid-high-impact"))).Status);
        Assert.Equal("[]", (await house.AskNativeAsync("school", HttpMethod.Get, "viestit")).Body);
    }

    [Fact]
    public async Task ASchoolThatIsDownGivesTryAgainLater()
    {
        const string Nobody = "http://127.0.0.1:1/"; // from the start on: a register once read is used for a while
        await using var house = await SectorHouse.StartAsync(static (systems, _) => systems.SetItem(1, systems[1] with
        {
            Adapter = systems[1].Adapter! with { Settings = systems[1].Adapter!.Settings.SetItem("rosterAddress", Nobody).SetItem("tokenAddress", Nobody).SetItem("inboxAddress", Nobody) },
        }));

        Assert.Equal(503, (await house.SearchClientAsync(School, "Patient", SectorHouse.Lumi)).Status);
        Assert.Equal(503, (await house.CreateAsync(School, "key-1", Need(SectorHouse.Lumi, "extra-breaks"))).Status);
    }

    [Theory]
    [InlineData(200, "{\"access_token\":\"x\"}")]
    [InlineData(200, "{\"access_token\":\"x\",\"expires_in\":3600,\"orgs\":\"150914A934N\"}")]
    [InlineData(401, "{}")]
    [InlineData(200, "not json 150914A934N")]
    public async Task ABrokenProviderIsACleanFault(int status, string answer)
    {
        await using var hostile = await HostileSystem.StartAsync(status, answer);
        await using var house = await SectorHouse.StartAsync((systems, _) => systems.SetItem(1, systems[1] with
        {
            Adapter = systems[1].Adapter! with { Settings = systems[1].Adapter!.Settings.SetItem("rosterAddress", hostile.Address.AbsoluteUri).SetItem("tokenAddress", hostile.Address + "token") },
        }));

        var (got, _, body) = await house.SearchClientAsync(School, "Patient", SectorHouse.Lumi);

        Assert.Equal(503, got);
        Assert.DoesNotContain("150914A934N", body, StringComparison.Ordinal);
        Assert.All(hostile.Asked, static asked => Assert.DoesNotContain("150914A934N", asked.Address, StringComparison.Ordinal));
    }

    [Fact]
    public void EndedAndFutureEnrolmentsAndLeaversDoNotCount()
    {
        var pupil = User("p", "student", "active") with { UserIds = [new OneRosterUserId("HETU", SectorHouse.Lumi)] };
        var now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        var snapshot = new RosterSnapshot([], [pupil, User("now", "teacher", "active"), User("past", "teacher", "active"), User("next", "teacher", "active"), User("gone", "teacher", "tobedeleted")],
            [Place("p", "student"), Place("now", "teacher"), Place("past", "teacher", to: "2026-11-21"), Place("next", "teacher", from: "2026-11-23"), Place("gone", "teacher"), Place("now", "teacher") with { Status = "tobedeleted" }],
            "HETU", now);

        Assert.Equal(["now"], snapshot.TeachersOf(snapshot.Pupils.Single(), onlyPrimary: false).Select(static teaching => teaching.Teacher.SourcedId));
    }

    [Fact]
    public void DaysChangeAtMidnightInFinlandAndATeacherWhoseRoleHasEndedTeachesNobody()
    {
        var pupil = User("p", "student", "active") with { UserIds = [new OneRosterUserId("HETU", SectorHouse.Lumi)] };
        var retired = User("retired", "teacher", "active") with { Roles = [new OneRosterRole("teacher") { To = new DateOnly(2026, 11, 22) }] };

        var snapshot = new RosterSnapshot([], [pupil, retired, User("last", "teacher", "active"), User("new", "teacher", "active")],
            [Place("p", "student"), Place("retired", "teacher"), Place("last", "teacher", to: "2026-11-22"), Place("new", "teacher", from: "2026-11-23")],
            "HETU", new DateTimeOffset(2026, 11, 22, 22, 30, 0, TimeSpan.Zero));

        Assert.Equal(["new"], snapshot.TeachersOf(snapshot.Pupils.Single(), onlyPrimary: false).Select(static teaching => teaching.Teacher.SourcedId));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"role":"aide"}]""")]
    [InlineData("""[{"role":"teacher","status":"tobedeleted"}]""")]
    [InlineData("""[{"role":"teacher","status":"inactive"}]""")]
    public void ATeacherWhoseRoleIsGoneTeachesNobodyWhateverAClassStillSays(string roles)
    {
        var pupil = User("p", "student", "active") with { UserIds = [new OneRosterUserId("HETU", SectorHouse.Lumi)] };
        var former = User("former", "teacher", "active") with { Roles = [.. JsonSerializer.Deserialize<OneRosterRole[]>(roles, NativeJson.Options)!] };

        var snapshot = new RosterSnapshot([], [pupil, former, User("now", "teacher", "active")],
            [Place("p", "student"), Place("former", "teacher") with { Primary = JsonSerializer.SerializeToElement(true) }, Place("now", "teacher")], "HETU", new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal(["now"], snapshot.TeachersOf(snapshot.Pupils.Single(), onlyPrimary: false).Select(static teaching => teaching.Teacher.SourcedId));
        Assert.Empty(snapshot.TeachersOf(snapshot.Pupils.Single(), onlyPrimary: true));
    }

    [Fact]
    public void APupilWhoseRoleIsGoneIsNoPupil()
    {
        var left = User("p", "student", "active") with { UserIds = [new OneRosterUserId("HETU", SectorHouse.Lumi)], Roles = [.. JsonSerializer.Deserialize<OneRosterRole[]>("""[{"role":"student","status":"tobedeleted"}]""", NativeJson.Options)!] };

        Assert.Empty(new RosterSnapshot([], [left], [Place("p", "student")], "HETU", default).Pupils);
    }

    [Fact]
    public void APupilWithoutAProperIdentityCodeIsNotVisible()
    {
        var wrong = User("p", "student", "active") with { UserIds = [new OneRosterUserId("HETU", "150914A934M")] };
        var doubled = User("q", "student", "active") with { UserIds = [new OneRosterUserId("HETU", SectorHouse.Lumi), new OneRosterUserId("HETU", SectorHouse.Aino)] };

        Assert.Empty(new RosterSnapshot([], [wrong, doubled, User("r", "student", "active")], [], "HETU", default).Pupils);
    }

    [Theory]
    [InlineData("academicSessions")]
    [InlineData("classes")]
    [InlineData("courses")]
    [InlineData("orgs")]
    public void OutsidersOneRosterExamplesAreRead(string collection)
    {
        var body = File.ReadAllBytes(SharedData.Require("oneroster", "or12-rest", collection + "-collection.json"));

        var row = Assert.Single(OneRosterHttpClient.ReadPage<OneRosterRecord>(body, collection));

        Assert.Equal("active", row.Status);
        Assert.Throws<NativeFaultException>(() => OneRosterHttpClient.ReadPage<OneRosterUser>(body, collection));
        Assert.Throws<NativeFaultException>(() => OneRosterHttpClient.ReadPage<OneRosterRecord>(body, "users"));
    }

    private static Flag Need(string hetu, string code) => new()
    {
        Status = Flag.FlagStatus.Active,
        Category = [new CodeableConcept(SectorHouse.Category, "study-arrangement")],
        Code = new CodeableConcept(SectorHouse.Category, code),
        Subject = new ResourceReference { Identifier = new Identifier(Hetu.System, hetu) },
        Period = new Period { Start = "2026-11-23", End = "2026-12-18" },
    };

    private static OneRosterUser User(string id, string role, string status) =>
        new() { SourcedId = id, Status = status, Username = id, GivenName = "G", FamilyName = "F", Roles = [new OneRosterRole(role)] };

    private static OneRosterEnrollment Place(string user, string role, string? from = null, string? to = null) => new()
    {
        SourcedId = $"{user}-{role}",
        Status = "active",
        User = new OneRosterLink(user),
        Class = new OneRosterLink("c"),
        School = new OneRosterLink("s"),
        Role = role,
        From = from is null ? null : DateOnly.Parse(from),
        To = to is null ? null : DateOnly.Parse(to),
    };

    /// <summary>The roster with something in its answers replaced.</summary>
    private static Task<HostileSystem> RewrittenAsync(Func<Uri> roster, string pattern, string instead) => HostileSystem.StartAsync(async call =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(roster(), call.Request.Path + call.Request.QueryString));
        request.Headers.TryAddWithoutValidation("Authorization", call.Request.Headers.Authorization.ToString());
        using var client = SectorHouse.NewClient();
        using var answer = await client.SendAsync(request);
        call.Response.Headers["X-Total-Count"] = answer.Headers.TryGetValues("X-Total-Count", out var total) ? total.First() : null;
        await call.Response.WriteAsync(System.Text.RegularExpressions.Regex.Replace(await answer.Content.ReadAsStringAsync(), pattern, instead));
    });
}
