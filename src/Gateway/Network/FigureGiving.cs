// Whose words and figures are in phenomena and statements.
using Sisote.Doors.Network;

namespace Sisote.Gateway.Network;

/// <summary>INVARIANT: a text goes by the decision for who wrote it, figures by the decision for who owns the indicator; who reads hears of nothing else.</summary>
internal static class FigureGiving
{
    /// <summary>Definitions and their published periods are their owner's.</summary>
    internal static Giving<IndicatorShown, IndicatorShown> Indicators { get; } = Giving.Whole<IndicatorShown>(NetworkItems.Figures, static one => one.Owner);

    /// <summary>Figures are their owner's.</summary>
    internal static Giving<IndicatorFigures, IndicatorFigures> Figures { get; } = Giving.Whole<IndicatorFigures>(NetworkItems.Figures, static one => one.Definition.Owner);

    /// <summary>Reports are taken together of several organisations; what is left is counted anew and leaves without its writers.</summary>
    internal static Giving<PhenomenonRow, PhenomenonShown> Phenomena { get; } = new(
        static row => row.Reports.Select(static report => report.By).Concat(row.Steps.Select(static step => step.By)).Select(static organisation => new Giver(NetworkItems.Agreement, organisation)),
        static (row, permitted) => Show(row with
        {
            Reports = [.. row.Reports.Where(report => permitted.Contains(new Giver(NetworkItems.Agreement, report.By)))],
            Steps = [.. row.Steps.Where(step => permitted.Contains(new Giver(NetworkItems.Agreement, step.By)))],
        }));

    /// <summary>Title and question are of who asked, the answer of who was asked, each attachment of who owns the indicator.</summary>
    internal static Giving<StatementShown, StatementShown> Statements { get; } = new(
        static one => one.Parts.Select(static part => new Giver(NetworkItems.Agreement, part.By)).Prepend(new Giver(NetworkItems.Agreement, one.From)).Concat(one.Parts.SelectMany(static part => part.Figures).Select(OwnerOf)),
        static (one, permitted) => !permitted.Contains(new Giver(NetworkItems.Agreement, one.From)) ? null : one with
        {
            Parts =
            [
                .. one.Parts.Where(part => permitted.Contains(new Giver(NetworkItems.Agreement, part.By)))
                    .Select(part => part with { Figures = [.. part.Figures.Where(figures => permitted.Contains(OwnerOf(figures)))] }),
            ],
        });

    /// <summary>Who gives figures.</summary>
    internal static Giver OwnerOf(IndicatorFigures figures) => new(NetworkItems.Figures, figures.Definition.Owner);

    private static PhenomenonShown? Show(PhenomenonRow row) => row.Reports.IsEmpty ? null : new PhenomenonShown
    {
        Id = row.Id,
        Category = row.Category,
        Group = row.Group,
        Area = row.Area,
        State = row.Steps is [.., var last] ? last.Kind : "reported",
        From = row.Reports[0].By,
        Reports = row.Reports.Length,
        Sources = row.Reports.Select(static report => report.By).Distinct().Count(),
        Since = row.Reports[0].At,
        Texts = [.. row.Reports.Select(static report => report.Text)],
        Steps = row.Steps,
    };
}
