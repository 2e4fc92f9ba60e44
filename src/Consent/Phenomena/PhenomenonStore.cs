// Where phenomena, their reports and what groups made of them are kept.
using System.Collections.Immutable;
using System.Data.Common;
using Sisote.Consent.Storage;
using Sisote.Doors.Network;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Phenomena;

/// <summary>A phenomenon as it stands.</summary>
internal sealed record Phenomenon(string Id, string Category, string Group, string Area, string State, OrganisationId? Holder, DateTimeOffset OpenedAt);

/// <summary>Reports and steps are only ever added.</summary>
internal static class PhenomenonStore
{
    private const string Columns = "id, category, age_group, area, state, holder, opened_at";

    /// <summary>The phenomenon that reports of this matter belong to; null where none is open.</summary>
    public static async Task<Phenomenon?> OpenAsync(Session session, ReportPhenomenon said, CancellationToken cancellation) =>
        (await session.QueryAsync(
            $"SELECT {Columns} FROM phenomenon WHERE category = @category AND age_group = @age_group AND area = @area AND state <> @answered",
            Read,
            cancellation,
            ("category", said.Category),
            ("age_group", said.Group),
            ("area", said.Area),
            ("answered", PhenomenonLife.Answered))).FirstOrDefault();

    /// <summary>A phenomenon by its identifier, or by that of one of its reports.</summary>
    public static async Task<Phenomenon?> FindAsync(Session session, string id, CancellationToken cancellation) =>
        (await session.QueryAsync($"SELECT {Columns} FROM phenomenon WHERE id = @id OR id IN (SELECT phenomenon FROM phenomenon_report WHERE id = @id)", Read, cancellation, ("id", id))).SingleOrDefault();

    /// <summary>Whether an identifier is that of a report or a phenomenon.</summary>
    public static async Task<bool> IsTakenAsync(Session session, string id, CancellationToken cancellation) => await FindAsync(session, id, cancellation) is not null;

    public static Task AddAsync(Session session, Phenomenon one, CancellationToken cancellation) =>
        session.ExecuteAsync(
            $"INSERT INTO phenomenon ({Columns}) VALUES (@id, @category, @age_group, @area, @state, @holder, @opened_at)",
            cancellation,
            ("id", one.Id),
            ("category", one.Category),
            ("age_group", one.Group),
            ("area", one.Area),
            ("state", one.State),
            ("holder", one.Holder?.Value),
            ("opened_at", one.OpenedAt.Column()));

    public static Task MoveAsync(Session session, string id, string state, OrganisationId holder, CancellationToken cancellation) =>
        session.ExecuteAsync("UPDATE phenomenon SET state = @state, holder = @holder WHERE id = @id", cancellation, ("id", id), ("state", state), ("holder", holder.Value));

    public static Task ReportAsync(Session session, string id, string phenomenon, OrganisationId organisation, NetworkWriter by, string text, DateTimeOffset at, CancellationToken cancellation) =>
        session.ExecuteAsync(
            "INSERT INTO phenomenon_report (id, phenomenon, organisation, reporter, content, reported_at) VALUES (@id, @phenomenon, @organisation, @reporter, @content, @at)",
            cancellation,
            ("id", id),
            ("phenomenon", phenomenon),
            ("organisation", organisation.Value),
            ("reporter", by.Professional.Value),
            ("content", text),
            ("at", at.Column()));

    public static Task StepAsync(Session session, string phenomenon, PhenomenonStep step, CancellationToken cancellation) =>
        session.ExecuteAsync(
            "INSERT INTO phenomenon_step (id, phenomenon, kind, network, organisation, content, taken_at) VALUES (@id, @phenomenon, @kind, @network, @organisation, @content, @at)",
            cancellation,
            ("id", Guid.CreateVersion7().ToString("N")),
            ("phenomenon", phenomenon),
            ("kind", step.Kind),
            ("network", step.Group),
            ("organisation", step.By.Value),
            ("content", step.Text),
            ("at", step.At.Column()));

    /// <summary>The group that has a phenomenon; null before it went to one.</summary>
    public static async Task<string?> GroupOfAsync(Session session, string phenomenon, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT network FROM phenomenon_step WHERE phenomenon = @id AND kind = @kind ORDER BY id DESC LIMIT 1", static row => row.GetString(0), cancellation, ("id", phenomenon), ("kind", PhenomenonLife.Escalated))).FirstOrDefault();

    /// <summary>Whether an organisation reported a phenomenon.</summary>
    public static async Task<bool> IsReporterAsync(Session session, string phenomenon, OrganisationId organisation, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT COUNT(*) FROM phenomenon_report WHERE phenomenon = @id AND organisation = @organisation", static row => row.GetInt64(0), cancellation, ("id", phenomenon), ("organisation", organisation.Value))).Single() > 0;

    /// <summary>The newest phenomena; of one organisation's reports where it is named.</summary>
    public static async Task<ImmutableArray<PhenomenonRow>> NewestAsync(Session session, OrganisationId? reporter, int most, CancellationToken cancellation)
    {
        var found = await session.QueryAsync(
            $"SELECT {Columns} FROM phenomenon WHERE @reporter = '' OR id IN (SELECT phenomenon FROM phenomenon_report WHERE organisation = @reporter) ORDER BY id DESC LIMIT {most}",
            Read,
            cancellation,
            ("reporter", reporter?.Value ?? string.Empty));
        var ids = session.Dialect.Values(found.Select(static one => one.Id));
        var reports = (await session.QueryAsync(
            $"SELECT phenomenon, organisation, content, reported_at FROM phenomenon_report WHERE {session.Dialect.IsAmong("phenomenon", "ids")} ORDER BY reported_at, id",
            static row => (Phenomenon: row.GetString(0), Report: new PhenomenonReport(OrganisationId.Parse(row.GetString(1)), row.Time(3), row.GetString(2))),
            cancellation,
            ("ids", ids))).ToLookup(static one => one.Phenomenon, static one => one.Report);
        var steps = (await session.QueryAsync(
            $"SELECT phenomenon, kind, network, organisation, content, taken_at FROM phenomenon_step WHERE {session.Dialect.IsAmong("phenomenon", "ids")} ORDER BY id",
            static row => (Phenomenon: row.GetString(0), Step: new PhenomenonStep { Kind = row.GetString(1), Group = row.GetString(2), By = OrganisationId.Parse(row.GetString(3)), Text = row.TextOrNull(4), At = row.Time(5) }),
            cancellation,
            ("ids", ids))).ToLookup(static one => one.Phenomenon, static one => one.Step);
        return
        [
            .. found.Select(one => new PhenomenonRow
            {
                Id = one.Id,
                Category = one.Category,
                Group = one.Group,
                Area = one.Area,
                Reports = [.. reports[one.Id]],
                Steps = [.. steps[one.Id]],
            }),
        ];
    }

    private static Phenomenon Read(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.CodeOrNull<OrganisationId>(5), row.Time(6));
}
