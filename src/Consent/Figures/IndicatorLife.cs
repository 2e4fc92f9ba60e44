// Indicators are defined, delivered and published.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Consent.Keeping;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Figures;

namespace Sisote.Consent.Figures;

/// <summary>
/// Keeps the life of indicators. INVARIANT: a month or year is published once, as one table with every sum, and every question is answered out of it; a version counts from a month on that no earlier
/// version published. So two answers never differ by what could be computed from both.
/// </summary>
internal sealed class IndicatorLife(LogWriter writer, NetworkLog log, IndicatorRules rules, LegalCatalogue catalogue)
{
    private const string Persons = "persons";
    private const string Month = "month of the year";

    private static readonly NetworkAnswer Absent = new() { Outcome = NetworkOutcome.Absent };

    /// <summary>Records a definition, or its next version.</summary>
    public async Task<NetworkAnswer> DefineAsync(NetworkWriter by, DefineIndicator said)
    {
        if (log.SystemOf(by) is not { Organisation: var own })
        {
            return Absent;
        }

        if (rules.FaultOf(said) is { } field)
        {
            return Malformed(field);
        }

        return IndicatorRules.PersonIn(said) is { } text ? new NetworkAnswer { Outcome = NetworkOutcome.NamesAPerson, Field = text } : await writer.WriteAsync(async transaction =>
        {
            var versions = await IndicatorStore.OfAsync(transaction.Session, said.Id, CancellationToken.None);
            if (versions is [var newest, ..])
            {
                if (newest.Owner != own)
                {
                    return new NetworkAnswer { Outcome = NetworkOutcome.Taken };
                }

                if (Text(newest.Definition) == Text(said))
                {
                    return new NetworkAnswer { Outcome = NetworkOutcome.Done, Id = said.Id, Version = newest.Version };
                }

                var published = await IndicatorStore.PublishedAsync(transaction.Session, said.Id, CancellationToken.None);
                if (string.CompareOrdinal(said.ValidFrom, newest.Definition.ValidFrom) < 0 || published.Any(one => IsAtOrAfter(one.Period, said.ValidFrom)))
                {
                    return Malformed("validFrom");
                }
            }

            if ((await IndicatorStore.AllAsync(transaction.Session, CancellationToken.None)).Any(one => one.Definition.Id != said.Id && LogCounting.Overlap(own, said, one.Owner, one.Definition)))
            {
                return Malformed("fromLog");
            }

            var version = new IndicatorVersion { Version = versions.Count + 1, Owner = own, Unit = Persons, RecordedAt = transaction.Now, Definition = said };
            await IndicatorStore.AddAsync(transaction.Session, version, CancellationToken.None);
            return log.Done(said.Id, log.Record(transaction, by, "indicator-defined", said.Id), version.Version);
        });
    }

    /// <summary>Keeps what an organisation counted for a month, until that is published.</summary>
    public Task<NetworkAnswer> DeliverAsync(NetworkWriter by, string id, DeliverCounts said) => writer.WriteAsync(async transaction =>
    {
        if (log.SystemOf(by) is not { Organisation: var own } || await VersionAsync(transaction, id, said.Month) is not { } version || !version.Definition.Sources.Contains(own))
        {
            return Absent;
        }

        if (said.Counts.IsDefault || said.Counts.Any(static one => one.Codes.IsDefault) || IndicatorRules.TableOf(version.Definition, said.Counts) is null)
        {
            return Malformed("counts");
        }

        if ((await IndicatorStore.PublishedAsync(transaction.Session, id, CancellationToken.None)).Any(one => one.Period == said.Month))
        {
            return new NetworkAnswer { Outcome = NetworkOutcome.Ended };
        }

        await IndicatorStore.DeliverAsync(transaction.Session, id, said.Month, own, said.Counts, transaction.Now, CancellationToken.None);
        return log.Done(id, log.Record(transaction, by, "counts-delivered", id, version.Owner == own ? null : version.Owner), version.Version);
    });

    /// <summary>Publishes a month or a year, once.</summary>
    public Task<NetworkAnswer> PublishAsync(NetworkWriter by, string id, PublishFigures said) => writer.WriteAsync(async transaction =>
    {
        if (!Period.TryParse(said.Period, out var period) || !period.IsOver(transaction.Now))
        {
            return Malformed("period");
        }

        if (log.SystemOf(by) is not { Organisation: var own } || await VersionAsync(transaction, id, period.Months.First()) is not { } version || version.Owner != own)
        {
            return Absent;
        }

        var published = await IndicatorStore.PublishedAsync(transaction.Session, id, CancellationToken.None);
        if (published.Any(one => one.Period == said.Period))
        {
            return new NetworkAnswer { Outcome = NetworkOutcome.Ended };
        }

        var publication = period.IsYear ? YearOf(said.Period, period, version, published) : await MonthOfAsync(transaction, said.Period, period, version);
        if (publication is null)
        {
            return Malformed("period");
        }

        await IndicatorStore.PublishAsync(transaction.Session, publication with { At = transaction.Now }, CancellationToken.None);
        return log.Done(id, log.Record(transaction, by, "figures-published", id), version.Version);
    });

    private static NetworkAnswer Malformed(string field) => new() { Outcome = NetworkOutcome.Malformed, Field = field };

    private static string Text(DefineIndicator definition) => JsonSerializer.Serialize(definition, SisoteJson.Options);

    /// <summary>Whether a published month, or the last month of a published year, is this month or a later one.</summary>
    private static bool IsAtOrAfter(string period, string month) => Period.TryParse(period, out var known) && string.CompareOrdinal(known.Months.Last(), month) >= 0;

    /// <summary>The version that counts a month; null where none does.</summary>
    private static async Task<IndicatorVersion?> VersionAsync(LogTransaction transaction, string id, string month) => !Period.IsMonth(month)
        ? null
        : (await IndicatorStore.OfAsync(transaction.Session, id, CancellationToken.None)).FirstOrDefault(version => string.CompareOrdinal(version.Definition.ValidFrom, month) <= 0);

    /// <summary>A month of which every source has delivered; null where one is missing, or it cannot be protected.</summary>
    private async Task<Publication?> MonthOfAsync(LogTransaction transaction, string name, Period month, IndicatorVersion version)
    {
        var definition = version.Definition;
        var delivered = definition.FromLog is null
            ? await IndicatorStore.DeliveriesAsync(transaction.Session, definition.Id, name, CancellationToken.None)
            : [(version.Owner, await LogCounting.CountAsync(transaction.Session, version, month, CancellationToken.None))];
        var sources = delivered.Select(static one => one.Source).ToImmutableArray();
        var counts = Sum(delivered.SelectMany(static one => one.Counts));
        return definition.Sources.Except(sources).Any() || IndicatorRules.TableOf(definition, counts) is not { } table
            || Suppression.Protect(table, SmallestFigure.Of(catalogue)) is not SuppressionOutcome.Protected { Table: var shown }
            ? null
            : new Publication(definition.Id, name, version.Version, counts, shown.Pattern, shown.Smallest, sources, default);
    }

    /// <summary>A year of which every month was published by one version: judged as one table with its months, which stay as they are; null where a month is missing, or it cannot be protected.</summary>
    private Publication? YearOf(string name, Period year, IndicatorVersion version, List<Publication> published)
    {
        var months = year.Months.Select(month => published.FirstOrDefault(one => one.Period == month && one.Version == version.Version)).OfType<Publication>().ToArray();
        var tables = months.Select(month => Read(version.Definition, month)).OfType<ProtectedTable>().ToArray();
        var counts = Sum(months.SelectMany(static month => month.Counts));
        if (tables.Length < 12 || IndicatorRules.TableOf(version.Definition, counts) is not { } sums || WholeOf(version.Definition, months) is not { } whole)
        {
            return null;
        }

        var place = months.Index().ToDictionary(static one => one.Item.Period, static one => one.Index);
        var outcome = Suppression.Protect(whole, SmallestFigure.Of(catalogue), at => whole.CodesAt(at) is [.. var cell, { } month]
            ? tables[place[month]].IsHidden(tables[place[month]].Find([.. cell])!.Value) ? SaidBefore.Hidden : SaidBefore.Shown
            : SaidBefore.Nothing);
        return outcome is not SuppressionOutcome.Protected { Table: var shown } ? null : new Publication(
            version.Definition.Id, name, version.Version, counts,
            string.Concat(Enumerable.Range(0, sums.Size).Select(at => shown.Pattern[shown.Find([.. sums.CodesAt(at), null])!.Value])),
            shown.Smallest, [.. months.SelectMany(static month => month.Sources).Distinct().OrderBy(static source => source.Value, StringComparer.Ordinal)], default);
    }

    /// <summary>The year's table with its months.</summary>
    private static FigureTable? WholeOf(DefineIndicator definition, Publication[] months) => FigureTable.Make(
        [.. IndicatorRules.DimensionsOf(definition), new FigureDimension(Month, [.. months.Select(static month => month.Period)])],
        months.SelectMany(static month => month.Counts.Select(one => (one.Codes.Add(month.Period), one.Persons))));

    /// <summary>A publication as it may be shown; null where what is kept does not hold together.</summary>
    internal static ProtectedTable? Read(DefineIndicator definition, Publication publication) =>
        IndicatorRules.TableOf(definition, publication.Counts) is { } table ? ProtectedTable.Read(table, publication.Smallest, publication.Pattern) : null;

    private static ImmutableArray<IndicatorCount> Sum(IEnumerable<IndicatorCount> counts) =>
        [.. counts.GroupBy(static one => string.Join(' ', one.Codes)).Select(static cell => new IndicatorCount { Codes = cell.First().Codes, Persons = cell.Sum(static one => one.Persons) })];
}
