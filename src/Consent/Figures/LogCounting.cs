// Figures out of the log's own events.
using System.Collections.Immutable;
using Sisote.Consent.Storage;
using Sisote.Doors.Network;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Figures;

/// <summary>
/// Counts clients of whom something went in a month between the organisation that owns an indicator and each organisation that its dimension names: an organisation counts its own traffic only. A client
/// who is concerned in two organisations is one in each, and two in the sum over them.
/// </summary>
internal static class LogCounting
{
    public const string Disclosures = "disclosures";
    public const string Entries = "entries";
    public const string Recipients = "recipients";
    public const string Givers = "givers";

    /// <summary>Whether two indicators count events of the same kind between the same two, under whatever rules: one entry of the log can have several items under several rules, and what one indicator hides the other could tell.</summary>
    public static bool Overlap(OrganisationId owner, DefineIndicator one, OrganisationId otherOwner, DefineIndicator other) =>
        one.FromLog is { } first && other.FromLog is { } second && first.Events == second.Events && PairsOf(owner, one).Intersect(PairsOf(otherOwner, other)).Any();

    /// <summary>The counts of a month that is over.</summary>
    public static async Task<ImmutableArray<IndicatorCount>> CountAsync(Session session, IndicatorVersion version, Period month, CancellationToken cancellation)
    {
        var log = version.Definition.FromLog ?? throw new InvalidOperationException("It is not counted from the log.");
        var (own, other) = log.Of == Recipients ? ("from_organisation", "to_organisation") : ("to_organisation", "from_organisation");
        return
        [
            .. await session.QueryAsync(
                $"""
                SELECT e.{other}, COUNT(DISTINCT COALESCE(c.merged_into, e.client))
                FROM log_entry e JOIN log_item i ON i.leaf_index = e.leaf_index LEFT JOIN client c ON c.client = e.client
                WHERE e.kind = @kind AND e.time >= @first AND e.time < @end AND i.released = 1 AND {session.Dialect.IsAmong("i.rule", "rules")}
                  AND e.{own} = @own AND {session.Dialect.IsAmong("e." + other, "others")}
                GROUP BY e.{other} ORDER BY e.{other}
                """,
                static row => new IndicatorCount { Codes = [row.GetString(0)], Persons = row.GetInt64(1) },
                cancellation,
                ("kind", log.Events == Disclosures ? "disclosure" : "write-outcome"),
                ("first", FinnishTime.StartOf(month.First).Column()),
                ("end", FinnishTime.StartOf(month.End).Column()),
                ("rules", session.Dialect.Values(log.Rules.Select(static rule => rule.Value))),
                ("own", version.Owner.Value),
                ("others", session.Dialect.Values(version.Definition.Dimensions[0].Codes))),
        ];
    }

    private static IEnumerable<(string From, string To)> PairsOf(OrganisationId owner, DefineIndicator definition) =>
        definition.Dimensions[0].Codes.Select(code => definition.FromLog?.Of == Recipients ? (owner.Value, code) : (code, owner.Value));
}
