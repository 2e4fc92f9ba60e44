// What is wrong with a OneRoster package, and where.
namespace Sisote.Adapters.School;

/// <summary>One fault of a OneRoster CSV package; it never holds a value.</summary>
/// <param name="Package">The package.</param>
/// <param name="File">The file, <c>users.csv</c>.</param>
/// <param name="Row">The row, the header is 1; 0 = the whole file.</param>
/// <param name="Field">The column; empty = the whole row.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
public sealed record RosterFault(string Package, string File, int Row, string Field, string Message)
{
    /// <summary><c>package/file row 3 field: message</c>.</summary>
    public override string ToString() => $"{Package}/{File}{(Row > 0 ? $" row {Row}" : string.Empty)}{(Field.Length > 0 ? $" {Field}" : string.Empty)}: {Message}";
}
