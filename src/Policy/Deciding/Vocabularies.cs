// Every code that the law or the deployment names, numbered.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>The numbers of sectors, roles, purposes and items. A code that is in none of them is one that no rule, never rule or access class can mean.</summary>
internal sealed class Vocabularies
{
    internal Vocabularies(LegalCatalogue catalogue, Deployment deployment)
    {
        RuleParty[] parties =
        [
            RuleParty.Anybody,
            .. catalogue.Rules.Values.SelectMany(static rule => rule.Pairs).SelectMany(static pair => new[] { pair.From, pair.To }),
            .. catalogue.Prohibitions.Values.SelectMany(static never => never.OnlyRecipients),
        ];
        SectorId[] sectors =
        [
            .. catalogue.Sectors.Keys,
            .. parties.Select(static party => party.Sector),
            .. catalogue.Prohibitions.Values.SelectMany(static never => never.ToSectors),
            .. catalogue.Prohibitions.Values.SelectMany(static never => never.OnlySectors),
        ];
        RoleId[] roles =
        [
            .. catalogue.Roles.Keys,
            .. parties.SelectMany(static party => party.Roles),
            .. catalogue.Prohibitions.Values.SelectMany(static never => never.ToRoles),
            .. deployment.RoleScopes.Select(static scope => scope.Role),
        ];
        Sectors = new Codes(sectors.Select(static sector => sector.Value));
        Roles = new Codes(roles.Select(static role => role.Value));
        Purposes = new Codes(catalogue.Purposes.Keys.Select(static purpose => purpose.Value).Order(StringComparer.Ordinal));
        Items = new Codes(catalogue.Items.Keys.Select(static item => item.Value));
    }

    internal Codes Sectors { get; }

    internal Codes Roles { get; }

    /// <summary>In ordinal order of their codes: the nearest purpose is looked for in that order.</summary>
    internal Codes Purposes { get; }

    internal Codes Items { get; }

    internal Ends EndsOf(SectorId fromSector, RoleId fromRole, SectorId toSector, RoleId toRole) => new(
        Sectors.NumberOf(fromSector.Value), Roles.NumberOf(fromRole.Value), Sectors.NumberOf(toSector.Value), Roles.NumberOf(toRole.Value));

    /// <summary>The number of a purpose; <see cref="Corridor.NoPurpose"/> where there is none, -1 where the law does not know it.</summary>
    internal int NumberOf(PurposeId? purpose) =>
        purpose is not { } named ? Corridor.NoPurpose : Purposes.NumberOf(named.Value) is var number && number != Codes.Unknown ? number : -1;
}
