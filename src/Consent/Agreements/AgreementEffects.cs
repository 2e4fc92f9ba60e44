// What hangs on an agreement, read from the catalogue and the other agreements in force.
using System.Collections.Immutable;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Agreements;

/// <summary>Says which rules stop between which parties when an agreement ends. An agreement is a condition of some rules and sufficient for none, so nothing more can hang on it.</summary>
internal sealed class AgreementEffects(LegalCatalogue catalogue)
{
    /// <summary>Each rule of the agreement with what would stop.</summary>
    public ImmutableArray<AgreementFlow> Of(Agreement agreement, IReadOnlyCollection<Agreement> all, DateTimeOffset now) => [.. agreement.Flows.Select(rule => Of(agreement, rule, all, now))];

    /// <summary>not-yet, in-force or ended.</summary>
    public static string StateOf(Agreement agreement, DateTimeOffset now) => now < agreement.From ? "not-yet" : agreement.To < now ? "ended" : "in-force";

    private AgreementFlow Of(Agreement agreement, RuleId rule, IReadOnlyCollection<Agreement> all, DateTimeOffset now)
    {
        var asks = Asks(rule, agreement.Kind);
        var others = all.Where(other => other.Id != agreement.Id && other.Kind == agreement.Kind && other.Flows.Contains(rule) && StateOf(other, now) == "in-force").ToArray();
        var pairs = from one in agreement.Parties from other in agreement.Parties where string.CompareOrdinal(one.Value, other.Value) < 0 select new AgreementPair(one, other);
        return new AgreementFlow
        {
            Rule = rule,
            Asks = asks,
            Stops = asks && StateOf(agreement, now) == "in-force" ? [.. pairs.Where(pair => !others.Any(other => Binds(other, pair)))] : [],
            Others = [.. others.Where(other => pairs.Any(pair => Binds(other, pair))).Select(static other => other.Id).Order(StringComparer.Ordinal)],
        };
    }

    private bool Asks(RuleId id, string kind) => catalogue.Rules.TryGetValue(id, out var rule)
        && rule.Conditions.Concat(rule.Pairs.SelectMany(static pair => pair.Conditions)).Any(condition =>
            catalogue.Conditions.TryGetValue(condition, out var known) && known.EvaluatedFrom.Any(source => source is EvidenceSource.InForceAgreement asked && asked.Kind == kind));

    private static bool Binds(Agreement agreement, AgreementPair pair) => agreement.Parties.Contains(pair.One) && agreement.Parties.Contains(pair.Other);
}
