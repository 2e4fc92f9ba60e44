// Sender by recipient by item: the whole catalogue at a glance.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Matrices;

/// <summary>Every cell that a rule of the catalogue opens, with what it needs in short.</summary>
public sealed class DisclosureMatrix
{
    private DisclosureMatrix(ImmutableArray<MatrixCell> cells) => Cells = cells;

    /// <summary>The cells, by sender, recipient, purpose, item and rule.</summary>
    public ImmutableArray<MatrixCell> Cells { get; }

    /// <summary>The cells of the catalogue that the filter takes.</summary>
    public static DisclosureMatrix Of(LegalCatalogue catalogue, MatrixFilter filter) => new(
    [
        .. LawCell.Of(catalogue)
            .Select(cell => Make(catalogue, cell))
            .Where(filter.Takes)
            .OrderBy(static cell => cell.FromSector.Value, StringComparer.Ordinal).ThenBy(static cell => cell.FromRole.Value, StringComparer.Ordinal)
            .ThenBy(static cell => cell.ToSector.Value, StringComparer.Ordinal).ThenBy(static cell => cell.ToRole.Value, StringComparer.Ordinal)
            .ThenBy(static cell => cell.Purpose?.Value, StringComparer.Ordinal)
            .ThenBy(static cell => cell.Item.Value, StringComparer.Ordinal)
            .ThenBy(static cell => cell.Rule.Value, StringComparer.Ordinal),
    ]);

    /// <summary>The first code of the filter that the catalogue does not know; null = it knows them all.</summary>
    public static string? FindUnknownCode(LegalCatalogue catalogue, MatrixFilter filter) =>
        Unknown(filter.FromSector, catalogue.Sectors.ContainsKey) ?? Unknown(filter.ToSector, catalogue.Sectors.ContainsKey)
        ?? Unknown(filter.FromRole, catalogue.Roles.ContainsKey) ?? Unknown(filter.ToRole, catalogue.Roles.ContainsKey)
        ?? Unknown(filter.Item, catalogue.Items.ContainsKey) ?? Unknown(filter.Purpose, catalogue.Purposes.ContainsKey);

    private static string? Unknown<TCode>(TCode? code, Func<TCode, bool> known)
        where TCode : struct, ICode<TCode> =>
        code is { } wanted && !known(wanted) ? wanted.Value : null;

    private static MatrixCell Make(LegalCatalogue catalogue, LawCell cell)
    {
        var nevers = NeverRules.Touching(catalogue, cell.Key, cell.Rule).Where(never => !NeverRules.IsLifted(never, cell.Door)).ToArray();
        var closing = nevers.FirstOrDefault(never => never.Mask.IsEmpty && NeverRules.IsAlways(never, cell.Door, catalogue));
        return new MatrixCell
        {
            FromSector = cell.Key.From.Sector,
            FromRole = cell.Key.From.Role,
            ToSector = cell.Key.To.Sector,
            ToRole = cell.Key.To.Role,
            Purpose = cell.Key.Purpose,
            Item = cell.Key.Item,
            Direction = cell.Key.Direction,
            Rule = cell.Rule.Id,
            Door = DoorOf(catalogue, cell),
            ConsentForms = [.. cell.Rule.Consents.Select(static consent => consent.Form)],
            Objectable = cell.Rule.Consents.Any(static consent => consent.Objectable),
            Conditions = [.. cell.Rule.Conditions.Concat(cell.Pair.Conditions).Distinct()],
            Obliges = cell.Pair.Obliges,
            HumanDecides = cell.Door.Conditions.Any(condition => catalogue.Conditions[condition].Type == "human" && RestsOnStatement(catalogue.Conditions[condition])),
            ClosedBy = closing?.Id,
            Limits = [.. nevers.Where(never => never != closing).Select(static never => never.Id)],
            ValidFrom = cell.Rule.ValidFrom,
            ValidTo = cell.Rule.ValidTo,
            Confidence = cell.Pair.Confidence ?? cell.Rule.Confidence,
        };
    }

    /// <summary>A cooperation agreement beside a consent does not make a commission; a contract where no consent is asked does.</summary>
    private static MatrixDoor DoorOf(LegalCatalogue catalogue, LawCell cell) =>
        !cell.Rule.Consents.IsEmpty ? MatrixDoor.Consent
        : Shows<EvidenceSource.InForceAgreement>(catalogue, cell.Door) ? MatrixDoor.Commission
        : Shows<EvidenceSource.SameOrganisation>(catalogue, cell.Door) ? MatrixDoor.OwnRegister
        : MatrixDoor.Right;

    private static bool Shows<TSource>(LegalCatalogue catalogue, Door door)
        where TSource : EvidenceSource =>
        door.Conditions.Any(condition => catalogue.Conditions[condition].EvaluatedFrom is { IsEmpty: false } sources && sources.All(static source => source is TSource));

    private static bool RestsOnStatement(Condition condition) => condition.EvaluatedFrom.Any(static source => source is EvidenceSource.Statement { By: StatementBy.NamedProfessional });
}
