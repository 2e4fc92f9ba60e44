// Writes the matrix as blocks for the terminal, CSV, Markdown or JSON.
using System.Globalization;
using System.Text.Json;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Matrices;

namespace Sisote.Host.Commands;

/// <summary>One matrix in one language.</summary>
internal sealed class CatalogueMatrixOutput(LegalCatalogue catalogue, DisclosureMatrix matrix, string language, TextWriter output)
{
    private static readonly string[] Columns = ["from", "to", "purpose", "item", "direction", "rule", "door", "conditions", "limits", "validFrom", "validTo", "confidence"];

    /// <summary>One block for each sender and recipient; within it one paragraph for each purpose.</summary>
    internal void WriteText()
    {
        foreach (var block in matrix.Cells.GroupBy(static cell => (cell.FromSector, cell.FromRole, cell.ToSector, cell.ToRole)))
        {
            var (fromSector, fromRole, toSector, toRole) = block.Key;
            output.WriteLine($"{Side(fromSector, fromRole)} -> {Side(toSector, toRole)}");
            foreach (var purpose in block.GroupBy(static cell => cell.Purpose))
            {
                output.WriteLine($"  {Purpose(purpose.Key)}");
                WriteRows(purpose);
            }

            output.WriteLine();
        }

        output.WriteLine(matrix.Cells.IsEmpty
            ? Of("Mikään sääntö ei salli tätä.", "Ingen regel tillåter detta.", "No rule allows any of this.")
            : Of($"{matrix.Cells.Length} riviä", $"{matrix.Cells.Length} rader", $"{matrix.Cells.Length} rows"));
    }

    internal void WriteCsv()
    {
        output.WriteLine(string.Join(',', Columns));
        foreach (var cell in matrix.Cells)
        {
            output.WriteLine(string.Join(',', Row(cell).Select(static text => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text)));
        }
    }

    internal void WriteMarkdown()
    {
        output.WriteLine($"| {string.Join(" | ", Columns)} |");
        output.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", Columns.Length))}");
        foreach (var cell in matrix.Cells)
        {
            output.WriteLine($"| {string.Join(" | ", Row(cell))} |");
        }
    }

    internal void WriteJson() => output.WriteLine(JsonSerializer.Serialize(
        matrix.Cells.Select(cell => new
        {
            from = Code(cell.FromSector, cell.FromRole),
            to = Code(cell.ToSector, cell.ToRole),
            purpose = cell.Purpose?.Value,
            item = cell.Item.Value,
            itemName = catalogue.Items[cell.Item].Labels.In(language),
            direction = Word(cell.Direction),
            rule = cell.Rule.Value,
            door = Word(cell.Door),
            consentForms = cell.ConsentForms,
            objectable = cell.Objectable,
            conditions = cell.Conditions,
            obliges = cell.Obliges,
            humanDecides = cell.HumanDecides,
            closedBy = cell.ClosedBy?.Value,
            limits = cell.Limits,
            cell.ValidFrom,
            cell.ValidTo,
            cell.Confidence,
        }),
        CatalogueOptions.Json));

    private void WriteRows(IEnumerable<MatrixCell> cells)
    {
        var rows = cells.Select(cell => (Item: $"{catalogue.Items[cell.Item].Labels.In(language)} ({cell.Item})", Rule: $"{cell.Rule} {Word(cell.Direction)}", Door: Door(cell))).ToList();
        var (item, rule) = (rows.Max(static row => row.Item.Length), rows.Max(static row => row.Rule.Length));
        foreach (var row in rows)
        {
            output.WriteLine($"    {row.Item.PadRight(item)}  {row.Rule.PadRight(rule)}  {row.Door}".TrimEnd());
        }
    }

    private string[] Row(MatrixCell cell) =>
    [
        Code(cell.FromSector, cell.FromRole), Code(cell.ToSector, cell.ToRole), cell.Purpose?.Value ?? string.Empty, cell.Item.Value, Word(cell.Direction), cell.Rule.Value,
        Door(cell), string.Join(' ', cell.Conditions), string.Join(' ', cell.Limits), Day(cell.ValidFrom), Day(cell.ValidTo), cell.Confidence,
    ];

    /// <summary>Right, consent form or commission, in a few words.</summary>
    private string Door(MatrixCell cell)
    {
        if (cell.ClosedBy is { } never)
        {
            return Of($"suljettu aina: {never}", $"alltid stängd: {never}", $"always closed: {never}");
        }

        var forms = string.Join(" + ", cell.ConsentForms);
        var door = cell.Door switch
        {
            MatrixDoor.Consent when cell.Objectable => Of($"ellei kielletty ({forms})", $"om inte förbjudet ({forms})", $"unless forbidden ({forms})"),
            MatrixDoor.Consent => Of($"suostumus {forms}", $"samtycke {forms}", $"consent {forms}"),
            MatrixDoor.Commission => Of("toimeksianto", "uppdrag", "commission"),
            MatrixDoor.OwnRegister => Of("oma rekisteri", "eget register", "own register"),
            _ when cell.Obliges => Of("velvollisuus lain nojalla", "skyldighet enligt lag", "duty by law"),
            _ => Of("oikeus lain nojalla", "rätt enligt lag", "right by law"),
        };
        return door + (cell.HumanDecides ? Of(", ihminen päättää", ", en människa beslutar", ", a person decides") : string.Empty) + Time(cell);
    }

    private string Time(MatrixCell cell) =>
        (cell.ValidFrom is { } first ? Of($", {Day(first)} alkaen", $", från {Day(first)}", $", from {Day(first)}") : string.Empty)
        + (cell.ValidTo is { } last ? Of($", {Day(last)} saakka", $", till {Day(last)}", $", until {Day(last)}") : string.Empty);

    private string Side(SectorId sector, RoleId role) => role.Value == RuleParty.AnyCode
        ? Of("Kuka tahansa", "Vem som helst", "Anybody")
        : $"{catalogue.Sectors[sector].In(language)}, {catalogue.Roles[role].Labels.In(language)}";

    private string Purpose(PurposeId? purpose) => purpose is { } named
        ? catalogue.Purposes[named].In(language)
        : Of("Ilman käyttötarkoitusta (asiakkaan oma näkymä tai tieto, joka ei koske ketään)", "Utan ändamål (klientens egen vy eller uppgifter som inte gäller någon)", "Without a purpose (the client's own view, or data about nobody)");

    private static string Code(SectorId sector, RoleId role) => role.Value == RuleParty.AnyCode ? RuleParty.AnyCode : $"{sector}/{role}";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Word<T>(T word)
        where T : struct, Enum =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString());

    private string Of(string fi, string sv, string en) => language switch { "fi" => fi, "sv" => sv, _ => en };
}
