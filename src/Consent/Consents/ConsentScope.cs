// Which consents the law knows, and what one carries.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Reads from the catalogue, as this installation narrows it, which rules could rest on a consent. Closed world: what no rule could rest on cannot be consented to.</summary>
internal sealed class ConsentScope(LegalCatalogue catalogue, Deployment deployment, ConsentOptions options)
{
    private readonly ImmutableHashSet<ConsentFormId> formsGivenHere = options.FormsGivenHere(catalogue);
    private readonly ImmutableArray<DisclosureRule> rules = [.. catalogue.Rules.Values.Where(rule => rule.Enabled && !deployment.RulesOff.Contains(rule.Id)).OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)];

    /// <summary>The problem with a consent that is to be given; null when there is none.</summary>
    public ProblemHttpResult? Check(GiveConsent consent, DateTimeOffset now) => consent switch
    {
        _ when !Guid.TryParseExact(consent.Id, "N", out _) => Problems.InvalidRequest("id", "A fresh identifier: 32 hexadecimal digits."),
        { Items: { IsDefaultOrEmpty: true } or { Length: > 100 } } => Problems.InvalidRequest("items", "Name 1 to 100 items."),
        { TextLanguage: not ("fi" or "sv" or "en") } => Problems.InvalidRequest("textLanguage", "fi, sv or en."),
        _ when !SystemId.TryParse(consent.TextVersion, out _) => Problems.InvalidRequest("textVersion", "1 to 64 letters, digits, '-', '_' or '.'."),
        { To: { } to } when to <= now => Problems.InvalidRequest("to", "The end lies in the future."),
        _ when !formsGivenHere.Contains(consent.Form) => Problems.ConsentFormElsewhere(),
        _ when !IsRecipient(consent) => Problems.ConsentNotInLaw("recipientOrganisation", "Name an organisation that has a system in that sector here."),
        _ when consent.Items.FirstOrDefault(item => !IsCarried(consent, item)) is { Value.Length: > 0 } => Problems.ConsentNotInLaw("items", "Leave out the items that no rule of this form, recipient and purpose carries."),
        _ => null,
    };

    /// <summary>Organisations that hold what the consent names: those whose data it opens.</summary>
    public IEnumerable<OrganisationId> HoldersOf(ConsentRecord consent)
    {
        var sectors = rules.Where(rule => RestsOn(rule, consent)).SelectMany(static rule => rule.Pairs).Where(pair => IsTowards(pair, consent)).Select(static pair => pair.From.Sector).ToHashSet();
        return deployment.Systems.Where(system => system.Adapter is not null && sectors.Contains(system.Sector)).Select(static system => system.Organisation).Distinct();
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

    private bool IsRecipient(GiveConsent consent) =>
        deployment.Systems.Any(system => system.Organisation == consent.RecipientOrganisation && system.Sector == consent.RecipientSector);

    private bool IsCarried(GiveConsent consent, DataItemId item) => rules.Any(rule =>
        AsksFor(rule, consent.Form)
        && rule.Purpose == consent.Purpose
        && rule.Pairs.Any(pair =>
            pair.To.Sector == consent.RecipientSector && (consent.RecipientRole is not { } role || pair.To.Roles.Contains(role)) && ItemsOf(rule, pair).Contains(item)));

    private static ImmutableArray<DataItemId> ItemsOf(DisclosureRule rule, RulePair pair) => pair.Items.IsDefaultOrEmpty ? rule.Items : pair.Items;

    private static bool AsksFor(DisclosureRule rule, ConsentFormId form) => rule.Consents.Any(consent => consent.Form == form);

    private static bool RestsOn(DisclosureRule rule, ConsentRecord consent) =>
        AsksFor(rule, consent.Form) && (consent.Purpose is null || rule.Purpose == consent.Purpose);

    private static bool IsTowards(RulePair pair, ConsentRecord consent) =>
        (consent.RecipientSector is not { } sector || pair.To.Sector == sector) && (consent.RecipientRole is not { } role || pair.To.Roles.Contains(role));
}
