// Which consents a client can give here: what the catalogue's rules ask for towards who is connected.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sisote.Doors;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Portal.Consents;

/// <summary>A consent that can be given: to whom, what for, and the items it may name.</summary>
internal sealed record ConsentOffer
{
    /// <summary>Address part of the offer; says nothing of any person.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Form.Value}|{Recipient.Value}|{Role.Value}|{Purpose.Value}")))[..12];

    /// <summary>The legal form.</summary>
    public required ConsentFormId Form { get; init; }

    /// <summary>Who would receive.</summary>
    public required OrganisationId Recipient { get; init; }

    /// <summary>In which sector's task.</summary>
    public required SectorId Sector { get; init; }

    /// <summary>In which role.</summary>
    public required RoleId Role { get; init; }

    /// <summary>What for.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>What may be named.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>Who would give it.</summary>
    public required ImmutableArray<OrganisationId> Sources { get; init; }

    /// <summary>All offers of an installation on a day.</summary>
    public static ImmutableArray<ConsentOffer> All(RoomSettings settings, DateOnly today) =>
    [
        .. from rule in settings.Catalogue.Rules.Values
           where rule.Enabled && rule.Purpose is not null && InForce(rule, today) && !settings.Deployment.RulesOff.Contains(rule.Id)
           from form in rule.Consents.Select(static consent => consent.Form).Where(form => settings.Catalogue.ConsentForms.TryGetValue(form, out var known) && known.SignedIn)
           from pair in rule.Pairs
           from recipient in settings.Deployment.Systems
           where recipient.Sector == pair.To.Sector
           from role in pair.To.Roles.Where(role => recipient.ActsAs == role || recipient.Roles.Contains(role))
           let sources = SourcesOf(settings.Deployment, pair, recipient)
           where sources.Length > 0
           orderby rule.Id.Value
           group (Items: ItemsOf(rule, pair), sources) by (Form: form, recipient.Organisation, recipient.Sector, Role: role, Purpose: rule.Purpose!.Value) into like
           select new ConsentOffer
           {
               Form = like.Key.Form,
               Recipient = like.Key.Organisation,
               Sector = like.Key.Sector,
               Role = like.Key.Role,
               Purpose = like.Key.Purpose,
               Items = [.. like.SelectMany(static each => each.Items).Distinct()],
               Sources = [.. like.SelectMany(static each => each.sources).Distinct()],
           },
    ];

    private static ImmutableArray<OrganisationId> SourcesOf(Deployment deployment, RulePair pair, SystemEntry recipient) =>
        [.. deployment.Systems.Where(system => system.Sector == pair.From.Sector && system.Organisation != recipient.Organisation).Select(static system => system.Organisation).Distinct()];

    private static ImmutableArray<DataItemId> ItemsOf(DisclosureRule rule, RulePair pair) => pair.Items.IsDefaultOrEmpty ? rule.Items : pair.Items;

    private static bool InForce(DisclosureRule rule, DateOnly today) => (rule.ValidFrom is null || rule.ValidFrom <= today) && (rule.ValidTo is null || rule.ValidTo >= today);
}
