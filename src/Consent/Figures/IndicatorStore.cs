// Where definitions, deliveries and publications are kept.
using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Figures;

/// <summary>A published period as it is kept: counts and what is hidden of them.</summary>
internal sealed record Publication(string Indicator, string Period, int Version, ImmutableArray<IndicatorCount> Counts, string Pattern, int Smallest, ImmutableArray<OrganisationId> Sources, DateTimeOffset At);

/// <summary>What one organisation counted.</summary>
internal sealed record Delivery(OrganisationId Source, ImmutableArray<IndicatorCount> Counts);

/// <summary>Definitions and publications are only ever added.</summary>
internal static class IndicatorStore
{
    private const string PublicationColumns = "indicator, period, version, counts, pattern, smallest, sources, published_at";

    /// <summary>Every version of every indicator: by id, newest first.</summary>
    public static Task<List<IndicatorVersion>> AllAsync(Session session, CancellationToken cancellation) =>
        session.QueryAsync("SELECT definition FROM indicator ORDER BY id, version DESC", static row => Read<IndicatorVersion>(row, 0), cancellation);

    /// <summary>All versions of an indicator, newest first.</summary>
    public static Task<List<IndicatorVersion>> OfAsync(Session session, string id, CancellationToken cancellation) =>
        session.QueryAsync("SELECT definition FROM indicator WHERE id = @id ORDER BY version DESC", static row => Read<IndicatorVersion>(row, 0), cancellation, ("id", id));

    public static Task AddAsync(Session session, IndicatorVersion version, CancellationToken cancellation) =>
        session.ExecuteAsync(
            "INSERT INTO indicator (id, version, organisation, valid_from, definition, recorded_at) VALUES (@id, @version, @organisation, @valid_from, @definition, @recorded_at)",
            cancellation,
            ("id", version.Definition.Id),
            ("version", (long)version.Version),
            ("organisation", version.Owner.Value),
            ("valid_from", version.Definition.ValidFrom),
            ("definition", Text(version)),
            ("recorded_at", version.RecordedAt.Column()));

    /// <summary>What the sources of a version delivered under it for a month.</summary>
    public static async Task<ImmutableArray<Delivery>> DeliveriesAsync(Session session, IndicatorVersion version, string month, CancellationToken cancellation) =>
        [.. (await session.QueryAsync(
            "SELECT organisation, counts FROM indicator_delivery WHERE indicator = @id AND version = @version AND month = @month ORDER BY organisation",
            static row => new Delivery(OrganisationId.Parse(row.GetString(0)), Read<ImmutableArray<IndicatorCount>>(row, 1)),
            cancellation,
            ("id", version.Definition.Id),
            ("version", (long)version.Version),
            ("month", month))).Where(one => version.Definition.Sources.Contains(one.Source))];

    public static Task DeliverAsync(Session session, IndicatorVersion version, string month, OrganisationId source, ImmutableArray<IndicatorCount> counts, DateTimeOffset at, CancellationToken cancellation) =>
        session.ExecuteAsync(
            """
            INSERT INTO indicator_delivery (indicator, version, month, organisation, counts, delivered_at) VALUES (@id, @version, @month, @organisation, @counts, @at)
            ON CONFLICT (indicator, version, month, organisation) DO UPDATE SET counts = excluded.counts, delivered_at = excluded.delivered_at
            """,
            cancellation,
            ("id", version.Definition.Id),
            ("version", (long)version.Version),
            ("month", month),
            ("organisation", source.Value),
            ("counts", Text(counts)),
            ("at", at.Column()));

    /// <summary>What is published of an indicator, by period.</summary>
    public static Task<List<Publication>> PublishedAsync(Session session, string id, CancellationToken cancellation) =>
        session.QueryAsync($"SELECT {PublicationColumns} FROM indicator_publication WHERE indicator = @id ORDER BY period", ReadPublication, cancellation, ("id", id));

    /// <summary>The published periods of every indicator.</summary>
    public static async Task<ILookup<string, string>> PeriodsAsync(Session session, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT indicator, period FROM indicator_publication ORDER BY indicator, period", static row => (Id: row.GetString(0), Period: row.GetString(1)), cancellation))
            .ToLookup(static row => row.Id, static row => row.Period);

    public static Task PublishAsync(Session session, Publication publication, CancellationToken cancellation) =>
        session.ExecuteAsync(
            $"INSERT INTO indicator_publication ({PublicationColumns}) VALUES (@indicator, @period, @version, @counts, @pattern, @smallest, @sources, @published_at)",
            cancellation,
            ("indicator", publication.Indicator),
            ("period", publication.Period),
            ("version", (long)publication.Version),
            ("counts", Text(publication.Counts)),
            ("pattern", publication.Pattern),
            ("smallest", (long)publication.Smallest),
            ("sources", publication.Sources.Column()),
            ("published_at", publication.At.Column()));

    private static Publication ReadPublication(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), (int)row.GetInt64(2), Read<ImmutableArray<IndicatorCount>>(row, 3), row.GetString(4), (int)row.GetInt64(5), row.Codes<OrganisationId>(6), row.Time(7));

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, SisoteJson.Options);

    private static T Read<T>(DbDataReader row, int column) => JsonSerializer.Deserialize<T>(row.GetString(column), SisoteJson.Options) ?? throw new InvalidDataException("A row about an indicator is empty.");
}
