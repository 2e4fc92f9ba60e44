// A law made in the test itself, of a rule or two, for what the shipped law has no case of.
using System.Collections.Frozen;
using System.Collections.Immutable;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

/// <summary>
/// The doctor may give weight and name to the coach, for sports; all else a test adds. It is compiled anew for every decision. Consents: SECRECY names item, recipient and purpose,
/// GENERAL need name nothing, BAR narrows SECRECY, OTHER narrows nothing.
/// </summary>
internal sealed record MadeLaw
{
    private static readonly LegalCatalogue Small = SmallCatalogue.Read();
    private static readonly LocalisedText Words = new() { Fi = "Sanat.", Sv = "Ord.", En = "Words." };

    internal static DisclosureRule Rule { get; } = new()
    {
        Id = RuleId.Parse("R-1"),
        Title = Words,
        Pairs = [Pair("coach")],
        Purpose = PurposeId.Parse("sports"),
        Items = DemoWorld.Ids("weight", "name"),
        Direction = Direction.Read,
        LegalBasis = [Statute("1/2000")],
        Confidence = "high",
    };

    internal static Prohibition Never { get; } = new()
    {
        Id = ProhibitionId.Parse("P-1"),
        Title = Words,
        Items = DemoWorld.Ids("weight"),
        Reason = ReasonClass.NeverRule,
        Strength = "law",
        LegalBasis = [Statute("1/2000")],
        Confidence = "high",
    };

    internal static AccessRequest Request { get; } = new()
    {
        From = Party("health", "doctor") with { Organisation = OrganisationId.Parse("clinic") },
        To = Party("sports", "coach") with { Organisation = OrganisationId.Parse("club") },
        Purpose = PurposeId.Parse("sports"),
        Direction = Direction.Read,
        Items = DemoWorld.Ids("weight"),
    };

    internal static ConsentRecord Consent { get; } = DemoWorld.Consent("weight", "name") with
    {
        RecipientSector = SectorId.Parse("sports"), Purpose = PurposeId.Parse("sports"), To = null,
    };

    /// <summary>A grown-up of whom nothing else is known.</summary>
    internal static ConsentState Adult { get; } = new()
    {
        Client = ClientId.Parse("0123456789abcdef0123456789abcdef"),
        Revision = 1,
        AgreementsRevision = 1,
        Facts = Born(1980, 3, 1),
    };

    public ImmutableArray<DisclosureRule> Rules { get; init; } = [Rule];

    public ImmutableArray<Prohibition> Nevers { get; init; } = [];

    public ImmutableArray<Condition> Conditions { get; init; } = [];

    public ImmutableArray<MinorsPolicy> Minors { get; init; } = [];

    public ImmutableArray<RoleScope> Scopes { get; init; } = [];

    public ImmutableArray<ConsentForm> Forms { get; init; } =
    [
        Form("SECRECY") with { Itemised = true }, Form("GENERAL"), Form("BAR") with { Narrows = ConsentFormId.Parse("SECRECY") }, Form("OTHER"),
    ];

    internal LegalCatalogue Catalogue => new()
    {
        Version = Small.Version,
        Items = Small.Items,
        Rules = Rules.ToFrozenDictionary(static rule => rule.Id),
        Prohibitions = Nevers.ToFrozenDictionary(static never => never.Id),
        Conditions = Conditions.ToFrozenDictionary(static condition => condition.Id),
        Sectors = Small.Sectors,
        Roles = Small.Roles,
        Purposes = Small.Purposes,
        ConsentForms = Forms.ToFrozenDictionary(static form => form.Id),
        MinorsPolicies = Minors.ToFrozenDictionary(static policy => policy.Context),
        Obligations = Small.Obligations,
        Retention = Small.Retention,
        CodeSystems = Small.CodeSystems,
        Names = Small.Names,
        CodeLists = Small.CodeLists,
    };

    internal PolicyDecisionPoint Point => new(Catalogue, new Deployment { Organisations = [], Systems = [], RoleScopes = Scopes });

    internal static Condition Shown(string id, params ImmutableArray<EvidenceSource> by) =>
        new() { Id = ConditionId.Parse(id), Labels = Words, Type = "fact", EvaluatedFrom = by };

    internal static MinorsPolicy Policy(string context, MinorsDecider decider, int? assumedNotAbleBelow = null) =>
        new() { Context = context, Labels = Words, CapacityContext = context, Decider = decider, AssumedNotAbleBelow = assumedNotAbleBelow, LegalBasis = [Statute("1/2000")] };

    internal static ConsentRequirement Asks(string form, string? minors = null) => new() { Form = ConsentFormId.Parse(form), MinorsContext = minors };

    internal static RulePair Pair(params string[] roles) => new(End("health", "doctor"), End("sports", roles))
    {
        Items = DemoWorld.Ids("weight", "name"),
    };

    internal static RuleParty End(string sector, params string[] roles) => new() { Sector = SectorId.Parse(sector), Roles = [.. roles.Select(RoleId.Parse)] };

    internal static LegalBasis Statute(string number, DateOnly? from = null, DateOnly? to = null) =>
        new() { Statute = number, Section = "1 §", Paraphrase = Words, ValidFrom = from, ValidTo = to };

    internal static ClientFacts Born(int year, int month, int day) => new() { BirthDate = new DateOnly(year, month, day), SafetyProhibition = false };

    /// <summary>The last instant of a day in winter.</summary>
    internal static DateTimeOffset EndOf(DateOnly day) => new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(2)).AddTicks(-1);

    internal Decision Decide(AccessRequest? request = null, ConsentState? state = null, DateTimeOffset? at = null) =>
        Point.Decide(request ?? Request, state ?? Adult, at ?? DemoWorld.Noon);

    /// <summary>The only outcome; null = permitted.</summary>
    internal ItemDecision.Deny? Denial(AccessRequest? request = null, ConsentState? state = null, DateTimeOffset? at = null) =>
        Assert.Single(Decide(request, state, at).Items) as ItemDecision.Deny;

    private static ConsentForm Form(string id) => new() { Id = ConsentFormId.Parse(id), Labels = Words, Statute = "1/2000", Validity = "until-revoked" };

    private static Party Party(string sector, string role) => new() { Sector = SectorId.Parse(sector), Role = RoleId.Parse(role) };
}
