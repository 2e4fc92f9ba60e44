// What is said of indicators.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Consent.Storage;
using Sisote.Doors.Network;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Figures;

namespace Sisote.Consent.Figures;

/// <summary>Answers out of what is published, and nothing else: a cut by some of the dimensions is a part of the one table of its period.</summary>
internal sealed class IndicatorReading(Database database, LegalCatalogue catalogue)
{
    private const string PersonMonths = "person-months";

    /// <summary>All indicators, or one.</summary>
    public async Task<IndicatorList> ListAsync(string? id, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var versions = id is null ? await IndicatorStore.AllAsync(session, cancellation) : await IndicatorStore.OfAsync(session, id, cancellation);
        var periods = await IndicatorStore.PeriodsAsync(session, cancellation);
        return new IndicatorList([.. versions.GroupBy(static version => version.Definition.Id).Select(group => new IndicatorShown
        {
            Id = group.Key,
            Owner = group.First().Owner,
            Versions = [.. group],
            Published = [.. periods[group.Key]],
        })]);
    }

    /// <summary>The figures of a period by some of its dimensions, in their order; null = by all. Null where there is no such period or dimension, or it was published under a laxer rule than today's.</summary>
    public async Task<IndicatorFigures?> FiguresAsync(string id, string period, IReadOnlyCollection<string>? by, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await FiguresAsync(session, id, period, by, cancellation);
    }

    /// <summary>The same in a transaction.</summary>
    public async Task<IndicatorFigures?> FiguresAsync(Session session, string id, string period, IReadOnlyCollection<string>? by, CancellationToken cancellation)
    {
        var publication = (await IndicatorStore.PublishedAsync(session, id, cancellation)).FirstOrDefault(one => one.Period == period);
        var version = (await IndicatorStore.OfAsync(session, id, cancellation)).FirstOrDefault(one => one.Version == publication?.Version);
        if (publication is null || version is null || publication.Smallest < SmallestFigure.Of(catalogue) || IndicatorPublishing.Read(version.Definition, publication) is not { } table)
        {
            return null;
        }

        var asked = by ?? [.. table.Dimensions.Select(static dimension => dimension.Id)];
        return asked.Except(table.Dimensions.Select(static dimension => dimension.Id)).Any() ? null : new IndicatorFigures
        {
            Id = id,
            Period = period,
            Definition = Period.TryParse(period, out var named) && named.IsYear ? version with { Unit = PersonMonths } : version,
            PublishedAt = publication.At,
            Sources = publication.Sources,
            Smallest = publication.Smallest,
            Hidden = HiddenText(publication.Smallest),
            Figures = [.. Enumerable.Range(0, table.Size).Where(place => IsOf(table, place, asked)).Select(place => FigureAt(table, place))],
        };
    }

    /// <summary>Whether a place is a sum over every dimension that was not asked for. Sums over those that were come along.</summary>
    private static bool IsOf(ProtectedTable table, int place, IReadOnlyCollection<string> asked) =>
        table.CodesAt(place).Zip(table.Dimensions).All(pair => pair.First is null || asked.Contains(pair.Second.Id));

    private static IndicatorFigure FigureAt(ProtectedTable table, int place) => new()
    {
        Cell = table.CodesAt(place).Zip(table.Dimensions).Where(static pair => pair.First is not null).ToImmutableSortedDictionary(static pair => pair.Second.Id, static pair => pair.First!, StringComparer.Ordinal),
        Persons = table.At(place),
        Shown = table.At(place)?.ToString(CultureInfo.InvariantCulture) ?? HiddenText(table.Smallest).En,
    };

    private static LocalisedText HiddenText(int smallest) => new()
    {
        Fi = string.Create(CultureInfo.InvariantCulture, $"alle {smallest} tai piilotettu sellaisen kanssa"),
        Sv = string.Create(CultureInfo.InvariantCulture, $"under {smallest} eller dold tillsammans med en sådan"),
        En = string.Create(CultureInfo.InvariantCulture, $"under {smallest} or hidden with one that is"),
    };
}
