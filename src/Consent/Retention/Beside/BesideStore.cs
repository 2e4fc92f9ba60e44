// Finds what is kept beside the log and counts no more.
using System.Data.Common;
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Retention.Beside;

/// <summary>INVARIANT: nothing that counts is ever among what is found: no newest version of a minor's record, no guardianship or decision in force, no open work item.</summary>
internal sealed class BesideStore(BesideTerms terms, ClientStore clients)
{
    /// <summary>Rows of a kind that ceased to count before an instant.</summary>
    public Task<List<KeptBeside>> EndedAsync(Session session, string kind, DateTimeOffset before, CancellationToken cancellation) => kind switch
    {
        KeptBeside.MinorRecord => MinorRecordsAsync(session, before, cancellation),
        KeptBeside.Guardianship => GuardianshipsAsync(session, before, cancellation),
        KeptBeside.Decision => DecisionsAsync(session, before, cancellation),
        KeptBeside.WorkItem => WorkItemsAsync(session, before, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No kind of what is kept beside the log."),
    };

    private async Task<List<KeptBeside>> MinorRecordsAsync(Session session, DateTimeOffset before, CancellationToken cancellation) => [.. (await session.QueryAsync(
        """
        SELECT m.client, m.id, m.version, m.organisation, m.at,
          (SELECT n.at FROM minor_record n WHERE n.client = m.client AND n.id = m.id AND n.version > m.version ORDER BY n.version LIMIT 1)
        FROM minor_record m WHERE m.at < @before
          AND EXISTS (SELECT 1 FROM minor_record n WHERE n.client = m.client AND n.id = m.id AND n.version > m.version)
        ORDER BY m.at, m.client, m.id, m.version
        """,
        row => new KeptBeside
        {
            Kind = KeptBeside.MinorRecord,
            Deletion = [new Statement("DELETE FROM minor_record WHERE client = @client AND id = @id AND version = @version", ("client", row.GetString(0)), ("id", row.GetString(1)), ("version", row.GetInt64(2)))],
            Clients = [ClientId.Parse(row.GetString(0))],
            Organisations = [OrganisationId.Parse(row.GetString(3))],
            Begun = row.Time(4),
            Ended = row.Time(5),
            Term = terms.OfMinorRecord,
        },
        cancellation,
        ("before", before.Column()))).Where(row => row.Ended < before)];

    private async Task<List<KeptBeside>> GuardianshipsAsync(Session session, DateTimeOffset before, CancellationToken cancellation)
    {
        var rows = await session.QueryAsync(
            """
            SELECT g.client, g.guardian, g.version, g.at, g.ends,
              (SELECT n.at FROM guardianship n WHERE n.client = g.client AND n.guardian = g.guardian AND n.version > g.version ORDER BY n.version LIMIT 1)
            FROM guardianship g WHERE g.at < @before ORDER BY g.at, g.client, g.guardian, g.version
            """,
            row => (Row: ReadGuardianship(row), Ends: row.TimeOrNull(4), Replaced: row.TimeOrNull(5)),
            cancellation,
            ("before", before.Column()));
        var ended = new List<KeptBeside>();
        foreach (var (row, ends, replaced) in rows)
        {
            if ((replaced ?? await EndOfNewestAsync(session, row, ends, cancellation)) is { } end && end < before)
            {
                ended.Add(row with { Ended = end });
            }
        }

        return ended;
    }

    /// <summary>INVARIANT: what was told last of a pair stays until the child is of age, also where it was the end: without it, what was told before, or under another identity, would count again.</summary>
    private async Task<DateTimeOffset?> EndOfNewestAsync(Session session, KeptBeside row, DateTimeOffset? ends, CancellationToken cancellation) =>
        await EndOfMinorityAsync(session, row, cancellation) is not { } ofAge ? null
        : Later(ends, row.Begun) is { } ended && ended > ofAge ? ended
        : ofAge;

    private KeptBeside ReadGuardianship(DbDataReader row) => new()
    {
        Kind = KeptBeside.Guardianship,
        Deletion =
        [
            new Statement("DELETE FROM guardianship WHERE client = @client AND guardian = @guardian AND version = @version", ("client", row.GetString(0)), ("guardian", row.GetString(1)), ("version", row.GetInt64(2))),
            new Statement("DELETE FROM guardianship_told WHERE client = @client AND NOT EXISTS (SELECT 1 FROM guardianship g WHERE g.client = guardianship_told.client)", ("client", row.GetString(0))),
        ],
        Clients = [ClientId.Parse(row.GetString(0)), ClientId.Parse(row.GetString(1))],
        Begun = row.Time(3),
        Ended = DateTimeOffset.MaxValue,
        Term = terms.OfGuardianship,
    };

    /// <summary>When the child of a guardianship without an end came of age; null while it has not, or where its birth date is not on record: the row stays.</summary>
    private async Task<DateTimeOffset?> EndOfMinorityAsync(Session session, KeptBeside row, CancellationToken cancellation)
    {
        var child = await clients.FindAsync(session, await Identities.StandsForAsync(session, row.Clients[0], cancellation), cancellation);
        return (child?.Facts?.BirthDate ?? child?.Identifier?.BirthDate) is { } born
            ? WhoConsents.EndOfMinority(new ClientFacts { BirthDate = born }, row.Begun) ?? row.Begun
            : null;
    }

    private Task<List<KeptBeside>> DecisionsAsync(Session session, DateTimeOffset before, CancellationToken cancellation) => session.QueryAsync(
        """
        SELECT client, id, from_organisation, to_organisation, scope_sector, starts, ends FROM relationship
        WHERE scope_items IS NOT NULL AND ends IS NOT NULL AND ends < @before ORDER BY ends, client, id
        """,
        row => new KeptBeside
        {
            Kind = KeptBeside.Decision,
            Deletion = [new Statement("DELETE FROM relationship WHERE client = @client AND id = @id AND scope_items IS NOT NULL", ("client", row.GetString(0)), ("id", row.GetString(1)))],
            Clients = [ClientId.Parse(row.GetString(0))],
            Organisations = [.. new[] { row.CodeOrNull<OrganisationId>(2), row.CodeOrNull<OrganisationId>(3) }.OfType<OrganisationId>().Distinct()],
            Begun = row.Time(5),
            Ended = row.Time(6),
            Term = terms.Between((null, row.CodeOrNull<OrganisationId>(2)), (row.CodeOrNull<SectorId>(4), row.CodeOrNull<OrganisationId>(3))), // the giver's sector is not in the row: it counts as one that the statute names
        },
        cancellation,
        ("before", before.Column()));

    private Task<List<KeptBeside>> WorkItemsAsync(Session session, DateTimeOffset before, CancellationToken cancellation) => session.QueryAsync(
        """
        SELECT id, client, from_organisation, from_sector, to_organisation, to_sector, asked_at, decided_at FROM waiting_release
        WHERE state <> 'open' AND decided_at IS NOT NULL AND decided_at < @before ORDER BY decided_at, id
        """,
        row => new KeptBeside
        {
            Kind = KeptBeside.WorkItem,
            Deletion =
            [
                new Statement("DELETE FROM waiting_item WHERE release = @id", ("id", row.GetString(0))),
                new Statement("DELETE FROM waiting_release WHERE id = @id", ("id", row.GetString(0))),
            ],
            Clients = [ClientId.Parse(row.GetString(1))],
            Organisations = [.. new[] { OrganisationId.Parse(row.GetString(2)), OrganisationId.Parse(row.GetString(4)) }.Distinct()],
            Begun = row.Time(6),
            Ended = row.Time(7),
            Term = terms.Between((SectorId.Parse(row.GetString(3)), OrganisationId.Parse(row.GetString(2))), (SectorId.Parse(row.GetString(5)), OrganisationId.Parse(row.GetString(4)))),
        },
        cancellation,
        ("before", before.Column()));

    private static DateTimeOffset? Later(DateTimeOffset? ends, DateTimeOffset told) => ends is { } end && end < told ? told : ends;
}
