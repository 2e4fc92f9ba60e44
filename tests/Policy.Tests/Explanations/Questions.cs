// Questions to explain: written short in tests, or all that the shipped catalogue can answer.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Explanations;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Tests.Policy.Explanations;

internal static class Questions
{
    internal static readonly string[] Languages = ["fi", "sv", "en"];

    private static readonly LawEnd Somebody = new(SectorId.Parse("health"), RoleId.Parse("health-professional"));

    internal static ExplanationQuestion Ask(string from, string to, string? purpose, string item, Direction? direction = null) => new()
    {
        FromSector = SectorId.Parse(from.Split('/')[0]),
        FromRole = RoleId.Parse(from.Split('/')[1]),
        ToSector = SectorId.Parse(to.Split('/')[0]),
        ToRole = RoleId.Parse(to.Split('/')[1]),
        Purpose = purpose is null ? null : PurposeId.Parse(purpose),
        Item = DataItemId.Parse(item),
        Direction = direction,
        Day = new DateOnly(2026, 11, 22),
    };

    /// <summary>Every pair of parties with every item that some rule of the catalogue carries between them.</summary>
    internal static IReadOnlyList<ExplanationQuestion> All(LegalCatalogue catalogue) =>
    [
        .. LawCell.Ordered(catalogue).SelectMany(LawCell.Of)
            .Select(static cell => (From: Named(cell.Key.From), To: Named(cell.Key.To), cell.Key.Purpose, cell.Key.Item)).Distinct()
            .Select(static cell => new ExplanationQuestion
            {
                FromSector = cell.From.Sector,
                FromRole = cell.From.Role,
                ToSector = cell.To.Sector,
                ToRole = cell.To.Role,
                Purpose = cell.Purpose,
                Item = cell.Item,
                Day = new DateOnly(2026, 11, 22),
            }),
    ];

    private static LawEnd Named(LawEnd end) => end.IsAnybody ? Somebody : end;
}
