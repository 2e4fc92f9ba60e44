// An invented family before a real room: what registers tell of it, what professionals record, what its members see.
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;
using Sisote.Tests.Consent.Consents;

namespace Sisote.Tests.Consent.Minors;

internal sealed record Family(OpenRoom Room, Hetu Child, Hetu Mother, Hetu Father)
{
    public static readonly ConsentFlow Flow = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");

    private static int people;

    /// <summary>A family with joint custody and no protection, of which nothing else is on record.</summary>
    public static async Task<Family> OfAsync(OpenRoom room, int age)
    {
        var family = new Family(room, Minor(room, age), Grown(), Grown());
        await family.TellAsync(family.Mother, family.Father);
        await family.FactsAsync(new ToldFacts { SafetyProhibition = false });
        return family;
    }

    /// <summary>An invented grown-up, never the same again.</summary>
    public static Hetu Grown()
    {
        var number = Interlocked.Increment(ref people);
        return Born(new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(number / 100), number % 100);
    }

    /// <summary>An invented child of an age, never the same again.</summary>
    public static Hetu Minor(OpenRoom room, int age)
    {
        var number = Interlocked.Increment(ref people);
        return Born(room.Clock.GetUtcNow().AddYears(-age).AddDays(-40 - (number / 100 % 200)), number % 100);
    }

    /// <summary>An invented person born on a day.</summary>
    public static Hetu Born(DateTimeOffset day, int number = 0)
    {
        var digits = day.ToString("ddMMyy", CultureInfo.InvariantCulture) + (900 + number).ToString(CultureInfo.InvariantCulture);
        return Hetu.Parse($"{digits[..6]}{(day.Year < 2000 ? '-' : 'A')}{digits[6..]}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, CultureInfo.InvariantCulture) % 31]}");
    }

    public static ToldGuardian Guardian(Hetu who, string custody = "joint", DateTimeOffset? to = null, params ImmutableArray<string> limits) =>
        new() { Identifier = who.Reveal(), Custody = custody, From = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero), To = to, Limits = limits };

    public Task<HttpResponseMessage> TellAsync(params IEnumerable<Hetu> guardians) => TellAsync([.. guardians.Select(static one => Guardian(one))]);

    /// <summary>Each telling is a moment later than the one before.</summary>
    public Task<HttpResponseMessage> TellAsync(params ToldGuardian[] guardians)
    {
        Room.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return TellAsOfAsync(Room.Clock.GetUtcNow(), guardians);
    }

    public Task<HttpResponseMessage> TellAsOfAsync(DateTimeOffset asOf, params ToldGuardian[] guardians) => Room.SystemCaller("sisote-adapters").PostAsJsonAsync("/clients/guardians", new RecordGuardians
    {
        Source = SystemId.Parse("vtj"),
        AsOf = asOf,
        Identifier = Child.Reveal(),
        Name = "Kaarna",
        Guardians = [.. guardians],
    }, SisoteJson.Options);

    public async Task FactsAsync(ToldFacts facts)
    {
        using var answer = await Room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = Child.Reveal(), Facts = facts }, SisoteJson.Options);
        answer.EnsureSuccessStatusCode();
    }

    public HttpClient Assessor(string sector = "health", string role = "health-professional") => Room.Person(PersonKind.Professional, "org-" + sector, "arvioija-1", role);

    public RecordCapacity Capacity(string code, string context = "health", string? id = null) => new()
    {
        Id = id ?? Some.Id(),
        Identifier = Child.Reveal(),
        Context = context,
        Code = code,
        Scope = "liikuntaneuvonta",
        To = Room.Clock.GetUtcNow().AddDays(90),
    };

    public RecordBar Bar(string context = "health", string? reason = null) => new() { Id = Some.Id(), Identifier = Child.Reveal(), Context = context, Reason = reason };

    /// <summary>Something of the child is given from one sector to another.</summary>
    public async Task GivenAsync(string from = "health", string to = "municipal-sports", Func<LogEntry, LogEntry>? change = null, params IEnumerable<string> items)
    {
        var state = (await Room.StateAsync(Child.Reveal())).State;
        var entry = Entry(state.Client, from, to, items.DefaultIfEmpty("person-identity"));
        var result = await Room.AppendAsync(new AppendItem
        {
            Entry = change?.Invoke(entry) ?? entry,
            Expect = new AppendExpectation { ClientRevision = state.Revision, AgreementsRevision = state.AgreementsRevision, Catalogue = WholeLaw.Catalogue.Version },
            ClientIdentifier = Child.Reveal(),
        });
        Assert.Equal(AppendStatus.Committed, result.Status);
    }

    /// <summary>The same is given many times.</summary>
    public async Task GivenOftenAsync(int times, string from, string to, string item)
    {
        var state = (await Room.StateAsync(Child.Reveal())).State;
        var expect = new AppendExpectation { ClientRevision = state.Revision, AgreementsRevision = state.AgreementsRevision, Catalogue = WholeLaw.Catalogue.Version };
        foreach (var part in Enumerable.Range(0, times).Chunk(50))
        {
            var results = await Room.AppendAsync([.. part.Select(_ => new AppendItem { Entry = Entry(state.Client, from, to, [item]), Expect = expect, ClientIdentifier = Child.Reveal() })]);
            Assert.All(results, static result => Assert.Equal(AppendStatus.Committed, result.Status));
        }
    }

    /// <summary>Something is sent; what became of it is told afterwards, where anything is.</summary>
    public async Task<LogEntry> SentAsync(string? outcome, string? call = null)
    {
        LogEntry? intent = null;
        await GivenAsync(change: entry => intent = entry with { Kind = LogEntryKind.WriteIntent, Outcome = "sending", CorrelationId = call ?? Some.Id() });
        if (outcome is not null)
        {
            await Releases.ReleaseScene.SettleAsync(Room, intent!, outcome);
        }

        return intent!;
    }

    /// <summary>The child in a guardian's addresses.</summary>
    public async Task<string> NameForAsync(Hetu guardian)
    {
        using var answer = await Room.Client(guardian.Reveal()).GetAsync("/me/children");
        return Assert.Single((await answer.ReadAsync<MyChildren>()).Children).Id;
    }

    public async Task<HttpResponseMessage> LookAsync(Hetu guardian, string? name = null, string what = "disclosures") =>
        await Room.Client(guardian.Reveal()).GetAsync($"/me/children/{name ?? await NameForAsync(guardian)}/{what}");

    public async Task<bool> SeesAsync(Hetu guardian, string? name = null)
    {
        using var answer = await LookAsync(guardian, name);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public GiveConsent Consent(string? id = null) => new()
    {
        Id = id ?? Some.Id(),
        Form = Flow.Form.Id,
        Items = Flow.Items,
        RecipientSector = Flow.To.Sector,
        RecipientOrganisation = Flow.To.Organisation!.Value,
        Purpose = Flow.Rule.Purpose!.Value,
        TextLanguage = "fi",
        TextVersion = "lapsi-1",
    };

    public async Task<HttpResponseMessage> GiveAsync(Hetu guardian, GiveConsent consent) =>
        await Room.Client(guardian.Reveal()).PostAsJsonAsync($"/me/children/{await NameForAsync(guardian)}/consents", consent, SisoteJson.Options);

    public async Task<HttpResponseMessage> StepAsync(Hetu guardian, string id, string step) =>
        await Room.Client(guardian.Reveal()).PostAsync($"/me/children/{await NameForAsync(guardian)}/consents/{id}/{step}", null);

    private LogEntry Entry(ClientId client, string from, string to, IEnumerable<string> items) => Some.Disclosure(client, Room.Clock.GetUtcNow()) with
    {
        From = End(from),
        To = End(to),
        Items = [.. items.Select(static item => new LogItem { Item = DataItemId.Parse(item), Released = true, Rule = RuleId.Parse("EX-02") })],
        Catalogue = WholeLaw.Catalogue.Version,
    };

    private static LogParty End(string sector)
    {
        var role = WholeLaw.Catalogue.Roles.Where(role => role.Value.Sector.Value == sector).Select(static role => role.Key).OrderBy(static role => role.Value, StringComparer.Ordinal).First();
        return new LogParty { Organisation = OrganisationId.Parse("org-" + sector), System = SystemId.Parse("sys-" + sector), Sector = SectorId.Parse(sector), Role = role };
    }
}
