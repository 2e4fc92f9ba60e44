// Which never rules close a cell, always or perhaps.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Cells;

internal static class NeverRules
{
    /// <summary>Never rules and masks that touch a cell under a rule, whatever the client and the call are; in order of ids.</summary>
    internal static IEnumerable<Prohibition> Touching(LegalCatalogue catalogue, CellKey cell, DisclosureRule? rule) => catalogue.Prohibitions.Values
        .Where(never => (never.Mask.IsEmpty ? rule?.StatutoryNotification != true : MaskedElements.Of(never, catalogue.Items[cell.Item]).Length > 0) && Concerns(never, cell, rule))
        .OrderBy(static never => never.Id.Value, StringComparer.Ordinal);

    /// <summary>Whether what a door asks for lifts the never rule every time.</summary>
    internal static bool IsLifted(Prohibition never, Door door) => never.Unless.Any(door.Conditions.Contains);

    /// <summary>Whether it applies whoever the client is and however the call moves, so that nothing opens the cell.</summary>
    internal static bool IsAlways(Prohibition never, Door? door, LegalCatalogue catalogue) =>
        never.When.IsEmpty && never.ToActors.IsEmpty && never.DocumentLabels.IsEmpty
        && (never.Channels.IsEmpty || Channels(door, catalogue).All(never.Channels.Contains))
        && never.Unless.All(lifting => !CanHold(lifting, catalogue));

    /// <summary>Whether a call under the door can move by a channel that the never rule concerns.</summary>
    internal static bool IsOnChannel(Prohibition never, Door door, LegalCatalogue catalogue) => never.Channels.IsEmpty || Channels(door, catalogue).Any(never.Channels.Contains);

    private static bool Concerns(Prohibition never, CellKey cell, DisclosureRule? rule) =>
        (never.Items.IsEmpty || never.Items.Contains(cell.Item)) && !never.ExceptItems.Contains(cell.Item)
        && !never.OnlySectors.Contains(cell.To.Sector)
        && !never.OnlyRecipients.Any(party => party.Sector == cell.To.Sector && party.Roles.Contains(cell.To.Role))
        && (never.ToSectors.IsEmpty || never.ToSectors.Contains(cell.To.Sector))
        && (never.ToRoles.IsEmpty || never.ToRoles.Contains(cell.To.Role))
        && !(cell.Purpose is { } purpose && never.OnlyPurposes.Contains(purpose))
        && (never.OnRules.IsEmpty || (rule is not null && never.OnRules.Contains(rule.Id)));

    private static bool CanHold(ConditionId condition, LegalCatalogue catalogue) =>
        catalogue.Conditions.TryGetValue(condition, out var known) && !known.EvaluatedFrom.IsEmpty;

    /// <summary>The channels by which a call may move under a door.</summary>
    private static Channel[] Channels(Door? door, LegalCatalogue catalogue)
    {
        var bound = door?.Conditions
            .Select(condition => catalogue.Conditions[condition].EvaluatedFrom)
            .Where(static sources => sources.Length > 0 && sources.All(static source => source is EvidenceSource.ByChannel))
            .Select(static sources => sources.Cast<EvidenceSource.ByChannel>().SelectMany(static source => source.Channels));
        return bound is null ? Enum.GetValues<Channel>() : bound.Aggregate(Enum.GetValues<Channel>().AsEnumerable(), static (left, right) => left.Intersect(right)).ToArray();
    }
}
