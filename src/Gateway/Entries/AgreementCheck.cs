// Whether a rule lacks an agreement between the two organisations, whatever is on record about a client.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Gateway.Entries;

/// <summary>
/// Tells a sender which agreement its organisation lacks. It looks at nothing but the agreements, so that the answer is the same for every client (side-channel rule G3); the decision
/// itself is the decision point's.
/// </summary>
internal static class AgreementCheck
{
    /// <summary>The kind of the first agreement that a rule needs and that is not in force, or null.</summary>
    internal static string? FindMissing(LegalCatalogue catalogue, DisclosureRule rule, Party from, Party to, IEnumerable<Agreement> agreements, DateTimeOffset at) =>
        rule.Conditions.Concat(rule.Pairs.Where(pair => pair.From.Sector == from.Sector && pair.To.Sector == to.Sector).SelectMany(static pair => pair.Conditions))
            .Select(condition => KindOf(catalogue, condition))
            .OfType<string>()
            .FirstOrDefault(kind => !agreements.Any(agreement => agreement.Kind == kind && IsInForce(agreement, rule.Id, from, to, at)));

    private static string? KindOf(LegalCatalogue catalogue, ConditionId condition) =>
        catalogue.Conditions.TryGetValue(condition, out var known) && known.EvaluatedFrom is [EvidenceSource.InForceAgreement { Kind: var kind }] ? kind : null;

    private static bool IsInForce(Agreement agreement, RuleId rule, Party from, Party to, DateTimeOffset at) =>
        agreement.Flows.Contains(rule) && agreement.From <= at && (agreement.To is not { } end || at <= end)
        && from.Organisation is { } sender && to.Organisation is { } receiver && agreement.Parties.Contains(sender) && agreement.Parties.Contains(receiver);
}
