// What of a month or a year may be published.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Figures;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Figures;

/// <summary>One month with the counts of each organisation that knows its own, and what was published of it.</summary>
internal sealed record CountedMonth(string Name, ImmutableArray<Delivery> Parts, Publication? Published);

/// <summary>All that a publication is made of.</summary>
internal sealed record PublicationInputs(IndicatorVersion Version, string Period, ImmutableArray<CountedMonth> Months)
{
    /// <summary>Whether others say the same.</summary>
    public bool Equal(PublicationInputs? others) => others is not null && Text(this) == Text(others);

    private static string Text(PublicationInputs inputs) => JsonSerializer.Serialize(inputs, SisoteJson.Options);
}

/// <summary>Reads what a publication is made of, and decides what is hidden in it.</summary>
/// <remarks>INVARIANT: what is published is protected from each organisation that counted a part of it, too, and a sum over countings that can be of the same persons is small unless one of them is not.</remarks>
internal sealed class IndicatorPublishing(LegalCatalogue catalogue)
{
    private const string Month = "month of the year";
    private const int MonthsOfAYear = 12;

    /// <summary>What there is of a period.</summary>
    public static async Task<PublicationInputs> ReadAsync(Session session, IndicatorVersion version, string name, Period period, CancellationToken cancellation)
    {
        var published = period.IsYear ? await IndicatorStore.PublishedAsync(session, version.Definition.Id, cancellation) : [];
        var months = ImmutableArray.CreateBuilder<CountedMonth>();
        foreach (var month in period.Months)
        {
            var before = published.FirstOrDefault(one => one.Period == month && one.Version == version.Version);
            months.Add(new CountedMonth(month, await PartsAsync(session, version, month, before, cancellation), before));
        }

        return new PublicationInputs(version, name, months.ToImmutable());
    }

    /// <summary>What may be published; null where something is missing, or it cannot be protected.</summary>
    public Publication? Compose(PublicationInputs inputs) => inputs.Months is [var month] ? MonthOf(inputs, month) : YearOf(inputs);

    /// <summary>A publication as it may be shown; null where what is kept does not hold together.</summary>
    public static ProtectedTable? Read(DefineIndicator definition, Publication publication) =>
        IndicatorRules.TableOf(definition, publication.Counts) is { } table ? ProtectedTable.Read(table, publication.Smallest, publication.Pattern) : null;

    /// <summary>The counts of a month apart by who knows them: as they were delivered, or, out of the log, by the organisation on the other side. Of a month that is published the log is not counted again.</summary>
    private static async Task<ImmutableArray<Delivery>> PartsAsync(Session session, IndicatorVersion version, string month, Publication? published, CancellationToken cancellation)
    {
        if (version.Definition.FromLog is null)
        {
            return await IndicatorStore.DeliveriesAsync(session, version, month, cancellation);
        }

        var counts = published?.Counts ?? (Period.TryParse(month, out var period) ? await LogCounting.CountAsync(session, version, period, cancellation) : []);
        return [.. version.Definition.Dimensions[0].Codes.Select(code => new Delivery(OrganisationId.Parse(code), [.. counts.Where(one => one.Codes[0] == code)]))];
    }

    /// <summary>A month of which every source has delivered.</summary>
    private Publication? MonthOf(PublicationInputs inputs, CountedMonth month)
    {
        var definition = inputs.Version.Definition;
        var parts = month.Parts.ToDictionary(static part => part.Source, part => IndicatorRules.TableOf(definition, part.Counts));
        if (definition.Sources.Any(source => !parts.ContainsKey(source)) || IndicatorRules.TableOf(definition, []) is not { } empty || parts.ContainsValue(null))
        {
            return null;
        }

        return Protect(definition, empty, parts!, static _ => SaidBefore.Nothing) is { } shown
            ? new Publication(definition.Id, inputs.Period, inputs.Version.Version, Sum(month.Parts.SelectMany(static part => part.Counts)), shown.Pattern, shown.Smallest, SourcesOf(inputs), default)
            : null;
    }

    /// <summary>A year of which every month was published by one version: judged as one table with its months, which stay as they are.</summary>
    private Publication? YearOf(PublicationInputs inputs)
    {
        var definition = inputs.Version.Definition;
        var months = inputs.Months.Where(static month => month.Published is not null).Select(month => (month.Name, Table: Read(definition, month.Published!))).Where(static month => month.Table is not null).ToDictionary(static month => month.Name, static month => month.Table!);
        var counts = Sum(inputs.Months.SelectMany(static month => month.Parts.SelectMany(static part => part.Counts)));
        if (months.Count < MonthsOfAYear || inputs.Months.Any(month => !IsAsPublished(month)) || IndicatorRules.TableOf(definition, counts) is not { } sums || WholeOf(inputs, []) is not { } empty)
        {
            return null;
        }

        var parts = inputs.Months.SelectMany(static month => month.Parts.Select(part => (part.Source, Cells: part.Counts.Select(one => (one.Codes.Add(month.Name), one.Persons)))))
            .GroupBy(static one => one.Source).ToDictionary(static source => source.Key, source => WholeOf(inputs, source.SelectMany(static one => one.Cells)));
        return parts.ContainsValue(null) || Protect(definition, empty, parts!, at => empty.CodesAt(at) is [.. var cell, { } month] ? BeforeOf(months[month], cell) : SaidBefore.Nothing) is not { } shown ? null : new Publication(
            definition.Id, inputs.Period, inputs.Version.Version, counts, string.Concat(Enumerable.Range(0, sums.Size).Select(at => shown.Pattern[shown.Find([.. sums.CodesAt(at), null])!.Value])), shown.Smallest, SourcesOf(inputs), default);
    }

    private ProtectedTable? Protect(DefineIndicator definition, FigureTable empty, Dictionary<OrganisationId, FigureTable> parts, Func<int, SaidBefore> before)
    {
        var insiders = parts.Keys.Select(source => new Insider(
            FigureTable.Together([empty, .. parts.Where(part => part.Key != source).Select(static part => part.Value)])!,
            place => definition.FromLog is not null && empty.CodesAt(place)[0] == source.Value));
        return Suppression.Protect(FigureTable.Together([empty, .. parts.Values])!, [.. insiders], SmallestFigure.Of(catalogue), before) is SuppressionOutcome.Protected { Table: var shown } ? shown : null;
    }

    private static SaidBefore BeforeOf(ProtectedTable month, ImmutableArray<string?> cell) => month.IsHidden(month.Find(cell)!.Value) ? SaidBefore.Hidden : SaidBefore.Shown;

    /// <summary>Whether what was published of a month is what was delivered for it.</summary>
    private static bool IsAsPublished(CountedMonth month) => Text(month.Published!.Counts) == Text(Sum(month.Parts.SelectMany(static part => part.Counts)));

    private static string Text(ImmutableArray<IndicatorCount> counts) => string.Join('\n', counts.Select(static one => $"{string.Join(' ', one.Codes)} {one.Persons}").Order(StringComparer.Ordinal));

    /// <summary>The year's table with its months, in each of which the same person can be.</summary>
    private static FigureTable? WholeOf(PublicationInputs inputs, IEnumerable<(ImmutableArray<string> Codes, long Persons)> cells) =>
        FigureTable.Make([.. IndicatorRules.DimensionsOf(inputs.Version.Definition), new FigureDimension(Month, [.. inputs.Months.Select(static month => month.Name)], Overlaps: true)], cells);

    private static ImmutableArray<OrganisationId> SourcesOf(PublicationInputs inputs) => inputs.Version.Definition.FromLog is null
        ? [.. inputs.Months.SelectMany(static month => month.Parts).Select(static part => part.Source).Distinct().OrderBy(static source => source.Value, StringComparer.Ordinal)]
        : [inputs.Version.Owner];

    private static ImmutableArray<IndicatorCount> Sum(IEnumerable<IndicatorCount> counts) =>
        [.. counts.GroupBy(static one => string.Join(' ', one.Codes)).Select(static cell => new IndicatorCount { Codes = cell.First().Codes, Persons = cell.Sum(static one => one.Persons) })];
}
