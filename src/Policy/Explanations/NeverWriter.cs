// Writes the never rules and masks that touch the item asked about.
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Requests;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal sealed class NeverWriter(LegalCatalogue catalogue, NameBook names, string language, StringBuilder text)
{
    /// <summary>The never rule that closes a cell whatever else is there, or null.</summary>
    internal static Prohibition? AlwaysClosing(LegalCatalogue catalogue, CellKey key, LawCell? way) => NeverRules.Touching(catalogue, key, way?.Rule)
        .FirstOrDefault(never => never.Mask.IsEmpty && (way is null || !NeverRules.IsLifted(never, way.Door)) && NeverRules.IsAlways(never, way?.Door, catalogue));

    internal void Write(ExplanationQuestion question, LawCell[] ways)
    {
        var key = new CellKey(
            new LawEnd(question.FromSector, question.FromRole), new LawEnd(question.ToSector, question.ToRole), question.Purpose, question.Direction ?? Direction.Read, question.Item);
        var touching = ways.Length == 0
            ? NeverRules.Touching(catalogue, key, null).ToArray()
            : ways.SelectMany(way => NeverRules.Touching(catalogue, key, way.Rule).Where(never => !NeverRules.IsLifted(never, way.Door))).DistinctBy(static never => never.Id).OrderBy(static never => never.Id.Value, StringComparer.Ordinal).ToArray();
        var always = touching.Where(never => never.Mask.IsEmpty && (ways.Length == 0 ? NeverRules.IsAlways(never, null, catalogue) : ways.All(way => NeverRules.IsAlways(never, way.Door, catalogue)))).ToArray();
        Write(ExplanationTexts.AlsoNever, always);
        Write(ways.Length == 0 ? ExplanationTexts.NeversWithoutRule : ExplanationTexts.Nevers, touching.Except(always));
    }

    private void Write(LocalisedText heading, IEnumerable<Prohibition> nevers)
    {
        var begun = false;
        foreach (var never in nevers)
        {
            if (!begun)
            {
                text.Append('\n').Append(heading.In(language)).Append(":\n");
                begun = true;
            }

            Write(never);
        }
    }

    private void Write(Prohibition never)
    {
        var word = never.Mask.IsEmpty ? ExplanationTexts.Never : ExplanationTexts.Masked;
        text.Append("  - ").Append(word.In(language)).Append(": ").Append(never.Id).Append(' ').Append(never.Title.In(language)).Append(When(never)).Append('\n');
        foreach (var basis in never.LegalBasis)
        {
            text.Append("      ").Append(Say.Capital(names.Statute(basis.Statute, language))).Append(' ').Append(basis.Section).Append(": ").Append(basis.Paraphrase.In(language)).Append('\n');
        }

        if (never.Strength == "policy")
        {
            text.Append("      ").Append(ExplanationTexts.Policy.In(language)).Append('\n');
        }
    }

    /// <summary>When it applies, where it does not always.</summary>
    private string When(Prohibition never)
    {
        var cases = new List<string>();
        if (!never.When.IsEmpty)
        {
            cases.Add(Say.Of("kun ", "när ", "when ").In(language) + Say.Or(never.When.Select(fact => ExplanationTexts.Fact(fact).In(language)), language));
        }

        if (!never.Channels.IsEmpty)
        {
            cases.Add(Say.Of("kun kanava on ", "när kanalen är ", "when the channel is ").In(language) + Say.Or(never.Channels.Select(channel => EvidenceWords.Channel(channel).In(language)), language));
        }

        if (!never.DocumentLabels.IsEmpty)
        {
            cases.Add(Say.Of("kun asiakirjassa on merkintä ", "när handlingen har märkningen ", "when the document is labelled ").In(language) + Say.Or(never.DocumentLabels, language));
        }

        if (!never.ToActors.IsEmpty)
        {
            cases.Add(Say.Of("kun vastaanottaja toimii verkoston tai lautakunnan puolesta: ", "när mottagaren handlar för ett nätverk eller en nämnd: ", "when the recipient acts for a network or board: ").In(language) + string.Join(", ", never.ToActors));
        }

        if (!never.Unless.IsEmpty)
        {
            cases.Add(Say.Of("ellei: ", "om inte: ", "unless: ").In(language) + Say.Or(never.Unless.Select(condition => names.Condition(condition, language)), language));
        }

        return cases.Count == 0 ? "." : $" ({string.Join("; ", cases)}).";
    }
}
