// The fixed words of an explanation, in the three languages of the product.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Explanations;

internal static class ExplanationTexts
{
    internal static LocalisedText Purpose { get; } = Of("Käyttötarkoitus", "Ändamål", "Purpose");

    internal static LocalisedText NoPurpose { get; } = Of("ei tarkoitusta (asiakkaan oma näkymä tai yleinen tieto)", "inget ändamål (klientens egen vy eller allmän uppgift)", "none (the client's own view or data about nobody)");

    internal static LocalisedText Rule { get; } = Of("Sääntö", "Regel", "Rule");

    internal static LocalisedText May { get; } = Of("saa antaa", "får lämnas", "may be given");

    internal static LocalisedText Must { get; } = Of("on annettava", "ska lämnas", "must be given");

    internal static LocalisedText Basis { get; } = Of("Peruste", "Grund", "Legal basis");

    internal static LocalisedText Needed { get; } = Of("Tarvitaan kaikki nämä; yhdenkin puuttuessa tieto ei lähde", "Allt detta behövs; saknas något lämnas uppgiften inte", "All of this is needed; if one is missing, the item stays");

    internal static LocalisedText NothingNeeded { get; } = Of("Muuta ei tarvita.", "Inget annat behövs.", "Nothing else is needed.");

    internal static LocalisedText Consent { get; } = Of("Suostumus", "Samtycke", "Consent");

    internal static LocalisedText OtherConsentsDoNotDo { get; } = Of("muu suostumus ei riitä", "inget annat samtycke räcker", "no other consent will do");

    internal static LocalisedText UnlessForbidden { get; } = Of("riittää, ettei asiakas ole kieltänyt", "det räcker att klienten inte har förbjudit", "it is enough that the client has not forbidden");

    internal static LocalisedText Minors { get; } = Of("alaikäisen puolesta päätetään ammattihenkilön kirjauksen mukaan", "för en minderårig avgörs saken enligt yrkespersonens anteckning", "for a minor as a professional has recorded");

    internal static LocalisedText Obligations { get; } = Of("Velvoitteet", "Skyldigheter", "Obligations");

    internal static LocalisedText LawyerCheck { get; } = Of("Juristin tarkistettava (englanniksi)", "En jurist kontrollerar (på engelska)", "A lawyer checks");

    internal static LocalisedText SwitchedOff { get; } = Of("ei ole käytössä", "är inte i bruk", "is switched off");

    internal static LocalisedText NotInForce { get; } = Of("ei ole voimassa tänä päivänä", "är inte i kraft denna dag", "is not in force on this day");

    internal static LocalisedText NoRule { get; } = Of("Mikään sääntö ei salli tätä, joten tietoa ei anneta.", "Ingen regel tillåter detta, därför lämnas uppgiften inte.", "No rule allows this, so the item is not given.");

    internal static LocalisedText Nearest { get; } = Of("Lähimpänä", "Närmast", "What comes nearest");

    internal static LocalisedText Never { get; } = Of("Ei koskaan", "Aldrig", "Never");

    internal static LocalisedText NeverMaybe { get; } = Of("Voi estää", "Kan hindra", "May close it");

    internal static LocalisedText Masked { get; } = Of("Peitetään tarvittaessa", "Utelämnas vid behov", "Left out where needed");

    internal static LocalisedText Unknown { get; } = Of("Säännöstö ei tunne tunnusta", "Regelverket känner inte till koden", "The catalogue does not know the code");

    internal static LocalisedText DirectionOf(Direction direction) => direction switch
    {
        Direction.Read => Of("vastaanottaja lukee", "mottagaren läser", "the recipient reads"),
        Direction.Write => Of("lähettäjä kirjaa vastaanottajan rekisteriin", "avsändaren antecknar i mottagarens register", "the sender writes into the recipient's record"),
        _ => Of("lähettäjä ilmoittaa vastaanottajalle", "avsändaren meddelar mottagaren", "the sender notifies the recipient"),
    };

    private static LocalisedText Of(string fi, string sv, string en) => new() { Fi = fi, Sv = sv, En = en };
}
