// Words for a consent or release permission that a rule asks for; a permission is never called a consent.
using System.Text.RegularExpressions;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal static partial class ConsentWords
{
    /// <summary>What the head of the answer says is needed: "the client's written consent".</summary>
    internal static LocalisedText Needed(ConsentRequirement consent, LegalCatalogue catalogue)
    {
        var form = catalogue.ConsentForms[consent.Form];
        return (consent.Objectable, IsPermission(form, catalogue)) switch
        {
            (true, _) => Say.Of("ei tarvitse pyytää; riittää, ettei asiakas ole kieltänyt", "behöver inte begäras; det räcker att klienten inte har förbjudit", "need not be asked; it is enough that the client has not forbidden"),
            (_, true) when consent.Itemised => Say.Of("tarvitaan yksilöitynä", "behövs, specificerat", "needed, itemised"),
            (_, true) => Say.Of("tarvitaan", "behövs", "needed"),
            _ when IsGdpr(form) => Say.Of("tietosuoja-asetuksen mukainen suostumus", "samtycke enligt dataskyddsförordningen", "consent under the GDPR"),
            _ when form.Written && (form.Itemised || consent.Itemised) => Say.Of("asiakkaan yksilöity kirjallinen suostumus", "klientens specificerade skriftliga samtycke", "the client's itemised written consent"),
            _ when form.Written => Say.Of("asiakkaan kirjallinen suostumus", "klientens skriftliga samtycke", "the client's written consent"),
            _ => Say.Of("asiakkaan suostumus", "klientens samtycke", "the client's consent"),
        };
    }

    /// <summary>What it must say, its form, and what does not replace it.</summary>
    internal static IEnumerable<LocalisedText> Demands(ConsentRequirement consent, LegalCatalogue catalogue)
    {
        var form = catalogue.ConsentForms[consent.Form];
        if (consent.Objectable)
        {
            return [Say.Of("Lupaa ei tarvitse pyytää; riittää, ettei asiakas ole kieltänyt.", "Tillstånd behöver inte begäras; det räcker att klienten inte har förbjudit.", "It need not be asked; it is enough that the client has not forbidden.")];
        }

        return IsPermission(form, catalogue) ? OfPermission(consent, form) : OfConsent(consent, form);
    }

    /// <summary>The places of the form's statutes on which the release itself rests; of a form of one statute all, as short text.</summary>
    internal static string Statutes(ConsentForm form, IEnumerable<LegalBasis> basis)
    {
        var statutes = form.Statute.Split("; ");
        var named = basis.SelectMany(static one => Section().Matches(one.Section).Select(section => $"{one.Statute} {section.Value}")).ToHashSet(StringComparer.Ordinal);
        return statutes.Length == 1 ? form.Statute : string.Join("; ", statutes.Select(static one => one.Split(' ', 2))
            .Select(one => (Number: one[0], Sections: string.Join(", ", one[1].Split(", ").Where(section => named.Contains($"{one[0]} {section}")))))
            .Where(static one => one.Sections.Length > 0).Select(static one => $"{one.Number} {one.Sections}"));
    }

    /// <summary>Who gives it for a minor.</summary>
    internal static LocalisedText Minor(ConsentRequirement consent, string context, LegalCatalogue catalogue)
    {
        var policy = catalogue.MinorsPolicies[context];
        var by = policy.Assessor ?? catalogue.MinorsPolicies.GetValueOrDefault(policy.CapacityContext)?.Assessor ?? Say.Of("ammattihenkilön", "en yrkesperson", "a professional");
        var what = IsPermission(catalogue.ConsentForms[consent.Form], catalogue) ? Say.Of("luovutusluvan", "tillståndet", "permission") : Say.Of("suostumuksen", "samtycket", "consent");
        return policy.Decider switch
        {
            MinorsDecider.Minor => Say.Of($"alaikäinen antaa {what.Fi} itse", $"den minderåriga ger själv {what.Sv}", $"the minor gives the {what.En} in person"),
            MinorsDecider.MinorIfCapableElseGuardian => Say.Of(
                $"alaikäinen antaa {what.Fi} itse, jos hän ikänsä ja kehitystasonsa perusteella kykenee päättämään asiasta ({by.Fi} kirjaama arvio); muuten sen antaa huoltaja",
                $"den minderåriga ger själv {what.Sv}, om hen med hänsyn till ålder och utveckling kan besluta i saken (enligt bedömning som antecknats av {by.Sv}); annars ger vårdnadshavaren det",
                $"the minor gives the {what.En} where able to decide by age and development (as recorded by {by.En}); otherwise the guardian gives it"),
            MinorsDecider.MinorAndGuardianUnlessMature => Say.Of(
                $"alaikäinen ja huoltaja antavat {what.Fi} yhdessä; riittävän kehittynyt alaikäinen yksin ({by.Fi} kirjaama arvio)",
                $"den minderåriga och vårdnadshavaren ger {what.Sv} tillsammans; en tillräckligt mogen minderårig ensam (enligt bedömning som antecknats av {by.Sv})",
                $"the minor and the guardian give the {what.En} together; a sufficiently mature minor alone (as recorded by {by.En})"),
            MinorsDecider.MinorOrGuardian => Say.Of($"{what.Fi} voi antaa alaikäinen tai huoltaja", $"den minderåriga eller vårdnadshavaren kan ge {what.Sv}", $"the minor or the guardian may give the {what.En}"),
            _ => Say.Of($"{what.Fi} antaa huoltaja", $"vårdnadshavaren ger {what.Sv}", $"the guardian gives the {what.En}"),
        };
    }

    internal static bool IsPermission(ConsentForm form, LegalCatalogue catalogue) => catalogue.ConsentForms.Values.Any(other => other.Narrows == form.Id);

    private static bool IsGdpr(ConsentForm form) => form.Statute.StartsWith("2016/679 ", StringComparison.Ordinal);

    private static IEnumerable<LocalisedText> OfPermission(ConsentRequirement consent, ConsentForm form)
    {
        if (form.Itemised || consent.Itemised)
        {
            yield return Say.Of("Luovutusluvassa on yksilöitävä tiedot, vastaanottaja ja käyttötarkoitus.", "I tillståndet ska uppgifterna, mottagaren och ändamålet specificeras.", "It must name the data, the receiver and the purpose.");
        }

        yield return Say.Of("Suostumus ei korvaa sitä.", "Ett samtycke ersätter det inte.", "A consent does not replace it.");
        yield return Say.Of(
            "Sen voi peruuttaa milloin tahansa. Peruutus koskee vain tulevia luovutuksia.", "Det kan återkallas när som helst. Återkallandet gäller bara kommande utlämnanden.", "It may be withdrawn at any time; from then on nothing more is given.");
    }

    private static IEnumerable<LocalisedText> OfConsent(ConsentRequirement consent, ConsentForm form)
    {
        if (form.Itemised || consent.Itemised)
        {
            yield return Say.Of("Suostumuksessa on yksilöitävä tiedot, vastaanottaja ja käyttötarkoitus.", "I samtycket ska uppgifterna, mottagaren och ändamålet specificeras.", "It must name the data, the receiver and the purpose.");
        }

        yield return form.Written
            ? Say.Of("Se annetaan kirjallisesti.", "Det ges skriftligen.", "It is given in writing.")
            : Say.Of("Sen muoto on vapaa, mutta se on voitava osoittaa.", "Formen är fri, men det ska kunna påvisas.", "Its form is free, but it must be possible to show it.");
        yield return IsGdpr(form)
            ? Say.Of("Suostumus salassapidosta poikkeamiseen tai luovutuslupa ei korvaa sitä.", "Ett samtycke till avvikelse från sekretessen eller ett tillstånd till utlämnande ersätter det inte.", "A consent lifting secrecy or a release permission does not replace it.")
            : Say.Of("Tietosuoja-asetuksen mukainen suostumus tai luovutuslupa ei korvaa sitä.", "Ett samtycke enligt dataskyddsförordningen eller ett tillstånd till utlämnande ersätter det inte.", "A GDPR consent or a release permission does not replace it.");
        if (IsGdpr(form))
        {
            yield return Say.Of("Terveyttä koskeviin tietoihin sen on oltava nimenomainen.", "För uppgifter om hälsa ska det vara uttryckligt.", "For data on health it must be explicit.");
        }

        yield return Say.Of(
            "Suostumuksen voi peruuttaa milloin tahansa. Peruutus koskee vain tulevia luovutuksia.", "Samtycket kan återkallas när som helst. Återkallandet gäller bara kommande utlämnanden.", "It may be withdrawn at any time; from then on nothing more is given.");
    }

    [GeneratedRegex(@"\d+(?: [a-z])? §")]
    private static partial Regex Section();
}
