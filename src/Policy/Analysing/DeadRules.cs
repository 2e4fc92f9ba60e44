// Rules that can never permit anything: contradictory, out of time, switched off.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Analysing;

internal static class DeadRules
{
    internal static void Find(FindingList found)
    {
        foreach (var rule in LawCell.Ordered(found.Catalogue))
        {
            if (!rule.Enabled)
            {
                found.Rule(FindingSeverity.Note, "switched-off", rule.Id, "enabled", language => Say.Of(
                    $"Sääntö {found.Names.Rule(rule.Id, "fi")} ei ole käytössä eikä asennus voi ottaa sitä käyttöön.",
                    $"Regel {found.Names.Rule(rule.Id, "sv")} är inte i bruk, och en installation kan inte ta den i bruk.",
                    $"Rule {found.Names.Rule(rule.Id, "en")} is switched off, and no deployment can switch it on.").In(language));
                continue;
            }

            Time(found, rule);
            Conditions(found, rule);
        }
    }

    private static void Time(FindingList found, DisclosureRule rule)
    {
        var spans = Spans(rule);
        if (spans.Count == 0)
        {
            found.Rule(FindingSeverity.Error, "never-in-force", rule.Id, "basis", language => Say.Of(
                $"Sääntö {rule.Id} ei ole koskaan voimassa: sen oma voimassaolo ja säädösten voimassaolo eivät osu yhteen.",
                $"Regel {rule.Id} är aldrig i kraft: dess egen giltighet och författningarnas giltighet sammanfaller inte.",
                $"Rule {rule.Id} is never in force: its own dates and those of its statutes never meet.").In(language));
        }
        else if (spans[^1].To < found.Day)
        {
            found.Rule(FindingSeverity.Warning, "time-over", rule.Id, rule.ValidTo < found.Day ? "validTo" : "basis", language => Say.Of(
                $"Säännön {rule.Id} voimassaolo päättyi {Say.Day(spans[^1].To, "fi")}.",
                $"Regel {rule.Id} upphörde att gälla {Say.Day(spans[^1].To, "sv")}.",
                $"Rule {rule.Id} ceased to be in force on {Say.Day(spans[^1].To, "en")}.").In(language));
        }

        for (var next = 1; next < spans.Count; next++)
        {
            var (gapFrom, gapTo) = (spans[next - 1].To.AddDays(1), spans[next].From.AddDays(-1));
            found.Rule(FindingSeverity.Warning, "statute-gap", rule.Id, "basis", language => Say.Of(
                $"Säännöllä {rule.Id} ei ole voimassa olevaa säädöstä {Say.Period(gapFrom, gapTo, "fi")}.",
                $"Regel {rule.Id} saknar gällande författning {Say.Period(gapFrom, gapTo, "sv")}.",
                $"Rule {rule.Id} has no statute in force {Say.Period(gapFrom, gapTo, "en")}.").In(language));
        }
    }

    /// <summary>When the rule is in force: its own dates cut with those of its statutes, in order, joined where they touch.</summary>
    private static List<(DateOnly From, DateOnly To)> Spans(DisclosureRule rule)
    {
        var (first, last) = (rule.ValidFrom ?? DateOnly.MinValue, rule.ValidTo ?? DateOnly.MaxValue);
        var spans = new List<(DateOnly From, DateOnly To)>();
        var cut = rule.LegalBasis
            .Select(basis => (From: Later(basis.ValidFrom ?? first, first), To: Earlier(basis.ValidTo ?? last, last)))
            .Where(static span => span.From <= span.To)
            .OrderBy(static span => span.From);
        foreach (var span in cut)
        {
            if (spans.Count > 0 && (spans[^1].To == DateOnly.MaxValue || span.From <= spans[^1].To.AddDays(1)))
            {
                spans[^1] = (spans[^1].From, Later(spans[^1].To, span.To));
            }
            else
            {
                spans.Add(span);
            }
        }

        return spans;
    }

    private static void Conditions(FindingList found, DisclosureRule rule)
    {
        var contradictions = new Contradictions(found.Catalogue, found.Names);
        var dead = rule.Pairs.Select(pair => (Pair: pair, Why: contradictions.Find(rule, pair))).Where(static pair => pair.Why is not null).ToArray();
        if (dead.Length == rule.Pairs.Length)
        {
            found.Rule(FindingSeverity.Error, "dead-rule", rule.Id, "conditions", language =>
                Say.Of($"Sääntö {rule.Id} ei voi koskaan sallia mitään: ", $"Regel {rule.Id} kan aldrig tillåta något: ", $"Rule {rule.Id} can never permit anything: ").In(language) + dead[0].Why!(language) + ".");
            return;
        }

        foreach (var (pair, why) in dead.DistinctBy(static pair => pair.Why!("en")))
        {
            found.Pair(FindingSeverity.Error, "dead-pair", rule, pair, language =>
                Say.Of($"Säännön {rule.Id} tämä osa ei voi koskaan sallia mitään: ", $"Den här delen av regel {rule.Id} kan aldrig tillåta något: ", $"This part of rule {rule.Id} can never permit anything: ").In(language) + why!(language) + ".");
        }
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
