// Rules of which another one permits all, and rules that carry the same under different consents.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Ids;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Analysing;

internal static class ShadowedRules
{
    internal static void Find(FindingList found)
    {
        var byKey = LawCell.Of(found.Catalogue).ToLookup(static cell => cell.Key);
        foreach (var rule in LawCell.Ordered(found.Catalogue).Where(static rule => rule.Enabled))
        {
            Shadowed(found, rule, byKey);
        }

        Overlapping(found, byKey);
    }

    private static void Shadowed(FindingList found, DisclosureRule rule, ILookup<CellKey, LawCell> byKey)
    {
        var cells = LawCell.Of(rule).ToArray();
        var shadowed = cells.Select(cell => (Cell: cell, By: Others(found.Catalogue, cell, byKey).FirstOrDefault())).Where(static entry => entry.By is not null).ToArray();
        var whole = shadowed.Length == cells.Length;
        foreach (var group in shadowed.GroupBy(entry => (By: entry.By!.Rule.Id, Pair: whole ? rule.Pairs[0] : entry.Cell.Pair)))
        {
            Explain(found, rule, group.Key.By, group.Key.Pair, whole, [.. group.Select(static entry => entry.Cell.Key.Item).Distinct()]);
        }
    }

    private static void Explain(FindingList found, DisclosureRule rule, RuleId by, RulePair pair, bool whole, DataItemId[] items) => found.Pair(
        FindingSeverity.Warning, whole ? "shadowed-rule" : "shadowed-part", rule, pair, language =>
        {
            var names = found.Names;
            var duties = rule.Obligations.Except(found.Catalogue.Rules[by].Obligations).ToArray();
            var shadow = by == rule.Id
                ? Say.Of($"Säännön {rule.Id} toinen osa sallii aina samat tiedot vähemmillä edellytyksillä", $"En annan del av regel {rule.Id} tillåter alltid samma uppgifter med färre villkor", $"Another part of rule {rule.Id} always permits the same with fewer needs")
                : Say.Of(
                    $"Sääntö {names.Rule(by, "fi")} sallii aina sen, minkä sääntö {rule.Id}, eikä vaadi enempää",
                    $"Regel {names.Rule(by, "sv")} tillåter alltid det som regel {rule.Id} tillåter och kräver inte mer",
                    $"Rule {names.Rule(by, "en")} always permits what rule {rule.Id} permits and asks for no more");
            var told = $"{shadow.In(language)}: {names.Items(items, language)}.";
            return duties.Length == 0 || by == rule.Id ? told : told + " " + Say.Of(
                $"Säännön {rule.Id} omat velvoitteet: {string.Join("; ", duties.Select(duty => Say.Lowered(names.Obligation(duty, "fi"))))}.",
                $"Egna skyldigheter i regel {rule.Id}: {string.Join("; ", duties.Select(duty => Say.Lowered(names.Obligation(duty, "sv"))))}.",
                $"Rule {rule.Id} has obligations of its own: {string.Join("; ", duties.Select(duty => Say.Lowered(names.Obligation(duty, "en"))))}.").In(language);
        });

    private static IEnumerable<LawCell> Others(LegalCatalogue catalogue, LawCell cell, ILookup<CellKey, LawCell> byKey) => byKey[cell.Key].Where(other =>
        (other.Rule.Id != cell.Rule.Id || other.Pair != cell.Pair)
        && other.Door.OpensWhenever(cell.Door)
        && (!cell.Door.OpensWhenever(other.Door) || Before(other, cell))
        && (other.Rule.Id == cell.Rule.Id || !other.Door.Conditions.Any(condition => NamesItsRule(catalogue.Conditions[condition])))
        && Lasts(other, cell.Rule)
        && (other.Rule.StatutoryNotification || !cell.Rule.StatutoryNotification)
        && (other.Pair.Obliges || !cell.Pair.Obliges));

    /// <summary>Of two that open alike, the one that comes later in the catalogue is superfluous; a rule of many items yields to one made for the item.</summary>
    private static bool Before(LawCell other, LawCell cell) => other.Rule.Id == cell.Rule.Id
        ? cell.Rule.Pairs.IndexOf(other.Pair) < cell.Rule.Pairs.IndexOf(cell.Pair)
        : other.Rule.Items.Length != cell.Rule.Items.Length ? other.Rule.Items.Length > cell.Rule.Items.Length : string.CompareOrdinal(other.Rule.Id.Value, cell.Rule.Id.Value) < 0;

    /// <summary>An agreement counts for the rules that it names, so it opens one rule and not the other.</summary>
    private static bool NamesItsRule(Condition condition) => condition.EvaluatedFrom.Any(static source => source is EvidenceSource.InForceAgreement);

    private static bool Lasts(LawCell other, DisclosureRule rule) =>
        (other.Rule.ValidFrom ?? DateOnly.MinValue) <= (rule.ValidFrom ?? DateOnly.MinValue) && (other.Rule.ValidTo ?? DateOnly.MaxValue) >= (rule.ValidTo ?? DateOnly.MaxValue)
        && other.Rule.BasisOf(other.Pair).Any(static basis => basis.ValidFrom is null && basis.ValidTo is null);

    private static void Overlapping(FindingList found, ILookup<CellKey, LawCell> byKey)
    {
        var pairs = byKey
            .SelectMany(static same => same.SelectMany(_ => same, static (one, other) => (One: one, Other: other)))
            .Where(static two => string.CompareOrdinal(two.One.Rule.Id.Value, two.Other.Rule.Id.Value) < 0 && Forms(two.One) != Forms(two.Other))
            .GroupBy(static two => (One: two.One.Rule.Id, Other: two.Other.Rule.Id));
        foreach (var pair in pairs)
        {
            var (one, other) = (pair.First().One, pair.First().Other);
            found.Rule(FindingSeverity.Warning, "different-consents", other.Rule.Id, other.Rule.Consents.IsEmpty ? "conditions" : "consents", language => Say.Of(
                $"Säännöt {one.Rule.Id} ({Consents(found, one, "fi")}) ja {other.Rule.Id} ({Consents(found, other, "fi")}) antavat samalle vastaanottajalle samaan tarkoitukseen samat tiedot eri suostumuksin: {Items("fi")}.",
                $"Reglerna {one.Rule.Id} ({Consents(found, one, "sv")}) och {other.Rule.Id} ({Consents(found, other, "sv")}) ger samma mottagare samma uppgifter för samma ändamål med olika samtycken: {Items("sv")}.",
                $"Rules {one.Rule.Id} ({Consents(found, one, "en")}) and {other.Rule.Id} ({Consents(found, other, "en")}) give the same recipient the same for the same purpose under different consents: {Items("en")}.").In(language));

            string Items(string language) => found.Names.Items(pair.Select(static two => two.One.Key.Item).Distinct(), language);
        }
    }

    private static string Forms(LawCell cell) => string.Join(' ', cell.Rule.Consents.Select(static consent => consent.Form.Value).Order(StringComparer.Ordinal));

    private static string Consents(FindingList found, LawCell cell, string language) => cell.Rule.Consents.IsEmpty
        ? Say.Of("ei suostumusta", "inget samtycke", "no consent").In(language)
        : Say.And(cell.Rule.Consents.Select(consent => found.Names.Form(consent.Form, language)), language);
}
