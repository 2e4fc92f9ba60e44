// Guardians act together, see as long as they are guardians, and learn nothing from what they do not see.
using System.Net;
using System.Net.Http.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Minors;

public sealed class GuardianTests(PostgresFixture postgres)
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task AConsentOpensNothingUntilEveryGuardianGaveItAndEitherWithdrawsIt(DatabaseKind database)
    {
        await using var room = await OpenRoom.OpenAsync(database, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 8);
        var consent = family.Consent();

        using var first = await family.GiveAsync(family.Mother, consent);
        var draft = await first.ReadAsync<ChildConsentAnswer>();
        Assert.Equal((ConsentStatus.Draft, false, true), (draft.Consent.Status, draft.Alone, draft.Consent.GivenByMe));
        Assert.All(await room.LookAsync(Family.Flow, family.Child), static look => Assert.NotNull(look.Missing));
        using (var again = await family.StepAsync(family.Mother, consent.Id, "give"))
        {
            Assert.Equal((HttpStatusCode.OK, ConsentStatus.Draft), (again.StatusCode, (await again.ReadAsync<ChildConsentAnswer>()).Consent.Status));
        }

        using var second = await family.StepAsync(family.Father, consent.Id, "give");
        var given = await second.ReadAsync<ChildConsentAnswer>();
        Assert.Equal((ConsentStatus.Active, true, true), (given.Consent.Status, given.Alone, given.Consent.GivenByMe));
        Assert.All(await room.LookAsync(Family.Flow, family.Child), static look => Assert.Null(look.Missing));

        using var withdrawn = await family.StepAsync(family.Mother, consent.Id, "withdraw");
        Assert.Equal(ConsentStatus.Withdrawn, (await withdrawn.ReadAsync<ChildConsentAnswer>()).Consent.Status);
        Assert.All(await room.LookAsync(Family.Flow, family.Child), static look => Assert.NotNull(look.Missing));
    }

    [Fact]
    public async Task AGuardianWithSoleCustodyGivesAloneAndOneWhomACourtExcludedIsNotWaitedFor()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var alone = await Family.OfAsync(room, 8);
        await alone.TellAsync(Family.Guardian(alone.Mother, "sole"));
        var limited = await Family.OfAsync(room, 8);
        await limited.TellAsync(Family.Guardian(limited.Mother), Family.Guardian(limited.Father, "joint", null, "health"));
        await limited.GivenAsync();

        foreach (var family in new[] { alone, limited })
        {
            using var given = await family.GiveAsync(family.Mother, family.Consent());
            Assert.Equal(ConsentStatus.Active, (await given.ReadAsync<ChildConsentAnswer>()).Consent.Status);
        }

        Assert.Equal((true, false), (await limited.SeesAsync(limited.Mother), await limited.SeesAsync(limited.Father)));
        using var refused = await limited.GiveAsync(limited.Father, limited.Consent());
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task EveryReasonForNothingHasTheSameBytes()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var nothing = await Family.OfAsync(room, 8);
        var barred = await WithAsync(room, 14, new ToldFacts { Capacity = [Decision("2")], GuardianBars = ["health"] });
        var forbids = await WithAsync(room, 14, new ToldFacts { Capacity = [Decision("3")] });
        var unknown = await WithAsync(room, 14, new ToldFacts());
        var consulted = await WithAsync(room, 14, new ToldFacts { Capacity = [Decision("4")] });
        var hidden = await WithAsync(room, 8, new ToldFacts { SafetyProhibition = true });
        var protectedParent = await WithAsync(room, 8, new ToldFacts { GuardianSafetyProhibition = true });
        var former = await WithAsync(room, 8, new ToldFacts());
        var formerName = await former.NameForAsync(former.Father);
        await former.TellAsync(former.Mother);
        var open = await WithAsync(room, 8, new ToldFacts());
        Assert.True(await open.SeesAsync(open.Mother));

        var bodies = new List<string>();
        foreach (var what in new[] { "disclosures", "consents" })
        {
            foreach (var family in new[] { nothing, barred, forbids, unknown, consulted, hidden, protectedParent })
            {
                using var look = await family.LookAsync(family.Mother, what: what);
                bodies.Add(await TextAsync(look));
            }

            foreach (var name in new[] { await open.NameForAsync(open.Mother), formerName, new string('0', 32), "x" })
            {
                using var look = await former.LookAsync(former.Father, name, what);
                bodies.Add(await TextAsync(look));
            }
        }

        foreach (var family in new[] { barred, forbids, unknown, consulted, hidden, protectedParent })
        {
            using var give = await family.GiveAsync(family.Mother, family.Consent());
            using var step = await family.StepAsync(family.Mother, Some.Id(), "give");
            using var withdraw = await family.StepAsync(family.Mother, Some.Id(), "withdraw");
            bodies.AddRange([await TextAsync(give), await TextAsync(step), await TextAsync(withdraw)]);
        }

        Assert.StartsWith("404 application/problem+json", Assert.Single(bodies.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGuardianshipThatEndedBetweenPageAndClickCarriesNoClick()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await WithAsync(room, 8, new ToldFacts());
        var consent = family.Consent();
        using (var draft = await family.GiveAsync(family.Mother, consent))
        {
            draft.EnsureSuccessStatusCode();
        }

        var name = await family.NameForAsync(family.Father);
        var father = room.Client(family.Father.Reveal());
        await family.TellAsync(family.Mother);

        using var give = await father.PostAsync($"/me/children/{name}/consents/{consent.Id}/give", null);
        using var fresh = await father.PostAsJsonAsync($"/me/children/{name}/consents", family.Consent(), SisoteJson.Options);
        using var withdraw = await father.PostAsync($"/me/children/{name}/consents/{consent.Id}/withdraw", null);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], new[] { give, fresh, withdraw }.Select(static answer => answer.StatusCode));
        Assert.False(await family.SeesAsync(family.Father, name));
        using (var children = await father.GetAsync("/me/children"))
        {
            Assert.Empty((await children.ReadAsync<MyChildren>()).Children);
        }

        // Who is left decides alone now, but nothing begins by itself.
        Assert.All(await room.LookAsync(Family.Flow, family.Child), static look => Assert.NotNull(look.Missing));
        using var completed = await family.StepAsync(family.Mother, consent.Id, "give");
        Assert.Equal(ConsentStatus.Active, (await completed.ReadAsync<ChildConsentAnswer>()).Consent.Status);
    }

    [Fact]
    public async Task EverythingEndsAtTheFirstInstantOfTheEighteenthBirthdayInFinland()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        room.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 15, 21, 59, 59, 500, TimeSpan.Zero)); // 23.59.59,5 in Finland
        var family = new Family(room, Family.Born(new DateTimeOffset(2009, 1, 16, 0, 0, 0, TimeSpan.Zero)), Family.Grown(), Family.Grown());
        await family.TellAsync(Family.Guardian(family.Mother, "sole"));
        await family.FactsAsync(new ToldFacts { SafetyProhibition = false, Capacity = [Decision("1")] });
        await family.GivenAsync();
        var name = await family.NameForAsync(family.Mother);
        using var given = await family.GiveAsync(family.Mother, family.Consent());
        Assert.Equal(ConsentStatus.Active, (await given.ReadAsync<ChildConsentAnswer>()).Consent.Status);
        Assert.True(await family.SeesAsync(family.Mother, name));

        room.Clock.Advance(TimeSpan.FromMilliseconds(500));

        Assert.False(await family.SeesAsync(family.Mother, name));
        Assert.All(await room.LookAsync(Family.Flow, family.Child), static look => Assert.NotNull(look.Missing));
        using var withdraw = await room.Client(family.Mother.Reveal()).PostAsync($"/me/children/{name}/consents/{Some.Id()}/withdraw", null);
        Assert.Equal(HttpStatusCode.NotFound, withdraw.StatusCode);
    }

    [Fact]
    public async Task AChildsNameInAnAddressIsOneGuardiansOnly()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await WithAsync(room, 8, new ToldFacts());

        var names = new[] { await family.NameForAsync(family.Mother), await family.NameForAsync(family.Father) };

        Assert.Distinct(names);
        Assert.All(names, static name => Assert.Matches("^[0-9a-f]{32}$", name));
        Assert.False(await family.SeesAsync(family.Father, names[0]));
        Assert.False(await family.SeesAsync(family.Child, names[0]));
        Assert.Equal("Kaarna", (await ChildrenAsync(family.Mother)).Name);

        async Task<MyChild> ChildrenAsync(Hetu guardian)
        {
            using var answer = await room.Client(guardian.Reveal()).GetAsync("/me/children");
            return Assert.Single((await answer.ReadAsync<MyChildren>()).Children);
        }
    }

    [Fact]
    public async Task NoticesOfTheLawWhatIsHiddenAndWhatCameToNothingAreNotShown()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 8);
        await family.GivenAsync(change: static entry => entry with { Visibility = new LogVisibility { Client = false } });
        await family.GivenAsync(change: entry => entry with { Visibility = new LogVisibility { From = room.Clock.GetUtcNow().AddHours(1) } });
        await family.GivenAsync("health", "social", static entry => entry with { Items = [new LogItem { Item = DataItemId.Parse("social-need-contact"), Released = true, Rule = RuleId.Parse("NO-02") }] });
        await family.GivenAsync("education", "social", static entry => entry with { Items = [new LogItem { Item = DataItemId.Parse("child-welfare-notification"), Released = true, Rule = RuleId.Parse("EX-02") }] });
        await family.GivenAsync(change: static entry => entry with { Items = [.. entry.Items.Select(static item => item with { Rule = RuleId.Parse("GONE-1") })] });
        await family.GivenAsync(change: static entry => entry with { Kind = LogEntryKind.Refusal, Outcome = "refused", Items = [.. entry.Items.Select(static item => item with { Released = false, Rule = null })] });

        Assert.False(await family.SeesAsync(family.Mother));
        room.Clock.Advance(TimeSpan.FromHours(2));
        using var later = await family.LookAsync(family.Mother);
        Assert.Single((await later.ReadAsync<ChildDisclosures>()).Disclosures);

        var told = await Family.OfAsync(room, 8);
        await told.GivenAsync("education", "municipality-residence", static entry => entry with { Items = [.. entry.Items.Select(static item => item with { Rule = RuleId.Parse("YO-05") })] });
        Assert.True(await told.SeesAsync(told.Mother));
    }

    [Fact]
    public async Task ABarOfTodayClosesWhatWasOpenYesterdayInItsContextAndNoOther()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await WithAsync(room, 14, new ToldFacts { Capacity = [Decision("2"), Decision("2", "student-welfare")] });
        await family.GivenAsync("student-welfare", "education");
        await family.GivenAsync("student-welfare", "health");
        await family.GivenAsync("education", "third-sector");
        Assert.Equal(4, await CountAsync());

        using (var bar = await family.Assessor("student-welfare", "kuraattori").PostAsJsonAsync("/minors/bars", family.Bar("student-welfare", "painava syy"), SisoteJson.Options))
        {
            bar.EnsureSuccessStatusCode();
        }

        using var look = await family.LookAsync(family.Mother);
        var left = Assert.Single((await look.ReadAsync<ChildDisclosures>()).Disclosures);
        Assert.Equal(("health", "municipal-sports"), (left.From?.Sector?.Value, left.To?.Sector?.Value));

        async Task<int> CountAsync()
        {
            using var before = await family.LookAsync(family.Mother);
            return (await before.ReadAsync<ChildDisclosures>()).Disclosures.Length;
        }
    }

    [Fact]
    public async Task AGuardianDoesNotSeeWhatTheChildGaveAloneNorDecidesWhatTheChildDecides()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await WithAsync(room, 14, new ToldFacts { Capacity = [Decision("2")] });
        var own = await room.GiveAsync(family.Child.Reveal(), family.Consent());

        using var consents = await family.LookAsync(family.Mother, what: "consents");
        using var withdraw = await family.StepAsync(family.Mother, own.Consent.Consent.Id, "withdraw");
        using var give = await family.GiveAsync(family.Mother, family.Consent());

        Assert.True(await family.SeesAsync(family.Mother)); // able and allows: the guardian is informed
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], new[] { consents, withdraw, give }.Select(static answer => answer.StatusCode));
        Assert.All(await room.LookAsync(Family.Flow, family.Child), static look => Assert.Null(look.Missing));
    }

    [Fact]
    public async Task EveryLookOfAGuardianStandsInTheLogAlsoWhereThereWasNothing()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await WithAsync(room, 8, new ToldFacts());
        var name = await family.NameForAsync(family.Mother);
        var before = await room.LogSizeAsync();

        await family.SeesAsync(family.Mother, name);
        await family.SeesAsync(family.Father, name);
        using (var consents = await family.LookAsync(family.Mother, name, "consents"))
        {
            Assert.Equal(HttpStatusCode.NotFound, consents.StatusCode);
        }

        Assert.Equal(before + 3, await room.LogSizeAsync());
        using var answer = await room.Person(PersonKind.DataProtectionOfficer, "org-health", "dpo").GetAsync("/log?kind=log-read");
        var rows = (await answer.ReadAsync<LogPage>()).Rows.Where(static row => row.To?.Role?.Value == "guardian").ToList();
        Assert.Equal(2, rows.Count); // the third was of nobody's child
    }

    [Fact]
    public async Task OfTwoTellingsOfOneInstantTheNarrowerStands()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 9);
        var asOf = room.Clock.GetUtcNow();
        var limited = Family.Guardian(family.Mother, limits: "health");
        foreach (var (told, status) in new (ToldGuardian[], HttpStatusCode)[]
        {
            ([Family.Guardian(family.Mother), Family.Guardian(family.Father)], HttpStatusCode.OK),
            ([limited], HttpStatusCode.OK),
            ([limited, Family.Guardian(family.Father)], HttpStatusCode.Conflict),
            ([Family.Guardian(family.Mother)], HttpStatusCode.Conflict),
            ([Family.Guardian(family.Mother, custody: "sole", limits: "health")], HttpStatusCode.Conflict),
            ([limited], HttpStatusCode.OK),
        })
        {
            using var answer = await family.TellAsOfAsync(asOf, told);
            Assert.Equal(status, answer.StatusCode);
        }

        using var children = await room.Client(family.Father.Reveal()).GetAsync("/me/children");
        Assert.Empty((await children.ReadAsync<MyChildren>()).Children);
        using var later = await family.TellAsync(family.Mother, family.Father);
        Assert.Equal(2, (await later.ReadAsync<GuardiansRecorded>()).Changed);
        Assert.NotEmpty(await family.NameForAsync(family.Father));
    }

    [Fact]
    public async Task TellingGuardiansIsWholeOrderedAndOnRecord()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 8);
        var size = await room.LogSizeAsync();

        using var same = await family.TellAsync(family.Mother, family.Father);
        Assert.Equal(0, (await same.ReadAsync<GuardiansRecorded>()).Changed);
        Assert.Equal(size, await room.LogSizeAsync());
        using var changed = await family.TellAsync(Family.Guardian(family.Mother, "sole"));
        Assert.Equal(2, (await changed.ReadAsync<GuardiansRecorded>()).Changed);
        Assert.Equal(size + 2, await room.LogSizeAsync());

        using var old = await family.TellAsOfAsync(room.Clock.GetUtcNow().AddMinutes(-1), Family.Guardian(family.Mother), Family.Guardian(family.Father));
        Assert.Equal("mirror-outdated", await old.SlugAsync());
        foreach (var wrong in new[] { Family.Guardian(family.Child), Family.Guardian(family.Mother, "shared"), Family.Guardian(family.Mother, "joint", new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)), Family.Guardian(family.Mother, "joint", null, "moon") })
        {
            using var refused = await family.TellAsync(wrong);
            Assert.Equal("invalid-request", await refused.SlugAsync());
        }
    }

    private static async Task<Family> WithAsync(OpenRoom room, int age, ToldFacts facts)
    {
        var family = await Family.OfAsync(room, age);
        await family.FactsAsync(facts);
        await family.GivenAsync();
        return family;
    }

    private static CapacityDecision Decision(string code, string context = "health") => new() { Code = code, Context = context };

    private static async Task<string> TextAsync(HttpResponseMessage answer) => $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType} {answer.Content.Headers.ContentLength} {await answer.Content.ReadAsStringAsync()}";
}
