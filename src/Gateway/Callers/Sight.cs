// What the law lets one party give another, before any client is known.
using System.Collections.Concurrent;
using System.Collections.Frozen;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Searching;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Callers;

/// <summary>The rules of the catalogue between two parties for one purpose and direction, and the items and elements they could carry.</summary>
/// <remarks>It knows nothing of clients: answers that depend on it tell a caller about its own rights only.</remarks>
internal sealed class Sight
{
    private readonly ItemMasks masks;
    private readonly ConcurrentDictionary<string, SearchTable> tables = new(StringComparer.Ordinal);

    private Sight(IEnumerable<(DisclosureRule Rule, IEnumerable<DataItemId> Items)> rules, ItemMasks masks, bool isOwnRegister)
    {
        this.masks = masks;
        var carried = rules.ToArray();
        Rules = [.. carried.Select(static pair => pair.Rule)];
        Items = carried.SelectMany(static pair => pair.Items).ToFrozenSet();
        IsOwnRegister = isOwnRegister;
    }

    internal IReadOnlyList<DisclosureRule> Rules { get; }

    internal FrozenSet<DataItemId> Items { get; }

    internal bool IsOwnRegister { get; }

    internal static Sight Of(LegalCatalogue catalogue, Deployment deployment, ItemMasks masks, Asker asker, Direction direction)
    {
        var (from, to) = asker.Ends(direction);
        return Of(catalogue, deployment, masks, (from, to, asker.Purpose, direction), asker.IsOwnRegister);
    }

    internal static Sight Of(
        LegalCatalogue catalogue, Deployment deployment, ItemMasks masks, (Party From, Party To, PurposeId Purpose, Direction Direction) flow, bool isOwnRegister) =>
        new(
            from rule in catalogue.Rules.Values
            where rule.Enabled && rule.Direction == flow.Direction && rule.Purpose == flow.Purpose && !deployment.RulesOff.Contains(rule.Id)
            from pair in rule.Pairs
            where Matches(pair.From, flow.From) && Matches(pair.To, flow.To)
            orderby rule.Id.Value
            select (rule, pair.Items.IsDefaultOrEmpty ? rule.Items.AsEnumerable() : pair.Items),
            masks,
            isOwnRegister);

    /// <summary>What the recipient may ask in searches of a type.</summary>
    internal SearchTable Searching(string type) => tables.GetOrAdd(type, static (type, sight) => sight.MakeTable(type), this);

    /// <summary>The types of which some item could go.</summary>
    internal IEnumerable<string> Types => Items.SelectMany(TypesOf).Distinct().Order(StringComparer.Ordinal);

    private SearchTable MakeTable(string type)
    {
        var shape = masks.ShapeOf(type) ?? throw new InvalidOperationException("No item of the catalogue is of this type.");
        var visible = masks.SelectorsFor(type).Where(pair => Items.Contains(pair.Item)).ToArray();
        return SearchTable.Of(shape, masks.MaskFor(shape, shape.BitsOf(Items), string.Empty), visible);
    }

    private IEnumerable<string> TypesOf(DataItemId item) => masks.TypesOf(item);

    private static bool Matches(RuleParty party, Party actual) => party.Sector == actual.Sector && party.Roles.Contains(actual.Role);
}
