// The index over the catalogue, made once, narrowed by the deployment.
using System.Collections.Frozen;
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Deciding;

/// <summary>Immutable: rules by flow, never rules and masks by item, and what is near where nothing fits.</summary>
internal sealed class CompiledLaw
{
    private readonly FrozenDictionary<FlowKey, ImmutableArray<Flow>> flows;
    private readonly FrozenDictionary<DataItemId, ImmutableArray<Prohibition>> nevers;
    private readonly FrozenDictionary<DataItemId, ImmutableArray<Mask>> masks;

    private readonly ImmutableArray<PurposeId> purposes;
    private readonly ImmutableArray<Direction> directions = [.. Enum.GetValues<Direction>()];

    internal CompiledLaw(LegalCatalogue catalogue, Deployment deployment)
    {
        Catalogue = catalogue;
        Deployment = deployment;
        purposes = [.. catalogue.Purposes.Keys.OrderBy(static purpose => purpose.Value, StringComparer.Ordinal)];
        flows = catalogue.Rules.Values
            .Where(rule => rule.Enabled && !deployment.RulesOff.Contains(rule.Id))
            .OrderByDescending(static rule => rule.StatutoryNotification)
            .ThenBy(static rule => rule.Id.Value, StringComparer.Ordinal)
            .SelectMany(rule => rule.Pairs.SelectMany(pair => Keys(rule, pair), (pair, key) => (Key: key, Flow: new Flow(rule, pair, catalogue))))
            .GroupBy(static entry => entry.Key)
            .ToFrozenDictionary(static group => group.Key, static group => group.Select(static entry => entry.Flow).ToImmutableArray());
        var ordered = catalogue.Prohibitions.Values.OrderBy(static prohibition => prohibition.Id.Value, StringComparer.Ordinal).ToArray();
        nevers = catalogue.Items.Keys.ToFrozenDictionary(
            static item => item,
            item => ordered.Where(prohibition => prohibition.Mask.IsEmpty && Concerns(prohibition, item)).ToImmutableArray());
        masks = catalogue.Items.Values.ToFrozenDictionary(
            static item => item.Id,
            item => ordered.Where(prohibition => Concerns(prohibition, item.Id)).Select(prohibition => Mask.Of(prohibition, item)).OfType<Mask>().ToImmutableArray());
    }

    internal LegalCatalogue Catalogue { get; }

    internal Deployment Deployment { get; }

    internal ImmutableArray<Flow> Find(AccessRequest request)
    {
        var key = KeyOf(request, request.Purpose, request.Direction);
        if (request.Purpose is not null)
        {
            return flows.TryGetValue(key, out var found) ? found : [];
        }

        var anybody = RuleParty.Anybody;
        var fromAnybody = key with { FromSector = anybody.Sector, FromRole = anybody.Roles[0] };
        var toAnybody = fromAnybody with { ToSector = anybody.Sector, ToRole = anybody.Roles[0] };
        return [.. new[] { key, fromAnybody, toAnybody }.SelectMany(key => flows.TryGetValue(key, out var found) ? found : [])];
    }

    internal ImmutableArray<Prohibition> NeversOf(DataItemId item) => nevers.TryGetValue(item, out var found) ? found : [];

    internal ImmutableArray<Mask> MasksOf(DataItemId item) => masks.TryGetValue(item, out var found) ? found : [];

    /// <summary>What would be needed for an item between these parties: another direction, another purpose, or nothing helps.</summary>
    internal (ReasonClass Reason, RuleId? Rule) Nearest(AccessRequest request, DataItemId item)
    {
        foreach (var direction in directions)
        {
            if (flows.TryGetValue(KeyOf(request, request.Purpose, direction), out var turned) && turned.FirstOrDefault(flow => flow.Items.Contains(item)) is { } flow)
            {
                return (ReasonClass.WrongDirection, flow.Rule.Id);
            }
        }

        foreach (var purpose in purposes)
        {
            if (flows.TryGetValue(KeyOf(request, purpose, request.Direction), out var other) && other.FirstOrDefault(flow => flow.Items.Contains(item)) is { } flow)
            {
                return (ReasonClass.WrongPurpose, flow.Rule.Id);
            }
        }

        return (ReasonClass.NoRule, null);
    }

    private static FlowKey KeyOf(AccessRequest request, PurposeId? purpose, Direction direction) =>
        new(request.From.Sector, request.From.Role, request.To.Sector, request.To.Role, purpose, direction);

    private static IEnumerable<FlowKey> Keys(DisclosureRule rule, RulePair pair) =>
        from sender in pair.From.Roles
        from recipient in pair.To.Roles
        select new FlowKey(pair.From.Sector, sender, pair.To.Sector, recipient, pair.Purpose ?? rule.Purpose, rule.Direction);

    private static bool Concerns(Prohibition prohibition, DataItemId item) =>
        (prohibition.Items.IsEmpty || prohibition.Items.Contains(item)) && !prohibition.ExceptItems.Contains(item);
}

/// <summary>A mask as it touches one item: the elements of that item which stay behind.</summary>
internal sealed record Mask(Prohibition Prohibition, ImmutableArray<string> Elements)
{
    internal static Mask? Of(Prohibition prohibition, DataItem item)
    {
        var carried = item.Selectors.SelectMany(static selector => selector.Elements.Select(element => $"{selector.ResourceType}.{element}")).ToArray();
        var touched = prohibition.Mask.Where(mask => carried.Any(element => Overlap(element, mask))).ToImmutableArray();
        return touched.IsEmpty ? null : new Mask(prohibition, touched);
    }

    private static bool Overlap(string element, string mask) =>
        element == mask || element.StartsWith(mask + ".", StringComparison.Ordinal) || mask.StartsWith(element + ".", StringComparison.Ordinal);
}
