// Which searches show what the law lets this role read, derived from the catalogue alone.
using System.Collections.Immutable;
using Sisote.Doors;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Portal.Backends;

namespace Sisote.Portal.Visits;

/// <summary>One search at one system for one item.</summary>
/// <param name="System">Where.</param>
/// <param name="Item">For which item.</param>
/// <param name="Selector">Its shape in FHIR.</param>
internal sealed record ReadStep(SystemEntry System, DataItemId Item, FhirSelector Selector)
{
    /// <summary>Search parameters besides the patient: those filters that are plain search parameters.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters =>
        Selector.Filters.Where(static filter => filter.Path is "category" or "code").Select(static filter => KeyValuePair.Create(filter.Path, string.Join(',', filter.Codes.Select(code => $"{filter.System}|{code}"))));
}

/// <summary>Plans the reading of a client's data: no list of items or resource types stands in code.</summary>
internal static class ReadPlan
{
    /// <summary>What to ask from the systems of an organisation.</summary>
    public static ImmutableArray<ReadStep> Make(RoomSettings settings, ExchangeCaller caller, OrganisationId source) =>
    [
        .. from system in settings.Deployment.Systems
           where system.Organisation == source && system.Adapter is not null
           from item in Items(settings, caller, system)
           from selector in settings.Catalogue.Items[item].Selectors
           select new ReadStep(system, item, selector),
    ];

    private static IEnumerable<DataItemId> Items(RoomSettings settings, ExchangeCaller caller, SystemEntry system) =>
        settings.Catalogue.Rules.Values
            .Where(rule => rule.Enabled && rule.Direction == Direction.Read && rule.Purpose == caller.Purpose && !settings.Deployment.RulesOff.Contains(rule.Id))
            .OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)
            .SelectMany(rule => rule.Pairs
                .Where(pair => Fits(pair.From, system.Sector, system.ActsAs) && Fits(pair.To, caller.System.Sector, caller.Business.SubjectRole))
                .SelectMany(pair => pair.Items.IsDefaultOrEmpty ? rule.Items : pair.Items))
            .Distinct();

    private static bool Fits(RuleParty party, SectorId sector, RoleId role) => party.Sector == sector && party.Roles.Contains(role);
}
