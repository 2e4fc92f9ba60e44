// Invented people, organisations and law for the tests of this room.
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Consent;

internal static class Some
{
    public const string Aino = "010190-999W";
    public const string Onni = "010190Y999W";

    public static readonly OrganisationId County = OrganisationId.Parse("pohjois-savo");
    public static readonly OrganisationId Municipality = OrganisationId.Parse("kuopio");
    public static readonly OrganisationId Club = OrganisationId.Parse("kallan-kulkijat");
    public static readonly DataItemId Limits = DataItemId.Parse("exercise-restriction");
    public static readonly DataItemId Goals = DataItemId.Parse("exercise-goal");
    public static readonly DataItemId Diagnosis = DataItemId.Parse("diagnosis");
    public static readonly RuleId Reading = RuleId.Parse("EX-02");
    public static readonly RuleId Entering = RuleId.Parse("EX-03");
    public static readonly PurposeId Counselling = PurposeId.Parse("exercise-counselling");
    public static readonly ConsentFormId Secrecy = ConsentFormId.Parse("SECRECY");
    public static readonly CatalogueVersion Version = CatalogueVersion.Parse(new string('a', 64));

    private static readonly SectorId Health = SectorId.Parse("health");
    private static readonly SectorId Sports = SectorId.Parse("municipal-sports");
    private static readonly RoleId Doctor = RoleId.Parse("health-professional");
    private static readonly RoleId Counsellor = RoleId.Parse("exercise-counsellor");

    public static LegalCatalogue Catalogue(params ImmutableArray<string> obligations) => new()
    {
        Version = Version,
        Items = new[] { Limits, Goals, Diagnosis }.ToFrozenDictionary(static id => id, static id => new DataItem { Id = id, Labels = Label(id.Value), Sensitivity = "S3", Selectors = [] }),
        Rules = new[]
        {
            Rule(Reading, Health, Doctor, Sports, Counsellor, Direction.Read, Secrecy, Limits, Goals) with { Obligations = obligations },
            Rule(Entering, Sports, Counsellor, Health, Doctor, Direction.Write, null, Goals),
            Rule(RuleId.Parse("TEST-STATUTE"), Health, Doctor, Sports, Counsellor, Direction.Notify, null, Goals),
        }.ToFrozenDictionary(static rule => rule.Id),
        Retention = Assert.IsType<CatalogueReading.Loaded>(CatalogueReader.ReadEmbedded()).Catalogue.Retention,
        Prohibitions = FrozenDictionary<ProhibitionId, Prohibition>.Empty,
        Conditions = FrozenDictionary<ConditionId, Condition>.Empty,
        Sectors = FrozenDictionary<SectorId, LocalisedText>.Empty,
        Roles = FrozenDictionary<RoleId, RoleEntry>.Empty,
        Purposes = new[] { Counselling }.ToFrozenDictionary(static purpose => purpose, static purpose => Label(purpose.Value)),
        ConsentForms = new[] { Secrecy, ConsentFormId.Parse("GDPR") }
            .Select(static form => new ConsentForm { Id = form, Labels = Label(form.Value), Statute = "-", Itemised = true, SignedIn = true, Validity = "purpose-or-date" })
            .ToFrozenDictionary(static form => form.Id),
        MinorsPolicies = FrozenDictionary<string, MinorsPolicy>.Empty,
        Obligations = FrozenDictionary<string, LocalisedText>.Empty,
        CodeSystems = FrozenDictionary<string, string>.Empty,
        Names = FrozenDictionary<string, LocalisedText>.Empty,
        CodeLists = FrozenDictionary<string, CodeList>.Empty,
    };

    public static Deployment Deployment() => new()
    {
        Organisations = [Organisation(County, "wellbeing-county"), Organisation(Municipality, "municipality") with { LogYears = 6 }, Organisation(Club, "association") with { LogYears = 7 }],
        Systems =
        [
            System("pohjois-savo-record", County, Health, Doctor, new AdapterEntry { Kind = "patient-record" }),
            System("kuopio-liikunta", Municipality, Sports, Counsellor, new AdapterEntry { Kind = "exercise-counselling" }),
            System("kallan-kulkijat-yhteys", Club, SectorId.Parse("third-sector"), RoleId.Parse("association-worker"), null),
        ],
        Agreements = [Agreement("kuopio-on-behalf")],
        RoleScopes = [new RoleScope { Role = Counsellor, Items = [.. new[] { "person-identity", "exercise-restriction", "exercise-goal-plan", "exercise-measures" }.Select(DataItemId.Parse)] }],
    };

    public static Agreement Agreement(string id) => new()
    {
        Id = id,
        Kind = "on-behalf",
        Parties = [County, Municipality],
        Flows = [Entering],
        From = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    public static string Id() => Guid.CreateVersion7().ToString("N");

    /// <summary>An invented person, one for each number from 0 to 99.</summary>
    public static Hetu Person(int number)
    {
        var digits = $"01019{number / 50}9{number % 50 + 10}";
        return Hetu.Parse($"{digits[..6]}-{digits[6..]}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, CultureInfo.InvariantCulture) % 31]}");
    }

    public static LogEntry Disclosure(ClientId client, DateTimeOffset at, ConsentReference? consent = null) => new()
    {
        Id = Id(),
        Time = at,
        Kind = LogEntryKind.Disclosure,
        CorrelationId = Id(),
        Client = client,
        From = new LogParty { Organisation = County, System = SystemId.Parse("pohjois-savo-record"), Sector = Health, Role = Doctor },
        To = new LogParty { Organisation = Municipality, System = SystemId.Parse("kuopio-liikunta"), Sector = Sports, Role = Counsellor, Professional = ProfessionalId.Parse("ohjaaja-salmi") },
        Direction = Direction.Read,
        Purpose = Counselling,
        Items =
        [
            new LogItem { Item = Limits, Released = true, Rule = Reading, Basis = [new LegalBasisCitation { Statute = "703/2023", Section = "6 §" }], Consents = consent is null ? [] : [consent] },
            new LogItem { Item = Diagnosis, Released = false, Reason = ReasonClass.NoRule },
        ],
        Catalogue = Version,
        Outcome = "released",
    };

    /// <summary>What no statute fixes a time for: municipal sports to a club.</summary>
    public static LogEntry OutsideHealth(ClientId client, DateTimeOffset at) => Disclosure(client, at) with
    {
        From = new LogParty { Organisation = Municipality, System = SystemId.Parse("kuopio-liikunta"), Sector = Sports, Role = Counsellor },
        To = new LogParty { Organisation = Club, System = SystemId.Parse("kallan-kulkijat-yhteys"), Sector = SectorId.Parse("third-sector"), Role = RoleId.Parse("association-worker") },
    };

    public static LogEntry Refusal(ClientId client, DateTimeOffset at) => Disclosure(client, at) with
    {
        Kind = LogEntryKind.Refusal,
        Outcome = "refused",
        Items = [new LogItem { Item = Limits, Released = false, Reason = ReasonClass.NoConsent }],
    };

    public static AppendItem Referral(ConsentState state, DateTimeOffset at, string? id = null) => new()
    {
        Entry = Disclosure(state.Client, at) with { Kind = LogEntryKind.WriteIntent, Direction = Direction.Notify, Outcome = "sending" },
        Expect = Expect(state),
        ClientIdentifier = Aino,
        Begins = new NewRelationship { Id = id ?? "referral-" + Id(), Kind = "referral", Status = RelationshipStatus.Requested, FromOrganisation = County, ToOrganisation = Municipality, To = at.AddDays(90) },
    };

    public static AppendExpectation Expect(ConsentState state, DateTimeOffset? holdsUntil = null) =>
        new() { ClientRevision = state.Revision, AgreementsRevision = state.AgreementsRevision, Catalogue = Version, HoldsUntil = holdsUntil };

    public static GiveConsent Consent(string? id = null) => new()
    {
        Id = id ?? Id(),
        Form = Secrecy,
        Items = [Limits, Goals],
        RecipientSector = Sports,
        RecipientOrganisation = Municipality,
        Purpose = Counselling,
        TextLanguage = "fi",
        TextVersion = "exercise-1",
    };

    private static LocalisedText Label(string text) => new() { Fi = text, Sv = text, En = text };

    private static OrganisationEntry Organisation(OrganisationId id, string kind) => new() { Id = id, Name = Label(id.Value), Kind = kind };

    private static SystemEntry System(string id, OrganisationId organisation, SectorId sector, RoleId role, AdapterEntry? adapter) =>
        new() { Id = SystemId.Parse(id), Organisation = organisation, Sector = sector, ActsAs = role, Name = Label(id), Adapter = adapter };

    private static DisclosureRule Rule(RuleId id, SectorId from, RoleId fromRole, SectorId to, RoleId toRole, Direction direction, ConsentFormId? form, params ImmutableArray<DataItemId> items) => new()
    {
        Id = id,
        Title = Label(id.Value),
        Pairs = [new RulePair(new RuleParty { Sector = from, Roles = [fromRole] }, new RuleParty { Sector = to, Roles = [toRole] })],
        Purpose = Counselling,
        Items = items,
        Direction = direction,
        LegalBasis = [],
        Consents = form is { } asked ? [new ConsentRequirement { Form = asked }] : [],
        Confidence = "high",
    };
}
