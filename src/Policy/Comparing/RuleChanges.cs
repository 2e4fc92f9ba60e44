// What changes in a rule besides who may give what: time, duty, safeguards, statutes, words.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Comparing;

/// <summary>Compares what a rule says of itself.</summary>
internal static class RuleChanges
{
    private const string Kind = "rule";

    internal static void Find(ChangeList found)
    {
        foreach (var @new in LawCell.Ordered(found.New).Where(rule => found.Old.Rules.ContainsKey(rule.Id)))
        {
            var old = found.Old.Rules[@new.Id];
            if (!old.Enabled && !@new.Enabled)
            {
                Dormant(found, old, @new);
            }

            Time(found, old, @new);
            Duty(found, old, @new);
            Statutes(found, Kind, @new.Id, old.LegalBasis, @new.LegalBasis);
            Words(found, old, @new);
        }

        Comings(found);
    }

    /// <summary>A rule that is out of use comes or goes without a flow; that too is said.</summary>
    private static void Comings(ChangeList found)
    {
        foreach (var added in LawCell.Ordered(found.New).Where(rule => !rule.Enabled && !found.Old.Rules.ContainsKey(rule.Id)))
        {
            found.Add(ChangeEffect.Words, Kind, added.Id, language => Say.Of("Uusi sääntö, ei käytössä: ", "Ny regel, inte i bruk: ", "New rule, not in use: ").In(language) + found.Names.Rule(added.Id, language) + ".");
        }

        foreach (var gone in LawCell.Ordered(found.Old).Where(rule => !rule.Enabled && !found.New.Rules.ContainsKey(rule.Id)))
        {
            found.Add(ChangeEffect.Words, Kind, gone.Id, language => Say.Of("Poistettu sääntö, joka ei ollut käytössä: ", "Borttagen regel som inte var i bruk: ", "Rule taken out that was not in use: ").In(language) + found.Names.Rule(gone.Id, language) + ".");
        }
    }

    private static void Dormant(ChangeList found, DisclosureRule old, DisclosureRule @new)
    {
        var (was, now) = (LawCell.Of(old).Select(static cell => (cell.Key, cell.Door)).ToHashSet(), LawCell.Of(@new).Select(static cell => (cell.Key, cell.Door)).ToHashSet());
        if (!was.SetEquals(now))
        {
            found.Add(ChangeEffect.Words, Kind, @new.Id, language => Say.Of(
                $"Sääntö {found.Names.Rule(@new.Id, "fi")} on muuttunut, mutta se ei ole käytössä.",
                $"Regel {found.Names.Rule(@new.Id, "sv")} har ändrats men är inte i bruk.",
                $"Rule {found.Names.Rule(@new.Id, "en")} changed, but it is not in use.").In(language));
        }
    }

    private static void Time(ChangeList found, DisclosureRule old, DisclosureRule @new)
    {
        if ((old.ValidFrom, old.ValidTo) != (@new.ValidFrom, @new.ValidTo))
        {
            var earlier = (@new.ValidFrom ?? DateOnly.MinValue) < (old.ValidFrom ?? DateOnly.MinValue);
            var later = (@new.ValidTo ?? DateOnly.MaxValue) > (old.ValidTo ?? DateOnly.MaxValue);
            found.Add(earlier || later ? ChangeEffect.Widens : ChangeEffect.Narrows, Kind, @new.Id, language => Say.Of(
                $"Sääntö {found.Names.Rule(@new.Id, "fi")} on voimassa {Say.Period(@new.ValidFrom, @new.ValidTo, "fi")} (ennen {Say.Period(old.ValidFrom, old.ValidTo, "fi")}).",
                $"Regel {found.Names.Rule(@new.Id, "sv")} gäller {Say.Period(@new.ValidFrom, @new.ValidTo, "sv")} (tidigare {Say.Period(old.ValidFrom, old.ValidTo, "sv")}).",
                $"Rule {found.Names.Rule(@new.Id, "en")} is in force {Say.Period(@new.ValidFrom, @new.ValidTo, "en")} (before: {Say.Period(old.ValidFrom, old.ValidTo, "en")}).").In(language));
        }
    }

    private static void Duty(ChangeList found, DisclosureRule old, DisclosureRule @new)
    {
        var (was, now) = (Duties(old), Duties(@new));
        if (was.Any(group => now.Contains(group.Key) && !group.ToHashSet().SetEquals(now[group.Key])))
        {
            found.Add(ChangeEffect.Words, Kind, @new.Id, language => Say.Of(
                $"Sääntö {found.Names.Rule(@new.Id, "fi")}: se, kenen on annettava tiedot, kuka vain saa antaa ne ja kenellä on oikeus saada ne, on muuttunut.",
                $"Regel {found.Names.Rule(@new.Id, "sv")}: vem som ska och vem som bara får lämna uppgifterna och vem som har rätt att få dem har ändrats.",
                $"Rule {found.Names.Rule(@new.Id, "en")}: who must and who merely may give the data, and who has a right to get them, has changed.").In(language));
        }

        if (old.StatutoryNotification != @new.StatutoryNotification)
        {
            found.Add(@new.StatutoryNotification ? ChangeEffect.Widens : ChangeEffect.Narrows, Kind, @new.Id, language => (@new.StatutoryNotification
                ? Say.Of("on nyt lakisääteinen ilmoitus, jota mikään kielto ei estä", "är nu ett lagstadgat meddelande som inget förbud hindrar", "is now a statutory notification, which no prohibition stops")
                : Say.Of("ei ole enää lakisääteinen ilmoitus, joten kiellot koskevat sitä", "är inte längre ett lagstadgat meddelande, så förbuden gäller", "is no longer a statutory notification, so prohibitions apply")).In(language)
                is var turn ? $"{Say.Of("Sääntö", "Regel", "Rule").In(language)} {found.Names.Rule(@new.Id, language)} {turn}." : string.Empty);
        }

        Obligations(found, Kind, @new.Id, old.Obligations, @new.Obligations);
    }

    private static ILookup<CellKey, RuleEffect> Duties(DisclosureRule rule) => LawCell.Of(rule).ToLookup(static cell => cell.Key, static cell => cell.Pair.Effect);

    /// <summary>Duties that follow a release: one that falls away is a safeguard lost.</summary>
    internal static void Obligations(ChangeList found, string kind, object id, IEnumerable<string> was, IEnumerable<string> now)
    {
        foreach (var gone in was.Except(now, StringComparer.Ordinal))
        {
            found.Add(ChangeEffect.MayWiden, kind, id, language =>
                $"{found.Names.Subject(kind, $"{id}", language)}, {Say.Of("velvoite poistuu", "skyldighet slopas", "obligation dropped").In(language)}: {Say.Lowered(found.Names.Obligation(gone, language))}.");
        }

        foreach (var come in now.Except(was, StringComparer.Ordinal))
        {
            found.Add(ChangeEffect.Words, kind, id, language =>
                $"{found.Names.Subject(kind, $"{id}", language)}, {Say.Of("uusi velvoite", "ny skyldighet", "new obligation").In(language)}: {Say.Lowered(found.Names.Obligation(come, language))}.");
        }
    }

    /// <summary>Statutes: which, from when to when (that decides whether a rule is in time), and what they say.</summary>
    internal static void Statutes(ChangeList found, string kind, object id, IReadOnlyList<LegalBasis> was, IReadOnlyList<LegalBasis> now)
    {
        found.Value(ChangeEffect.Words, kind, id, ChangeWords.Basis, Cited(was), Cited(now));
        if (Dated(was) is var before && Dated(now) is var after && before != after)
        {
            found.Value(ChangeEffect.MayWiden, kind, id, Say.Of("oikeusperusteen voimassaolo", "rättsgrundens giltighet", "when the legal basis is in force"), before, after);
        }

        foreach (var basis in now)
        {
            if (was.FirstOrDefault(other => (other.Statute, other.Section) == (basis.Statute, basis.Section)) is { } same)
            {
                found.Text(kind, id, Say.InEach(language => $"{ChangeWords.BasisText.In(language)} {basis.Statute} {basis.Section}"), same.Paraphrase, basis.Paraphrase);
            }
        }
    }

    private static void Words(ChangeList found, DisclosureRule old, DisclosureRule @new)
    {
        found.Text(Kind, @new.Id, ChangeWords.Title, old.Title, @new.Title);
        found.Value(ChangeEffect.Words, Kind, @new.Id, ChangeWords.Confidence, old.Confidence, @new.Confidence);
        found.Value(ChangeEffect.Words, Kind, @new.Id, Say.Of("yksittäisten osapuolten varmuus", "säkerhet för enskilda parter", "confidence for single parties"), Confidences(old), Confidences(@new));
        found.Text(Kind, @new.Id, Say.Of("tapaus, jota se koskee", "fallet som den gäller", "case it is for"), old.Case, @new.Case);
        found.Text(Kind, @new.Id, Say.Of("yksittäisten osapuolten tapaus", "fallet för enskilda parter", "case of single parties"), Cases(old), Cases(@new));
        found.Text(Kind, @new.Id, Say.Of("mistä on huolehdittava", "vad som ska ses till", "what people see to"), old.SeeTo, @new.SeeTo);
        found.Text(Kind, @new.Id, Say.Of("juristin tarkistettava yksittäisistä osapuolista", "att kontrollera av en jurist om enskilda parter", "what a lawyer checks about single parties"), Checks(old), Checks(@new));
        found.Value(ChangeEffect.Words, Kind, @new.Id, Say.Of("kiireellisyys", "prioritet", "priority"), old.Priority, @new.Priority);
        found.Text(Kind, @new.Id, ChangeWords.LawyerCheck, old.LawyerCheck, @new.LawyerCheck);
    }

    private static string Confidences(DisclosureRule rule) => string.Join("; ", rule.Pairs.Where(static pair => pair.Confidence is not null)
        .Select(static pair => $"{pair.From.Sector}-{pair.To.Sector} {string.Join(' ', pair.Items)}: {pair.Confidence}").Distinct());

    private static LocalisedText Checks(DisclosureRule rule) => OfPairs(rule, static pair => pair.LawyerCheck);

    private static LocalisedText Cases(DisclosureRule rule) => OfPairs(rule, static pair => pair.Case);

    private static LocalisedText OfPairs(DisclosureRule rule, Func<RulePair, LocalisedText?> words) =>
        Say.InEach(language => string.Join("; ", rule.Pairs.Select(words).OfType<LocalisedText>().Select(text => text.In(language)).Distinct()));

    private static string Cited(IEnumerable<LegalBasis> basis) => string.Join("; ", basis.Select(static one => $"{one.Statute} {one.Section}{Ends(one)}"));

    /// <summary>The sectors that a statute is about, where it is not about all.</summary>
    private static string Ends(LegalBasis basis) => basis is { FromSectors.IsEmpty: true, ToSectors.IsEmpty: true }
        ? string.Empty
        : $" [{string.Join(' ', basis.FromSectors)} - {string.Join(' ', basis.ToSectors)}]";

    private static string Dated(IEnumerable<LegalBasis> basis) => string.Join("; ", basis
        .Where(static one => one.ValidFrom is not null || one.ValidTo is not null)
        .Select(static one => $"{one.Statute} {one.Section}{Ends(one)} {one.ValidFrom:yyyy-MM-dd}..{one.ValidTo:yyyy-MM-dd}"));
}
