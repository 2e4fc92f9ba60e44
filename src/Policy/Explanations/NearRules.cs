// Where no rule carries an item: what comes nearest, and in what it differs.
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal sealed class NearRules(LegalCatalogue catalogue, NameBook names, string language, StringBuilder text)
{
    private const int MostOfAKind = 4;

    internal void Write(ExplanationQuestion question)
    {
        var (from, to) = (new LawEnd(question.FromSector, question.FromRole), new LawEnd(question.ToSector, question.ToRole));
        var cells = LawCell.Of(catalogue).Where(static cell => !cell.Key.From.IsAnybody && !cell.Key.To.IsAnybody).ToArray();
        var lines = new List<string>();
        Add(Say.Of("muuten sama, mutta toisella tavalla", "annars lika, men på annat sätt", "the same, but in another way"),
            cells.Where(cell => Item(cell) && cell.Key.From == from && cell.Key.To == to && cell.Key.Purpose == question.Purpose), cell => NameBook.Direction(cell.Key.Direction, language));
        Add(Say.Of("sama tieto toiseen tarkoitukseen", "samma uppgift för ett annat ändamål", "the same data for another purpose"),
            cells.Where(cell => Item(cell) && cell.Key.From == from && cell.Key.To == to && cell.Key.Purpose != question.Purpose), cell => names.Purpose(cell.Key.Purpose, language));
        Add(Say.Of("sama tieto toiseen suuntaan", "samma uppgift åt andra hållet", "the same data the other way round"),
            cells.Where(cell => Item(cell) && cell.Key.From == to && cell.Key.To == from), cell => names.Purpose(cell.Key.Purpose, language));
        Add(Say.Of("sama tieto toiselta luovuttajalta", "samma uppgift från en annan utlämnare", "the same data from another giver"),
            cells.Where(cell => Item(cell) && cell.Key.From != from && cell.Key.To == to && cell.Key.Purpose == question.Purpose), cell => names.Role(cell.Key.From.Role, language));
        Add(Say.Of("sama tieto toiselle vastaanottajalle", "samma uppgift till en annan mottagare", "the same data to another receiver"),
            cells.Where(cell => Item(cell) && cell.Key.From == from && cell.Key.To != to && cell.Key.Purpose == question.Purpose), cell => names.Role(cell.Key.To.Role, language));
        Add(Say.Of("muut tiedot samojen osapuolten välillä samaan tarkoitukseen", "andra uppgifter mellan samma parter för samma ändamål", "other data between the same parties for the same purpose"),
            cells.Where(cell => !Item(cell) && cell.Key.From == from && cell.Key.To == to && cell.Key.Purpose == question.Purpose), cell => names.Item(cell.Key.Item, language));
        if (lines.Count > 0)
        {
            text.Append('\n').Append(LimitTexts.Nearest.In(language)).Append(":\n");
            lines.ForEach(line => text.Append("  - ").Append(line).Append('\n'));
        }

        bool Item(LawCell cell) => cell.Key.Item == question.Item;

        void Add(LocalisedText what, IEnumerable<LawCell> near, Func<LawCell, string> difference) => lines.AddRange(near
            .GroupBy(static cell => cell.Rule.Id)
            .Take(MostOfAKind)
            .Select(group => $"{names.Rule(group.Key, language)}: {what.In(language)}: {string.Join(", ", group.Select(difference).Distinct())}"));
    }
}
