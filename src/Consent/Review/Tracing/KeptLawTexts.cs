// The law's texts by version of the catalogue, so that a decision can be read years later by the words of its day.
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Policy.Catalogues;

namespace Sisote.Consent.Review.Tracing;

/// <summary>Keeps the texts of the catalogue at every start with a version that was not seen before.</summary>
internal sealed class KeptLawTexts(Database database, LegalCatalogue catalogue, TimeProvider clock) : IHostedService
{
    private static readonly NewRows.Table Table = new("law_text", "catalogue", "kind", "id", "content");

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        var isNew = await session.ExecuteAsync(
            "INSERT INTO catalogue_kept (version, first_seen) VALUES (@version, @first_seen) ON CONFLICT (version) DO NOTHING",
            cancellationToken,
            ("version", catalogue.Version.Value),
            ("first_seen", clock.GetUtcNow().Column()));
        if (isNew == 1)
        {
            var rows = new NewRows(Table);
            foreach (var (kind, text) in TextsOf(catalogue))
            {
                rows.Add(catalogue.Version.Value, kind, text.Id, JsonSerializer.SerializeToUtf8Bytes(text, SisoteJson.Options));
            }

            await session.ExecuteAsync(rows.Statements(session.Dialect), cancellationToken);
        }

        await session.CommitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When the room first ran with a version; null = never since texts are kept.</summary>
    public static async Task<DateTimeOffset?> SinceAsync(Session session, CatalogueVersion version, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT first_seen FROM catalogue_kept WHERE version = @version", static row => row.Time(0), cancellation, ("version", version.Value))) is [var seen] ? seen : null;

    /// <summary>The texts of a version that have one of these codes, by kind and code.</summary>
    public static async Task<Dictionary<(string Kind, string Id), LawText>> FindAsync(Session session, CatalogueVersion version, IEnumerable<string> ids, CancellationToken cancellation)
    {
        var rows = await session.QueryAsync(
            $"SELECT kind, id, content FROM law_text WHERE catalogue = @catalogue AND {session.Dialect.IsAmong("id", "ids")}",
            static row => (Kind: row.GetString(0), Id: row.GetString(1), Content: row.GetFieldValue<byte[]>(2)),
            cancellation,
            ("catalogue", version.Value),
            ("ids", session.Dialect.Values(ids)));
        return rows.ToDictionary(static row => (row.Kind, row.Id), static row => JsonSerializer.Deserialize<LawText>(row.Content, SisoteJson.Options) ?? throw new InvalidDataException("A kept text of the law is empty."));
    }

    private static IEnumerable<(string Kind, LawText Text)> TextsOf(LegalCatalogue catalogue) =>
        catalogue.Rules.Values.Select(static rule => ("rule", TextOf(rule)))
            .Concat(catalogue.Prohibitions.Values.Select(static never => ("prohibition", TextOf(never))))
            .Concat(catalogue.Conditions.Values.Select(static condition => ("condition", new LawText { Id = condition.Id.Value, Text = condition.Labels })))
            .Concat(catalogue.Items.Values.Select(static item => ("item", new LawText { Id = item.Id.Value, Text = item.Labels })))
            .Concat(catalogue.Purposes.Select(static purpose => ("purpose", new LawText { Id = purpose.Key.Value, Text = purpose.Value })));

    private static LawText TextOf(DisclosureRule rule) => new()
    {
        Id = rule.Id.Value,
        Text = rule.Title,
        LegalBasis = rule.LegalBasis,
        Purpose = rule.Purpose,
        Items = rule.Items,
        Conditions = rule.Conditions,
        ConsentForms = [.. rule.Consents.Select(static consent => consent.Form)],
        ValidFrom = rule.ValidFrom,
        ValidTo = rule.ValidTo,
        Confidence = rule.Confidence,
    };

    private static LawText TextOf(Prohibition never) => new()
    {
        Id = never.Id.Value,
        Text = never.Title,
        LegalBasis = never.LegalBasis,
        Items = never.Items,
        Conditions = never.Unless,
        Confidence = never.Confidence,
    };
}
