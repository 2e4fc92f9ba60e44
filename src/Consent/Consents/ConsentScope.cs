// Which consents the law knows, and what one carries.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Reads from the catalogue, as this installation narrows it, which rules could rest on a consent. Closed world: what no rule could rest on cannot be consented to.</summary>
internal sealed class ConsentScope(LegalCatalogue catalogue, Deployment deployment)
{
    private readonly ImmutableArray<DisclosureRule> rules = [.. catalogue.Rules.Values.Where(rule => rule.Enabled && !deployment.RulesOff.Contains(rule.Id)).OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)];

    /// <summary>The problem with a consent that is to be given; null when there is none.</summary>
    public ProblemHttpResult? Check(ConsentTerms consent, DateTimeOffset now) => consent switch
    {
        _ when !FreshId.Is(consent.Id) => Problems.InvalidRequest("id", "A fresh identifier: 32 hexadecimal digits."),
        { Items: { IsDefaultOrEmpty: true } or { Length: > 100 } } => Problems.InvalidRequest("items", "Name 1 to 100 items."),
        { TextLanguage: not ("fi" or "sv" or "en") } => Problems.InvalidRequest("textLanguage", "fi, sv or en."),
        _ when !SystemId.TryParse(consent.TextVersion, out _) => Problems.InvalidRequest("textVersion", "1 to 64 letters, digits, '-', '_' or '.'."),
        { To: { } to } when to <= now => Problems.InvalidRequest("to", "The end lies in the future."),
        _ when !IsRecipient(consent) => Problems.ConsentNotInLaw("recipientOrganisation", "Name an organisation that has a system in that sector here."),
        _ when !IsUnit(consent) => Problems.ConsentNotInLaw("recipientSystem", "Name a connected system of the recipient's in that sector, or leave it out."),
        _ when consent.Items.FirstOrDefault(item => !IsCarried(consent, item)) is { Value.Length: > 0 } => Problems.ConsentNotInLaw("items", "Leave out the items that no rule of this form, recipient and purpose carries."),
        _ => null,
    };

    /// <summary>Whether consents of this kind are recorded there: an organisation and role on the giving side of a rule, for every item.</summary>
    public bool MayRecord(ConsentTerms consent, Recorder recorder)
    {
        var sectors = SectorsOf(recorder.Organisation);
        return consent.Items.All(item => Carrying(rules, consent, item).Any(flow => Gives(flow.Pair, sectors, recorder.Role)));
    }

    /// <summary>Whether a recorded consent is that organisation's and role's business: on the giving side for every item that the catalogue carries, in use here or not, so that a rule turned off
    /// takes no withdrawal away from who recorded.</summary>
    public bool IsHandledBy(ConsentVersion version, Recorder recorder)
    {
        var sectors = SectorsOf(recorder.Organisation);
        var terms = NewVersion.TermsOf(version);
        var carrying = terms.Items.Select(item => Carrying(catalogue.Rules.Values, terms, item).ToList()).Where(static flows => flows.Count > 0).ToList();
        return carrying.Count > 0 && carrying.All(flows => flows.Exists(flow => Gives(flow.Pair, sectors, recorder.Role)));
    }

    /// <summary>What the giver's word is worth: it must count for every item under some rule, and is enough alone where it is for every item.</summary>
    public WhoConsents Giver(ConsentTerms consent, string givenBy, ClientFacts facts, DateTimeOffset at)
    {
        var best = consent.Items.Select(item => Carrying(rules, consent, item)
            .Select(flow => flow.Rule.Consents.First(asked => asked.Form == consent.Form).MinorsContext is { } context ? catalogue.MinorsPolicies[context] : null)
            .Select(policy => WhoConsents.Of(givenBy, policy, facts, at))
            .OrderByDescending(static who => who.Counts).ThenByDescending(static who => who.Alone).FirstOrDefault(new WhoConsents(false, false, []))).ToList();
        return new WhoConsents(best.All(static who => who.Counts), best.All(static who => who.Alone), [.. best.SelectMany(static who => who.CapacityDecisions).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>Organisations whose data a consent of this kind can open today, in their order.</summary>
    public ImmutableArray<OrganisationId> SourcesOf(ConsentTerms consent)
    {
        var sectors = consent.Items.SelectMany(item => Carrying(rules, consent, item)).Select(static flow => flow.Pair.From.Sector).ToHashSet();
        return NewVersion.Ordered(deployment.Systems.Where(system => sectors.Contains(system.Sector)).Select(static system => system.Organisation));
    }

    /// <summary>Organisations that may hold what the consent names: those whose data it would open. Whether they hold anything of the client, the law does not tell.</summary>
    public IEnumerable<OrganisationId> HoldersOf(ConsentRecord consent)
    {
        var sectors = rules.Where(rule => RestsOn(rule, consent)).SelectMany(static rule => rule.Pairs).Where(pair => IsTowards(pair, consent)).Select(static pair => pair.From.Sector).ToHashSet();
        return deployment.Systems.Where(system => system.Adapter is not null && sectors.Contains(system.Sector)).Select(static system => system.Organisation).Distinct()
            .Where(holder => consent.SourceOrganisations is not { } sources || sources.Contains(holder));
    }

    /// <summary>Rules that rest on the consent, with the items concerned.</summary>
    public IEnumerable<(DisclosureRule Rule, ImmutableArray<DataItemId> Items)> FlowsOn(ConsentRecord consent) => Flows(consent, rule => RestsOn(rule, consent));

    /// <summary>Rules that carry the same items to the same recipient without any consent.</summary>
    public IEnumerable<(DisclosureRule Rule, ImmutableArray<DataItemId> Items)> FlowsBeside(ConsentRecord consent) => Flows(consent, static rule => rule.Consents.IsDefaultOrEmpty);

    private IEnumerable<(DisclosureRule Rule, ImmutableArray<DataItemId> Items)> Flows(ConsentRecord consent, Func<DisclosureRule, bool> matches) =>
        from rule in rules
        where matches(rule)
        let carried = rule.Pairs.Where(pair => IsTowards(pair, consent)).SelectMany(pair => ItemsOf(rule, pair)).ToHashSet()
        let items = rule.Items.Where(item => carried.Contains(item) && (consent.AllItems || consent.Items.Contains(item))).ToImmutableArray()
        where items.Length > 0
        select (rule, items);

    private bool IsRecipient(ConsentTerms consent) =>
        deployment.Systems.Any(system => system.Organisation == consent.RecipientOrganisation && system.Sector == consent.RecipientSector);

    private bool IsUnit(ConsentTerms consent) => consent.RecipientSystem is not { } unit
        || deployment.FindSystem(unit) is { } system && system.Organisation == consent.RecipientOrganisation && system.Sector == consent.RecipientSector;

    private bool IsCarried(ConsentTerms consent, DataItemId item) => Carrying(rules, consent, item).Any();

    private HashSet<SectorId> SectorsOf(OrganisationId organisation) => [.. deployment.Systems.Where(system => system.Organisation == organisation).Select(static system => system.Sector)];

    private static bool Gives(RulePair pair, HashSet<SectorId> sectors, RoleId role) => sectors.Contains(pair.From.Sector) && pair.From.Roles.Contains(role);

    private static IEnumerable<(DisclosureRule Rule, RulePair Pair)> Carrying(IEnumerable<DisclosureRule> rules, ConsentTerms consent, DataItemId item) =>
        from rule in rules
        where AsksFor(rule, consent.Form)
        from pair in rule.Pairs
        where (pair.Purpose ?? rule.Purpose) == consent.Purpose && pair.To.Sector == consent.RecipientSector && (consent.RecipientRole is not { } role || pair.To.Roles.Contains(role)) && ItemsOf(rule, pair).Contains(item)
        select (rule, pair);

    private static ImmutableArray<DataItemId> ItemsOf(DisclosureRule rule, RulePair pair) => pair.Items.IsDefaultOrEmpty ? rule.Items : pair.Items;

    private static bool AsksFor(DisclosureRule rule, ConsentFormId form) => rule.Consents.Any(consent => consent.Form == form);

    private static bool RestsOn(DisclosureRule rule, ConsentRecord consent) =>
        AsksFor(rule, consent.Form) && (consent.Purpose is null || rule.Purpose == consent.Purpose);

    private static bool IsTowards(RulePair pair, ConsentRecord consent) =>
        (consent.RecipientSector is not { } sector || pair.To.Sector == sector) && (consent.RecipientRole is not { } role || pair.To.Roles.Contains(role));
}
