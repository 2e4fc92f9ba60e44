// Rows of notices: insert only.
using System.Collections.Immutable;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary>A notice as it is kept.</summary>
internal sealed record KeptNotice(OrganisationId Organisation, SystemId? System, DateTimeOffset At, ImmutableArray<DataItemId> Items, ImmutableArray<string> Resources);

/// <summary>Notices by receiving organisation, numbered in the order in which they were written.</summary>
internal static class NoticeStore
{
    public const int PageSize = 100;

    /// <summary>Adds a notice; whoever writes holds the log's edge, so numbers follow one another.</summary>
    public static Task AddAsync(Session session, KeptNotice notice, CancellationToken cancellation) =>
        session.ExecuteAsync(
            """
            INSERT INTO consent_notice (organisation, number, system, at, items, resources)
            SELECT @organisation, COALESCE(MAX(number), 0) + 1, @system, @at, @items, @resources FROM consent_notice WHERE organisation = @organisation
            """,
            cancellation,
            ("organisation", notice.Organisation.Value),
            ("system", notice.System?.Value),
            ("at", notice.At.Column()),
            ("items", notice.Items.Column()),
            ("resources", string.Join(' ', notice.Resources)));

    /// <summary>Notices after a number, of some systems of the organisation; one more than a page where there are more.</summary>
    public static Task<List<ConsentNotice>> AfterAsync(Session session, OrganisationId organisation, IEnumerable<SystemId> systems, long number, CancellationToken cancellation) =>
        session.QueryAsync(
            $"SELECT number, system, at, items, resources FROM consent_notice WHERE organisation = @organisation AND number > @number AND {session.Dialect.IsAmong("system", "systems")} ORDER BY number LIMIT {PageSize + 1}",
            static row => new ConsentNotice
            {
                Id = row.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture),
                System = row.CodeOrNull<SystemId>(1),
                At = row.Time(2),
                Items = row.Codes<DataItemId>(3),
                Resources = [.. row.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            },
            cancellation,
            ("organisation", organisation.Value),
            ("number", number),
            ("systems", session.Dialect.Values(systems.Select(static system => system.Value))));
}
