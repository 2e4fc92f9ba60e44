// The figures that parties agreed to follow, counted from the log.
using System.Collections.Immutable;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Agreements;

/// <summary>
/// Counts whole months that are over, so that no two answers differ by a day. INVARIANT: what concerns fewer than five clients is not said; no sum over figures is given; a share is said only
/// where both its parts and what is left of it may be.
/// </summary>
/// <remarks>It is not judged together with indicators that count the same log: docs/indicators.md says who can tell what from both.</remarks>
internal sealed class AgreementCounting(Database database)
{
    public const string Disclosures = "disclosures";
    public const string Entries = "entries";
    public const string AnsweredInTime = "answered-in-time";

    /// <summary>The figures there are.</summary>
    public static readonly string[] Known = [Disclosures, Entries, AnsweredInTime];

    private const int Fewest = 5;
    private const string Referral = "referral";

    /// <summary>Counts the agreed figures of a month.</summary>
    public async Task<AgreementFigures> CountAsync(AgreementTerms terms, DateOnly month, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var (first, end) = (FinnishTime.StartOf(month), FinnishTime.StartOf(month.AddMonths(1)));
        var figures = ImmutableArray.CreateBuilder<AgreementFigure>();
        foreach (var figure in terms.Figures)
        {
            figures.AddRange(figure == AnsweredInTime
                ? await AnswersAsync(session, terms, (first, end), cancellation)
                : await ReleasesAsync(session, terms.Agreement, figure, (first, end), cancellation));
        }

        return new AgreementFigures { Id = terms.Id, Month = month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), Figures = figures.ToImmutable() };
    }

    private static async Task<IEnumerable<AgreementFigure>> ReleasesAsync(Session session, Agreement agreement, string figure, (DateTimeOffset First, DateTimeOffset End) month, CancellationToken cancellation)
    {
        var rows = await session.QueryAsync(
            $"""
            SELECT i.rule, e.from_organisation, e.to_organisation, COUNT(DISTINCT e.leaf_index), COUNT(DISTINCT COALESCE(c.merged_into, e.client))
            FROM log_entry e JOIN log_item i ON i.leaf_index = e.leaf_index LEFT JOIN client c ON c.client = e.client
            WHERE e.kind = @kind AND e.time >= @first AND e.time < @end AND i.released = 1 AND {session.Dialect.IsAmong("i.rule", "rules")}
              AND {session.Dialect.IsAmong("e.from_organisation", "givers")} AND {session.Dialect.IsAmong("e.to_organisation", "receivers")} AND e.from_organisation <> e.to_organisation
            GROUP BY i.rule, e.from_organisation, e.to_organisation ORDER BY i.rule, e.from_organisation, e.to_organisation
            """,
            static row => (Rule: RuleId.Parse(row.GetString(0)), From: OrganisationId.Parse(row.GetString(1)), To: OrganisationId.Parse(row.GetString(2)), Count: row.GetInt64(3), Clients: row.GetInt64(4)),
            cancellation,
            ("kind", figure == Disclosures ? "disclosure" : "write-outcome"),
            ("first", month.First.Column()),
            ("end", month.End.Column()),
            ("rules", session.Dialect.Values(agreement.Flows.Select(static rule => rule.Value))),
            ("givers", session.Dialect.Values(agreement.Parties.Select(static party => party.Value))),
            ("receivers", session.Dialect.Values(agreement.Parties.Select(static party => party.Value))));
        return rows.Select(row => new AgreementFigure { Figure = figure, Rule = row.Rule, From = row.From, To = row.To, Count = row.Clients < Fewest ? null : row.Count });
    }

    /// <summary>Of the referrals between two parties that began in the month, how many were accepted or rejected within the agreed days.</summary>
    private static async Task<IEnumerable<AgreementFigure>> AnswersAsync(Session session, AgreementTerms terms, (DateTimeOffset First, DateTimeOffset End) month, CancellationToken cancellation)
    {
        var parties = terms.Agreement.Parties;
        var referrals = (await session.QueryAsync(
            $"""
            SELECT id, client, from_organisation, to_organisation, starts FROM relationship
            WHERE kind = '{Referral}' AND starts >= @first AND starts < @end AND {session.Dialect.IsAmong("from_organisation", "givers")} AND {session.Dialect.IsAmong("to_organisation", "receivers")}
            """,
            static row => (Id: row.GetString(0), Client: row.GetString(1), From: OrganisationId.Parse(row.GetString(2)), To: OrganisationId.Parse(row.GetString(3)), Since: row.Time(4)),
            cancellation,
            ("first", month.First.Column()),
            ("end", month.End.Column()),
            ("givers", session.Dialect.Values(parties.Select(static party => party.Value))),
            ("receivers", session.Dialect.Values(parties.Select(static party => party.Value))))).Where(static one => one.From != one.To).ToArray();
        var answered = await AnsweredAsync(session, referrals.Select(static one => one.Client).Distinct(), cancellation);
        return referrals.GroupBy(static one => (one.From, one.To)).OrderBy(static group => $"{group.Key}", StringComparer.Ordinal).Select(group =>
        {
            var inTime = group.Where(one => answered.TryGetValue(one.Id, out var at) && at <= one.Since.AddDays(terms.AnswerDays!.Value)).ToArray();
            var left = group.Except(inTime).Select(static one => one.Client).Distinct().Count();
            var isSaid = inTime.Select(static one => one.Client).Distinct().Count() >= Fewest && (left == 0 || left >= Fewest);
            return new AgreementFigure { Figure = AnsweredInTime, From = group.Key.From, To = group.Key.To, Count = isSaid ? inTime.Length : null, Of = isSaid ? group.Count() : null };
        });
    }

    private static async Task<Dictionary<string, DateTimeOffset>> AnsweredAsync(Session session, IEnumerable<string> clients, CancellationToken cancellation)
    {
        var answered = new Dictionary<string, DateTimeOffset>();
        foreach (var part in clients.Chunk(200))
        {
            await foreach (var logged in session.StreamAsync(
                $"SELECT {LogTable.Columns} FROM log_entry WHERE kind = 'relationship-change' AND outcome IN ('accepted', 'rejected') "
                + $"AND ({session.Dialect.IsAmong("client", "clients")} OR client IN (SELECT client FROM client WHERE {session.Dialect.IsAmong("merged_into", "clients")}))",
                LogTable.Read,
                cancellation,
                ("clients", session.Dialect.Values(part))))
            {
                if (logged.Entry() is { Concerns: { } id } entry && (!answered.TryGetValue(id, out var before) || entry.Time < before))
                {
                    answered[id] = entry.Time;
                }
            }
        }

        return answered;
    }
}
