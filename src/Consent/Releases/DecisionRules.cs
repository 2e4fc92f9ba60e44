// Who may decide on what: read from the catalogue and the deployment.
using System.Collections.Immutable;
using Sisote.Consent.Consents;
using Sisote.Consent.Relationships;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Releases;

/// <summary>Decisions are recorded by professionals of the giver: an organisation and role on the giving side of a rule that asks for the decision, for every item. Closed world.</summary>
internal sealed class DecisionRules(LegalCatalogue catalogue, Deployment deployment)
{
    private readonly ImmutableArray<DisclosureRule> rules = [.. catalogue.Rules.Values.Where(rule => rule.Enabled && !deployment.RulesOff.Contains(rule.Id)).OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)];

    /// <summary>Conditions on which decisions are recorded.</summary>
    public IReadOnlySet<ConditionId> Conditions { get; } = catalogue.Conditions.Values.Where(static condition => condition.IsDecided).Select(static condition => condition.Id).ToHashSet();

    /// <summary>Rules that ask for such a decision.</summary>
    public IReadOnlyCollection<RuleId> Rules => [.. rules.Where(rule => rule.Conditions.Concat(rule.Pairs.SelectMany(static pair => pair.Conditions)).Any(Conditions.Contains)).Select(static rule => rule.Id)];

    /// <summary>Whether a code is a reason for deciding so.</summary>
    public bool IsReason(ConditionId condition, string code, bool releases) =>
        catalogue.Conditions.TryGetValue(condition, out var known) && known.Reasons.Any(reason => reason.Code == code && reason.Releases == releases);

    /// <summary>Whether this professional decides on all of what waits.</summary>
    public bool MayDecide(ReleaseRow row, Recorder who) =>
        row.From.Organisation == who.Organisation && !row.Items.IsEmpty
        && row.Items.All(item => item.Decisions.All(condition => Asking(rules, condition, new DecisionScope { Items = [item.Item], Sector = row.To.Sector, Role = row.To.Role, Purpose = row.Purpose }, item.Item)
            .Any(pair => pair.From.Sector == row.From.Sector && pair.From.Roles.Contains(who.Role))));

    /// <summary>The flows in which professionals of a role decide on something; what exactly, <see cref="MayDecide(ReleaseRow, Recorder)"/> says.</summary>
    public IEnumerable<ReleaseFlow> FlowsOf(RoleId role) =>
        (from rule in rules
         from pair in rule.Pairs
         where pair.From.Roles.Contains(role) && rule.Conditions.Concat(pair.Conditions).Any(Conditions.Contains)
         let purpose = pair.Purpose ?? rule.Purpose
         where purpose is not null
         from to in pair.To.Roles
         select new ReleaseFlow(pair.From.Sector, pair.To.Sector, to, purpose.Value)).Distinct();

    /// <summary>Whether this professional decides so, for every item.</summary>
    public bool MayDecide(ConditionId condition, DecisionScope scope, Recorder who)
    {
        var sectors = deployment.Systems.Where(system => system.Organisation == who.Organisation).Select(static system => system.Sector).ToHashSet();
        return Conditions.Contains(condition) && scope.Items.All(item => Asking(rules, condition, scope, item).Any(pair => sectors.Contains(pair.From.Sector) && pair.From.Roles.Contains(who.Role)));
    }

    /// <summary>
    /// Whether this professional sees and takes back what was decided. INVARIANT: a decision that may still open something can be taken back: a rule that was turned off, or an item that no rule carries any
    /// more, takes nobody's hand from it.
    /// </summary>
    public bool MayTakeBack(KeptRelationship kept, Recorder who)
    {
        var (condition, scope) = (ConditionId.Parse(kept.Relationship.Kind), kept.Relationship.Scope!);
        var sectors = deployment.Systems.Where(system => system.Organisation == who.Organisation).Select(static system => system.Sector).ToHashSet();
        var carried = scope.Items.Concat(kept.Used).Select(item => Asking(catalogue.Rules.Values, condition, scope, item).ToList()).Where(static pairs => pairs.Count > 0).ToList();
        return carried.Count > 0 && carried.TrueForAll(pairs => pairs.Exists(pair => sectors.Contains(pair.From.Sector) && pair.From.Roles.Contains(who.Role)));
    }

    /// <summary>Whether the recipient works in that sector here.</summary>
    public bool IsRecipient(OrganisationId organisation, SectorId sector) => deployment.Systems.Any(system => system.Organisation == organisation && system.Sector == sector);

    private static IEnumerable<RulePair> Asking(IEnumerable<DisclosureRule> rules, ConditionId condition, DecisionScope scope, DataItemId item) =>
        from rule in rules
        from pair in rule.Pairs
        where (rule.Conditions.Contains(condition) || pair.Conditions.Contains(condition)) && (pair.Purpose ?? rule.Purpose) == scope.Purpose && pair.To.Sector == scope.Sector
            && pair.To.Roles.Contains(scope.Role) && (pair.Items.IsDefaultOrEmpty ? rule.Items : pair.Items).Contains(item)
        select pair;
}
