// Tells a change of who may give what to whom in a sentence.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Ids;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Comparing;

/// <summary>Sentences about one rule. Widening is said for what opens; where a need is replaced, both halves are said.</summary>
internal sealed class FlowTale(ChangeList found, DisclosureRule? old, DisclosureRule? @new, RuleId id)
{
    private readonly NameBook names = found.Names;

    internal void Opened(CellGroup group) => Add(ChangeEffect.Widens, group, language =>
    {
        var gives = Say.Of(
            $"{Senders(group, "fi")} saa nyt antaa myös nämä tiedot: {names.Items(group.Items, "fi")} (vastaanottaja: {Recipients(group, "fi")}; {Rest(group, @new!, "fi")}).",
            $"{Senders(group, "sv")} får nu också lämna dessa uppgifter till {Recipients(group, "sv")}: {names.Items(group.Items, "sv")} ({Rest(group, @new!, "sv")}).",
            $"{Senders(group, "en")} may now also give {Recipients(group, "en")} {names.Items(group.Items, "en")} ({Rest(group, @new!, "en")}).").In(language);
        return $"{gives} {NeedWords.Needs(group.Doors, names, language)}";
    });

    internal void Closed(CellGroup group) => Add(ChangeEffect.Narrows, group, language => Say.Of(
        $"{Senders(group, "fi")} ei saa enää antaa näitä tietoja: {names.Items(group.Items, "fi")} (vastaanottaja: {Recipients(group, "fi")}; {Rest(group, old!, "fi")}).",
        $"{Senders(group, "sv")} får inte längre lämna dessa uppgifter till {Recipients(group, "sv")}: {names.Items(group.Items, "sv")} ({Rest(group, old!, "sv")}).",
        $"{Senders(group, "en")} may no longer give {Recipients(group, "en")} {names.Items(group.Items, "en")} ({Rest(group, old!, "en")}).").In(language));

    internal void Turned(CellGroup group, ImmutableArray<Door> was, ImmutableArray<Door> now, bool whole)
    {
        if (was is [var one] && now is [var other])
        {
            Turned(group, one, other, whole);
            return;
        }

        foreach (var door in now.Where(door => !was.Any(before => before.OpensWhenever(door))))
        {
            Add(ChangeEffect.Widens, group, language => Under(group, whole, language)
                + Say.Of("tiedot saa nyt antaa myös näin.", "uppgifterna får nu lämnas också så här.", "the data may now also be given like this.").In(language)
                + " " + NeedWords.Needs([door], names, language));
        }

        foreach (var door in was.Where(door => !now.Any(after => after.OpensWhenever(door))))
        {
            Add(ChangeEffect.Narrows, group, language => Under(group, whole, language)
                + Say.Of("tietoja ei saa enää antaa näin.", "uppgifterna får inte längre lämnas så här.", "the data may no longer be given like this.").In(language)
                + " " + NeedWords.Needs([door], names, language) + Left(door, now, language));
        }
    }

    /// <summary>What is still open to who had the door that closed, if more is met.</summary>
    private string Left(Door closed, ImmutableArray<Door> now, string language) => now.Where(door => closed.OpensWhenever(door)).ToImmutableArray() is { IsEmpty: false } stricter
        ? " " + Say.Of("Vaativammin tiedot saa antaa edelleen.", "På strängare villkor får uppgifterna fortfarande lämnas.", "They may still be given where more is met.").In(language) + " " + NeedWords.Needs(stricter, names, language)
        : string.Empty;

    private void Turned(CellGroup group, Door was, Door now, bool whole)
    {
        foreach (var condition in was.Conditions.Except(now.Conditions))
        {
            Gone(group, whole, language => names.Condition(condition, language));
        }

        foreach (var condition in now.Conditions.Except(was.Conditions))
        {
            Come(group, whole, language => names.Condition(condition, language));
        }

        foreach (var form in was.Consents.Concat(now.Consents).Select(static consent => consent.Form).Distinct().OrderBy(static form => form.Value, StringComparer.Ordinal))
        {
            Turned(group, whole, was.Consents.Where(consent => consent.Form == form).ToArray(), now.Consents.Where(consent => consent.Form == form).ToArray());
        }
    }

    private void Turned(CellGroup group, bool whole, ConsentRequirement[] was, ConsentRequirement[] now)
    {
        if (now.Length == 0)
        {
            Gone(group, whole, language => NeedWords.Consent(was[0], names, language));
        }
        else if (was.Length == 0)
        {
            Come(group, whole, language => NeedWords.Consent(now[0], names, language));
        }
        else if (!was.ToHashSet().SetEquals(now))
        {
            Add(ConsentEffect(was[0], now[0]), group, language => Under(group, whole, language) + Say.Of(
                $"suostumusta koskeva vaatimus on nyt tämä: {NeedWords.Consent(now[0], names, "fi")}. Ennen: {NeedWords.Consent(was[0], names, "fi")}.",
                $"kravet på samtycke är nu detta: {NeedWords.Consent(now[0], names, "sv")}. Tidigare: {NeedWords.Consent(was[0], names, "sv")}.",
                $"the consent asked for is now this: {NeedWords.Consent(now[0], names, "en")}. Before: {NeedWords.Consent(was[0], names, "en")}.").In(language));
        }
    }

    /// <summary>Opt-out instead of consent, or a consent that need not name the items, opens; a change of who decides for a minor may open.</summary>
    private static ChangeEffect ConsentEffect(ConsentRequirement was, ConsentRequirement now) =>
        (now.Objectable && !was.Objectable) || (was.Itemised && !now.Itemised) ? ChangeEffect.Widens
        : was.MinorsContext != now.MinorsContext ? ChangeEffect.MayWiden
        : ChangeEffect.Narrows;

    private void Gone(CellGroup group, bool whole, Func<string, string> need) => Add(ChangeEffect.Widens, group, language => Under(group, whole, language) + Say.Of(
        $"enää ei vaadita tätä: {need("fi")}.", $"detta krävs inte längre: {need("sv")}.", $"this is no longer needed: {need("en")}.").In(language));

    private void Come(CellGroup group, bool whole, Func<string, string> need) => Add(ChangeEffect.Narrows, group, language => Under(group, whole, language) + Say.Of(
        $"nyt vaaditaan myös tämä: {need("fi")}.", $"nu krävs också detta: {need("sv")}.", $"this is now also needed: {need("en")}.").In(language));

    private void Add(ChangeEffect effect, CellGroup group, Func<string, string> sentence) => found.Add(
        new CatalogueChange(effect, new ChangeSubject("rule", id.Value), Say.InEach(sentence))
        {
            From = string.Join(", ", group.From),
            To = string.Join(", ", group.To),
            Purpose = group.Purpose?.Value,
            Items = string.Join(", ", group.Items),
        });

    private string Under(CellGroup group, bool whole, string language)
    {
        var rule = names.Rule(id, language);
        return whole
            ? Say.Of($"Sääntö {rule}: ", $"Regel {rule}: ", $"Rule {rule}: ").In(language)
            : Say.Of(
                $"Sääntö {rule}, luovuttaja {Senders(group, "fi", lowered: true)}, vastaanottaja {Recipients(group, "fi")}, tiedot {names.Items(group.Items, "fi")}: ",
                $"Regel {rule}, utlämnare {Senders(group, "sv", lowered: true)}, mottagare {Recipients(group, "sv")}, uppgifter {names.Items(group.Items, "sv")}: ",
                $"Rule {rule}, from {Senders(group, "en", lowered: true)} to {Recipients(group, "en")}, {names.Items(group.Items, "en")}: ").In(language);
    }

    private string Senders(CellGroup group, string language, bool lowered = false)
    {
        var senders = Say.Or(group.From.Select(end => names.Somebody(end.Role, language)), language);
        return lowered ? senders : Say.Capital(senders);
    }

    private string Recipients(CellGroup group, string language) => Say.Or(group.To.Select(end => names.Somebody(end.Role, language)), language);

    /// <summary>Purpose, way, rule and statute.</summary>
    private string Rest(CellGroup group, DisclosureRule rule, string language) => Say.Of(
        $"tarkoitus: {names.Purpose(group.Purpose, "fi")}; {NameBook.Direction(group.Direction, "fi")}; sääntö {rule.Id}; peruste: {Statutes(group, rule, "fi")}",
        $"ändamål: {names.Purpose(group.Purpose, "sv")}; {NameBook.Direction(group.Direction, "sv")}; regel {rule.Id}; grund: {Statutes(group, rule, "sv")}",
        $"purpose: {names.Purpose(group.Purpose, "en")}; {NameBook.Direction(group.Direction, "en")}; rule {rule.Id}; under {Statutes(group, rule, "en")}").In(language);

    private static string Statutes(CellGroup group, DisclosureRule rule, string language) =>
        string.Join("; ", rule.LegalBasis.Where(basis => group.From.Any(from => group.To.Any(to => basis.Concerns(from.Sector, to.Sector)))).Select(basis => Citation.Joined(basis.Statute, Citation.Of(basis.Section, language), language)));
}
