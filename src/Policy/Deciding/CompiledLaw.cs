// The index over the catalogue, made once, narrowed by the deployment.
using System.Collections.Frozen;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>Immutable: flows by who gives to whom, items with what closes them, access classes by role.</summary>
internal sealed class CompiledLaw
{
    private readonly FrozenDictionary<ulong, Corridor> corridors;
    private readonly FrozenDictionary<string, KnownItem> items;
    private readonly AccessClass[][] classes;
    private readonly Ends anybody;

    internal CompiledLaw(LegalCatalogue catalogue, Deployment deployment)
    {
        Catalogue = catalogue;
        Words = new Vocabularies(catalogue, deployment);
        Conditions = catalogue.Conditions.ToFrozenDictionary(static entry => entry.Key, static entry => new KnownCondition(entry.Value));
        MinorsPolicies = [.. catalogue.MinorsPolicies.Values];
        Prohibitions = [.. catalogue.Prohibitions.Values
            .OrderBy(static prohibition => prohibition.Id.Value, StringComparer.Ordinal)
            .Select(prohibition => new KnownProhibition(prohibition, Words, Conditions))];
        items = catalogue.Items.Values.ToFrozenDictionary(static item => item.Id.Value, MakeItem, StringComparer.Ordinal);
        corridors = MakeCorridors(catalogue.Rules.Values.Where(rule => rule.Enabled && !deployment.RulesOff.Contains(rule.Id)));
        classes = MakeClasses(deployment);
        var any = RuleParty.Anybody;
        anybody = Words.EndsOf(any.Sector, any.Roles[0], any.Sector, any.Roles[0]);
    }

    internal LegalCatalogue Catalogue { get; }

    internal Vocabularies Words { get; }

    internal FrozenDictionary<ConditionId, KnownCondition> Conditions { get; }

    /// <summary>Never rules and masks, by id.</summary>
    internal KnownProhibition[] Prohibitions { get; }

    internal MinorsPolicy[] MinorsPolicies { get; }

    /// <summary>The item, or null where the catalogue does not know it.</summary>
    internal KnownItem? Find(DataItemId item) => items.TryGetValue(item.Value, out var known) ? known : null;

    /// <summary>All that may go between two ends, or null.</summary>
    internal Corridor? Find(Ends ends) => corridors.TryGetValue(ends.Key, out var corridor) ? corridor : null;

    /// <summary>What anybody may give to the recipient (data of nobody in particular, the client's own view), or null.</summary>
    internal Corridor? FromAnybody(Ends ends) => Find(ends with { FromSector = anybody.FromSector, FromRole = anybody.FromRole });

    /// <summary>What anybody may give to anybody, or null.</summary>
    internal Corridor? BetweenAnybody => Find(anybody);

    /// <summary>The access classes set for a role, of all organisations.</summary>
    internal AccessClass[] ClassesOf(ushort role) => classes[role];

    private KnownItem MakeItem(DataItem item)
    {
        var concerning = Prohibitions.Where(prohibition => Concerns(prohibition.Rule, item.Id)).ToArray();
        return new KnownItem
        {
            Id = item.Id,
            Number = Words.Items.NumberOf(item.Id.Value),
            Nevers = [.. concerning.Where(static prohibition => prohibition.Rule.Mask.IsEmpty)],
            Masks = [.. concerning
                .Select(prohibition => new KnownMask(prohibition, [.. MaskedElements.Of(prohibition.Rule, item).Distinct()]))
                .Where(static mask => !mask.Elements.IsEmpty)],
            CapacityContext = item.Sector is { } sector ? Catalogue.MinorsPolicies.GetValueOrDefault(sector.Value)?.CapacityContext : null,
        };
    }

    /// <summary>Statutory notifications first, then by rule id: the order of files does not matter.</summary>
    private FrozenDictionary<ulong, Corridor> MakeCorridors(IEnumerable<DisclosureRule> rules)
    {
        var flows =
            from rule in rules.OrderByDescending(static rule => rule.StatutoryNotification).ThenBy(static rule => rule.Id.Value, StringComparer.Ordinal)
            from pair in rule.Pairs
            let flow = new Flow(rule, pair, RuleInTime.Of(rule, pair), this)
            from sender in pair.From.Roles
            from recipient in pair.To.Roles
            select (Words.EndsOf(pair.From.Sector, sender, pair.To.Sector, recipient).Key, Purpose: Words.NumberOf(pair.Purpose ?? rule.Purpose), Flow: flow);
        return flows.GroupBy(static entry => entry.Key).ToFrozenDictionary(
            static ends => ends.Key,
            ends => new Corridor(Words.Purposes.Count, ends.GroupBy(static entry => (entry.Purpose, entry.Flow.Rule.Direction), static entry => entry.Flow)));
    }

    private AccessClass[][] MakeClasses(Deployment deployment)
    {
        var byRole = deployment.RoleScopes.ToLookup(
            scope => Words.Roles.NumberOf(scope.Role.Value),
            scope => new AccessClass(scope.Organisation, Words.Items.Mark(scope.Items.Select(static item => item.Value))));
        return [.. Enumerable.Range(0, Words.Roles.Count).Select(role => byRole[(ushort)role].ToArray())];
    }

    private static bool Concerns(Prohibition prohibition, DataItemId item) =>
        (prohibition.Items.IsEmpty || prohibition.Items.Contains(item)) && !prohibition.ExceptItems.Contains(item);
}

/// <summary>The most that a role may get (457/2024), by number of item; of one organisation, or (null) of all.</summary>
internal sealed record AccessClass(OrganisationId? Organisation, bool[] Items);
