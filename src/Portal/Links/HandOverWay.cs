// To whom a professional can hand over by link, what for and which items, derived from the catalogue and the deployment alone.
using System.Collections.Immutable;
using Sisote.Doors;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Portal.Backends;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Links;

/// <summary>A provider that is reached by link, with one purpose. Whether anything goes is decided at the gateway when the link is opened.</summary>
/// <param name="Provider">The recipient's organisation.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Rules">The rules that can carry it.</param>
/// <param name="Items">What the rules name and the sender's own register holds.</param>
internal sealed record HandOverWay(SystemEntry Provider, PurposeId Purpose, ImmutableArray<RuleId> Rules, ImmutableArray<DataItemId> Items)
{
    /// <summary>The way in a form.</summary>
    public string Id => $"{Provider.Id.Value}~{Purpose.Value}";

    /// <summary>All ways of a caller.</summary>
    public static ImmutableArray<HandOverWay> All(RoomSettings settings, ExchangeCaller caller)
    {
        var own = ReadPlan.Make(settings, caller, caller.Business.OrganisationId).Select(static step => step.Item).ToHashSet();
        return
        [
            .. from provider in settings.Deployment.Systems
               where provider.Link && provider.Organisation != caller.Business.OrganisationId
               from rule in settings.Catalogue.Rules.Values.OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)
               where rule.Enabled && rule.Direction == Direction.Notify && !settings.Deployment.RulesOff.Contains(rule.Id)
               from pair in rule.Pairs
               where Fits(pair.From, caller.System.Sector, caller.Business.SubjectRole) && Fits(pair.To, provider.Sector, provider.ActsAs)
               let purpose = pair.Purpose ?? rule.Purpose
               where purpose is not null && caller.System.Purposes.Contains(purpose.Value)
               let items = (pair.Items.IsDefaultOrEmpty ? rule.Items : pair.Items).Where(own.Contains)
               group (rule.Id, items) by (provider, purpose.Value) into like
               let carried = like.SelectMany(static one => one.items).Distinct().ToImmutableArray()
               where carried.Length > 0
               select new HandOverWay(like.Key.provider, like.Key.Value, [.. like.Select(static one => one.Id).Distinct()], carried),
        ];
    }

    private static bool Fits(RuleParty party, SectorId sector, RoleId role) => party.Sector == sector && party.Roles.Contains(role);
}
