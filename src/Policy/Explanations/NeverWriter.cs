// Writes the never rules and masks that can touch the item between these parties.
using System.Collections.Immutable;
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

    internal void Write(ExplanationQuestion question, ImmutableArray<Way> ways)
    {
        var key = new CellKey(
            new LawEnd(question.FromSector, question.FromRole), new LawEnd(question.ToSector, question.ToRole), question.Purpose, question.Direction ?? Direction.Read, question.Item);
        var cells = ways.SelectMany(static way => way.Cells).ToArray();
        var touching = cells.Length == 0
            ? NeverRules.Touching(catalogue, key, null).ToArray()
            : cells.SelectMany(way => NeverRules.Touching(catalogue, key, way.Rule).Where(never => !NeverRules.IsLifted(never, way.Door) && NeverRules.IsOnChannel(never, way.Door, catalogue))).DistinctBy(static never => never.Id).OrderBy(static never => never.Id.Value, StringComparer.Ordinal).ToArray();
        var always = touching.Where(never => never.Mask.IsEmpty && (cells.Length == 0 ? NeverRules.IsAlways(never, null, catalogue) : cells.All(way => NeverRules.IsAlways(never, way.Door, catalogue)))).ToArray();
        var perhaps = touching.Except(always).Where(never => CanApply(never, key)).ToArray();
        var besides = cells.Length == 0 ? [] : NotReaching(key).ToArray();
        Heading(LimitTexts.AlsoNever, always.Length);
        Array.ForEach(always, never => Write(never, key));
        Heading(cells.Length == 0 ? LimitTexts.NeversWithoutRule : LimitTexts.Nevers, perhaps.Length);
        Array.ForEach(perhaps, never => Write(never, key));
        Heading(LimitTexts.DoesNotApply, besides.Length);
        Array.ForEach(besides, never => WriteBesides(never, key));
    }

    /// <summary>Whether it can apply between these: figures about nobody stand in no labelled document, and not everybody sits on a board.</summary>
    private bool CanApply(Prohibition never, CellKey key) =>
        Includes(never.TellFrom, key.From) && Includes(never.TellTo, key.To)
        && (never.DocumentLabels.IsEmpty || catalogue.Items[key.Item].Sensitivity != "S0");

    /// <summary>Never rules on labelled documents that this giver may hold and that do not reach this receiver: for health and social care data that is said.</summary>
    private IEnumerable<Prohibition> NotReaching(CellKey key) => catalogue.Prohibitions.Values.Where(never =>
        !never.DocumentLabels.IsEmpty && !never.TellFrom.IsEmpty && Includes(never.TellFrom, key.From)
        && (never.Items.IsEmpty || never.Items.Contains(key.Item)) && !never.ExceptItems.Contains(key.Item)
        && !never.ToSectors.IsEmpty && !never.ToSectors.Contains(key.To.Sector) && key.To.Sector != key.From.Sector && key.To.Sector.Value != "client"
        && catalogue.Items[key.Item].Sensitivity is "S3" or "S4");

    private static bool Includes(ImmutableArray<RuleParty> parties, LawEnd end) => parties.IsEmpty || parties.Any(party => party.Sector == end.Sector && party.Roles.Contains(end.Role));

    private void Heading(LocalisedText heading, int entries)
    {
        if (entries > 0)
        {
            text.Append('\n').Append(heading.In(language)).Append(":\n");
        }
    }

    private void Write(Prohibition never, CellKey key)
    {
        if (never.When is [ClientFact.Deceased])
        {
            WriteLeftToPerson(never, key);
            return;
        }

        var word = never.Mask.IsEmpty ? LimitTexts.Stops : LimitTexts.Masks;
        text.Append("  - ").Append(word.In(language)).Append(": ").Append(never.Id).Append(' ').Append(never.Title.In(language)).Append(When(never)).Append('\n');
        WriteBasis(never, key);
        if (never.Strength == "policy")
        {
            text.Append("      ").Append(LimitTexts.Policy.In(language)).Append('\n');
        }
    }

    /// <summary>In one line: when a person decides instead, and on which statutes.</summary>
    private void WriteLeftToPerson(Prohibition never, CellKey key)
    {
        var statutes = About(never, key).Select(basis => Citation.Joined(basis.Statute, Citation.Of(basis.Section, language, amendments: false), language));
        var grounds = new[] { never.Id.Value }.Concat(statutes).Concat(never.Strength == "policy" ? [LimitTexts.OwnRule.In(language)] : []);
        text.Append("  - ").Append(LimitTexts.IfDeceased.In(language)).Append(" (").AppendJoin("; ", grounds).Append(").\n");
    }

    private void WriteBesides(Prohibition never, CellKey key)
    {
        text.Append("  - ").Append(never.Id).Append(' ').Append(never.Title.In(language)).Append(When(never)).Append('\n');
        text.Append("      ").Append(LimitTexts.DoesNotReach.In(language)).Append('\n');
        WriteBasis(never, key);
    }

    /// <summary>The statutes of a never rule that are about these parties.</summary>
    private static IEnumerable<LegalBasis> About(Prohibition never, CellKey key) => never.LegalBasis.Where(basis => basis.Concerns(key.From.Sector, key.To.Sector));

    private void WriteBasis(Prohibition never, CellKey key)
    {
        foreach (var basis in About(never, key))
        {
            text.Append("      ").Append(names.Cited(basis, language)).Append(": ").Append(basis.Paraphrase.In(language)).Append('\n');
        }
    }

    /// <summary>When it applies, where it does not always.</summary>
    private string When(Prohibition never)
    {
        var cases = new List<string>();
        Add(Say.Of("kun", "när", "when"), never.When.Select(fact => LimitTexts.Fact(fact).In(language)));
        Add(Say.Of("kun kanava on", "när kanalen är", "when the channel is"), never.Channels.Select(channel => EvidenceWords.Channel(channel).In(language)));
        Add(Say.Of("kun asiakirjassa on merkintä:", "när handlingen har märkningen:", "when the document is labelled:"), never.DocumentLabels.Select(label => KindWords.Of(label).In(language)));
        Add(Say.Of("kun vastaanottaja toimii verkoston tai lautakunnan puolesta:", "när mottagaren handlar för ett nätverk eller en nämnd:", "when the receiver acts for a network or board:"), never.ToActors.Select(actor => KindWords.Of(actor).In(language)));
        Add(Say.Of("ellei:", "om inte:", "unless:"), never.Unless.Select(condition => names.Condition(condition, language)));
        return cases.Count == 0 ? "." : $" ({string.Join("; ", cases)}).";

        void Add(LocalisedText before, IEnumerable<string> named)
        {
            if (named.ToArray() is { Length: > 0 } all)
            {
                cases.Add($"{before.In(language)} {Say.Or(all, language)}");
            }
        }
    }
}
