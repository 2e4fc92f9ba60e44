// What a definition and a delivery must be like.
using System.Collections.Immutable;
using Sisote.Consent.Phenomena;
using Sisote.Doors.Network;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Figures;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Figures;

/// <summary>Names the member that does not fit; null where all do.</summary>
internal sealed class IndicatorRules(Deployment deployment, LegalCatalogue catalogue)
{
    private const int MostDimensions = 3;
    private const int Months = 12;
    private const int LongestName = 200;
    private const int LongestMeaning = 1000;

    /// <summary>The member of a definition that does not fit.</summary>
    public string? FaultOf(DefineIndicator said) => said switch
    {
        _ when !SystemId.TryParse(said.Id, out _) => "id",
        _ when !IsText(said.Name, LongestName) => "name",
        _ when !IsText(said.Meaning, LongestMeaning) => "meaning",
        _ when said.Dimensions.IsDefault || said.Dimensions.Length > MostDimensions || said.Dimensions.Any(static one => !IsDimension(one)) || !FitsAYear(said.Dimensions) => "dimensions",
        _ when !Period.IsMonth(said.ValidFrom) => "validFrom",
        _ when said.Sources.IsDefault || said.Sources.IsEmpty != said.FromLog is not null || said.Sources.Distinct().Count() < said.Sources.Length || said.Sources.Any(source => deployment.FindOrganisation(source) is null) => "sources",
        { FromLog: { } log } when !IsCountable(log, said.Dimensions) => "fromLog",
        _ => null,
    };

    /// <summary>Texts of a definition that read like something about a person.</summary>
    public static string? PersonIn(DefineIndicator said) => Names(said.Name) ? "name" : Names(said.Meaning) || said.Dimensions.Any(static one => Names(one.Name)) ? "meaning" : null;

    /// <summary>The table of a definition with these counts; null where they do not fit.</summary>
    public static FigureTable? TableOf(DefineIndicator definition, IEnumerable<IndicatorCount> counts) =>
        FigureTable.Make(DimensionsOf(definition), counts.Select(static one => (one.Codes, one.Persons)));

    /// <summary>The dimensions of a definition's table. A client can be one in each of several organisations that are counted from the log.</summary>
    public static ImmutableArray<FigureDimension> DimensionsOf(DefineIndicator definition) => [.. definition.Dimensions.Select(one => new FigureDimension(one.Id, one.Codes, definition.FromLog is not null))];

    private static bool Names(LocalisedText text) => new[] { text.Fi, text.Sv, text.En }.Any(static one => PersonMarks.Patterns(one).Any());

    private static bool IsText(LocalisedText text, int longest) => new[] { text.Fi, text.Sv, text.En }.All(one => !string.IsNullOrWhiteSpace(one) && one.Length <= longest);

    private static bool IsDimension(IndicatorDimension dimension) =>
        SystemId.TryParse(dimension.Id, out _) && IsText(dimension.Name, LongestName) && !dimension.Codes.IsDefaultOrEmpty && dimension.Codes.All(static code => SystemId.TryParse(code, out _));

    /// <summary>Whether the twelve months of a year fit one table: they are judged together.</summary>
    private static bool FitsAYear(ImmutableArray<IndicatorDimension> dimensions) =>
        FigureTable.Make([.. dimensions.Select(static one => new FigureDimension(one.Id, one.Codes)), new FigureDimension("month of the year", [.. Enumerable.Range(1, Months).Select(static month => $"{month}")])], []) is not null;

    private bool IsCountable(IndicatorFromLog log, ImmutableArray<IndicatorDimension> dimensions) =>
        log.Events is LogCounting.Disclosures or LogCounting.Entries && log.Of is LogCounting.Recipients or LogCounting.Givers
        && !log.Rules.IsDefaultOrEmpty && log.Rules.All(catalogue.Rules.ContainsKey)
        && dimensions is [var only] && only.Codes.All(code => OrganisationId.TryParse(code, out var organisation) && deployment.FindOrganisation(organisation) is not null);
}
