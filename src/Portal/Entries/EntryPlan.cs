// What goes where, under which rule: the preview of an entry, derived from the catalogue.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sisote.Doors;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Portal.Backends;

namespace Sisote.Portal.Entries;

/// <summary>Where an entry in one mode would go.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Target">The receiving system.</param>
/// <param name="Rule">The rule that can carry it; whether it does is decided at the gateway when it is sent.</param>
/// <param name="Items">The items in it.</param>
/// <param name="MaxText">The longest text that the item takes; null = no limit of its own.</param>
internal sealed record EntryPlan(EntryMode Mode, SystemEntry Target, DisclosureRule Rule, ImmutableArray<DataItemId> Items, int? MaxText)
{
    /// <summary>Plans an entry for each mode that some rule could carry to some system of the organisation.</summary>
    public static ImmutableArray<EntryPlan> Make(RoomSettings settings, ExchangeCaller caller, OrganisationId target, CheckedEntry entry, EntryForm form) =>
    [
        .. from mode in form.Modes
           let resources = EntryResources.Make(entry, form, mode, "preview", DateTimeOffset.UnixEpoch)
           let items = resources.Select(resource => ItemOf(settings.Catalogue, resource)).ToList()
           where items.TrueForAll(static item => item is not null)
           let named = items.OfType<DataItem>().DistinctBy(static item => item.Id).ToImmutableArray()
           from found in Routes(settings, caller, target, named).Take(1)
           select new EntryPlan(mode, found.System, found.Rule, [.. named.Select(static item => item.Id)], MaxTextOf(named, mode)),
    ];

    private static IEnumerable<(SystemEntry System, DisclosureRule Rule)> Routes(RoomSettings settings, ExchangeCaller caller, OrganisationId target, ImmutableArray<DataItem> items) =>
        from system in settings.Deployment.Systems
        where system.Organisation == target && system.Adapter is not null
        from rule in settings.Catalogue.Rules.Values.OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)
        where rule.Enabled && rule.Direction != Direction.Read && rule.Purpose == caller.Purpose && !settings.Deployment.RulesOff.Contains(rule.Id)
        where items.All(item => rule.Items.Contains(item.Id))
        where rule.Pairs.Any(pair => Fits(pair.From, caller.System.Sector, caller.Business.SubjectRole) && Fits(pair.To, system.Sector, system.ActsAs))
        select (system, rule);

    private static DataItem? ItemOf(LegalCatalogue catalogue, JsonObject resource) =>
        catalogue.Items.Values.FirstOrDefault(item => item.Selectors.Any(selector => Matches(selector, resource)));

    private static bool Matches(FhirSelector selector, JsonObject resource) =>
        selector.ResourceType == resource["resourceType"]!.ToString()
        && selector.Filters.Length > 0
        && selector.Filters.All(filter => Codings(resource[filter.Path]).Any(coding => coding["system"]?.ToString() == filter.System && filter.Codes.Contains(coding["code"]?.ToString() ?? string.Empty)));

    private static IEnumerable<JsonObject> Codings(JsonNode? concept) =>
        (concept is JsonArray many ? many.OfType<JsonObject>() : new[] { concept }.OfType<JsonObject>()).SelectMany(static each => (each["coding"] as JsonArray ?? []).OfType<JsonObject>());

    private static int? MaxTextOf(ImmutableArray<DataItem> items, EntryMode mode) =>
        items.SelectMany(static item => item.Selectors).Where(selector => selector.ResourceType == mode.Resource).Min(static selector => selector.MaxTextLength);

    private static bool Fits(RuleParty party, SectorId sector, RoleId role) => party.Sector == sector && party.Roles.Contains(role);
}
