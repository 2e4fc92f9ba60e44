// The fixed words of an explanation, in the three languages of the product.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal static class ExplanationTexts
{
    internal static LocalisedText From { get; } = Say.Of("Luovuttaja", "Utlämnare", "From");

    internal static LocalisedText To { get; } = Say.Of("Vastaanottaja", "Mottagare", "To");

    internal static LocalisedText Purpose { get; } = Say.Of("Käyttötarkoitus", "Ändamål", "Purpose");

    internal static LocalisedText NoPurpose { get; } = Say.Of(
        "ei käyttötarkoitusta (asiakkaan oma näkymä tai tieto, joka ei koske ketään)", "inget ändamål (klientens egen vy eller uppgifter som inte gäller någon)", "none (the client's own view, or data about nobody)");

    internal static LocalisedText Day { get; } = Say.Of("Tarkastelupäivä", "Granskningsdag", "Law as on");

    internal static LocalisedText Yes { get; } = Say.Of(
        "Vastaus: kyllä, jos kaikki vaadittava on olemassa.", "Svar: ja, om allt som krävs finns.", "Answer: yes, if everything that is needed is there.");

    internal static LocalisedText YesWays(int ways) => Say.Of(
        $"Vastaus: kyllä, jos kaikki vaadittava on olemassa. Vaihtoehtoja on {ways}, ja yksikin riittää.",
        $"Svar: ja, om allt som krävs finns. Det finns {ways} alternativ, och ett räcker.",
        $"Answer: yes, if everything that is needed is there. There are {ways} ways, and one is enough.");

    internal static LocalisedText NoRule { get; } = Say.Of(
        "Vastaus: ei. Mikään sääntö ei salli tätä, joten tietoa ei anneta.", "Svar: nej. Ingen regel tillåter detta, därför lämnas uppgiften inte ut.", "Answer: no. No rule allows this, so the data are not given.");

    internal static LocalisedText ClosedAlways { get; } = Say.Of(
        "Vastaus: ei. Ehdoton kielto estää tämän aina, olipa suostumus tai ei:", "Svar: nej. Ett absolut förbud hindrar detta alltid, med eller utan samtycke:", "Answer: no. A never rule always stands in the way, with or without consent:");

    internal static LocalisedText NotOnThisDay { get; } = Say.Of(
        "Vastaus: ei tänä päivänä. Sääntö ei ole voimassa.", "Svar: inte denna dag. Regeln är inte i kraft.", "Answer: not on this day. The rule is not in force.");

    internal static LocalisedText OutOfUse { get; } = Say.Of(
        "Vastaus: ei. Sääntö on olemassa, mutta se ei ole käytössä.", "Svar: nej. Det finns en regel, men den är inte i bruk.", "Answer: no. There is a rule, but it is not in use.");

    internal static LocalisedText Rule { get; } = Say.Of("Sääntö", "Regel", "Rule");

    internal static LocalisedText May { get; } = Say.Of("Luovuttaja saa antaa tiedot, mutta sen ei ole pakko.", "Utlämnaren får lämna uppgifterna men är inte skyldig till det.", "The sender may give the data, but need not.");

    internal static LocalisedText Must { get; } = Say.Of("Luovuttajan on annettava tiedot.", "Utlämnaren ska lämna uppgifterna.", "The sender must give the data.");

    internal static LocalisedText Statutory { get; } = Say.Of(
        "Tämä on lakisääteinen ilmoitus: asiakkaan kielto tai muu kielto ei estä sitä.", "Detta är ett lagstadgat meddelande: varken klientens förbud eller något annat förbud hindrar det.", "This is a statutory notification: no prohibition, the client's or another, stops it.");

    internal static LocalisedText Basis { get; } = Say.Of("Oikeusperuste", "Rättsgrund", "Legal basis");

    internal static LocalisedText Needed { get; } = Say.Of(
        "Vaaditaan kaikki nämä; jos yksikin puuttuu, tietoa ei anneta", "Allt detta krävs; saknas något lämnas uppgiften inte ut", "All of this is needed; if any one is missing, the data are not given");

    internal static LocalisedText NothingNeeded { get; } = Say.Of("Muuta ei vaadita.", "Inget annat krävs.", "Nothing else is needed.");

    internal static LocalisedText ShownBy { get; } = Say.Of("Näin se todetaan", "Så konstateras det", "How it is shown");

    internal static LocalisedText NotShown { get; } = Say.Of("ei mitenkään, joten sääntö ei salli mitään", "inte på något sätt, så regeln tillåter inget", "in no way, so the rule permits nothing");

    internal static LocalisedText Itemised { get; } = Say.Of(
        "Siinä on nimettävä tiedot, vastaanottaja ja tarkoitus.", "Det ska nämna uppgifterna, mottagaren och ändamålet.", "It must name the data, the recipient and the purpose.");

    internal static LocalisedText Written { get; } = Say.Of("Se annetaan kirjallisesti.", "Det ges skriftligen.", "It is given in writing.");

    internal static LocalisedText OtherConsentsDoNotDo { get; } = Say.Of("Muu suostumus ei riitä.", "Inget annat samtycke räcker.", "No other consent will do.");

    internal static LocalisedText UnlessForbidden { get; } = Say.Of(
        "Lupaa ei tarvitse pyytää; riittää, ettei asiakas ole kieltänyt.", "Tillstånd behöver inte begäras; det räcker att klienten inte har förbjudit.", "It need not be asked; it is enough that the client has not forbidden.");

    internal static LocalisedText Minor { get; } = Say.Of("Alaikäinen", "Minderårig", "Minor");

    internal static LocalisedText Afterwards { get; } = Say.Of("Luovutukseen liittyvät velvoitteet", "Skyldigheter i samband med utlämnandet", "Obligations that come with it");

    internal static LocalisedText InForce { get; } = Say.Of("Voimassa", "I kraft", "In force");

    internal static LocalisedText NotInForce { get; } = Say.Of("ei voimassa tarkastelupäivänä", "inte i kraft på granskningsdagen", "not in force on this day");

    internal static LocalisedText SwitchedOff { get; } = Say.Of("ei käytössä, eikä mikään asennus voi ottaa sitä käyttöön", "inte i bruk, och ingen installation kan ta den i bruk", "not in use, and no installation can take it into use");

    internal static LocalisedText Confidence { get; } = Say.Of("Tulkinnan varmuus", "Tolkningens säkerhet", "Confidence");

    internal static LocalisedText LawyerCheck { get; } = Say.Of("Juristin tarkistettava", "Ska kontrolleras av en jurist", "A lawyer checks");

    internal static LocalisedText Nearest { get; } = Say.Of("Lähimpänä ovat", "Närmast kommer", "What comes nearest");

    internal static LocalisedText Nevers { get; } = Say.Of("Tämä voi silti estää luovutuksen tai poistaa tiedosta osan", "Detta kan ändå hindra utlämnandet eller utelämna en del", "This can still stop it or take something out");

    internal static LocalisedText NeversWithoutRule { get; } = Say.Of("Vaikka sääntö olisi, tämä voisi silti estää luovutuksen", "Även om det fanns en regel kunde detta hindra utlämnandet", "Even if there were a rule, this could stop it");

    internal static LocalisedText OneOf { get; } = Say.Of("Jokin näistä", "Något av dessa", "One of these");

    internal static LocalisedText AlsoNever { get; } = Say.Of("Ehdoton kielto sulkee tämän joka tapauksessa", "Ett absolut förbud stänger detta i varje fall", "A never rule closes this in any case");

    internal static LocalisedText Never { get; } = Say.Of("Estää", "Hindrar", "Stops it");

    internal static LocalisedText Masked { get; } = Say.Of("Poistaa osan", "Utelämnar en del", "Takes something out");

    internal static LocalisedText Policy { get; } = Say.Of(
        "Tämä on Sisoten linjaus, joka on lakia tiukempi.", "Detta är Sisotes riktlinje och är strängare än lagen.", "This is Sisote's policy and stricter than the law.");

    internal static LocalisedText Unknown { get; } = Say.Of("Säännöstö ei tunne tunnusta", "Regelverket känner inte till koden", "The catalogue does not know the code");

    internal static LocalisedText ConfidenceWord(string confidence) => confidence switch
    {
        "high" => Say.Of("suuri (säädöksen sanamuoto on selvä)", "hög (författningens ordalydelse är klar)", "high (the wording of the statute is clear)"),
        "medium" => Say.Of(
            "kohtalainen (säädös on luettu, mutta tulkinta, myöhempi muutos tai paikallinen järjestely ratkaisee)",
            "medelhög (författningen har lästs, men tolkning, senare ändringar eller lokala arrangemang avgör)",
            "medium (the statute was read, but interpretation, a later amendment or a local arrangement decides)"),
        _ => Say.Of("pieni (tieto on yleinen tai kiistanalainen)", "låg (kunskapen är allmän eller omstridd)", "low (from general knowledge, or contested)"),
    };

    internal static LocalisedText Decider(MinorsDecider decider) => decider switch
    {
        MinorsDecider.Minor => Say.Of("suostumuksen antaa alaikäinen itse", "den minderåriga ger själv samtycket", "the minor in person consents"),
        MinorsDecider.MinorIfCapableElseGuardian => Say.Of(
            "suostumuksen antaa alaikäinen itse, jos ammattihenkilö on kirjannut hänen pystyvän päättämään asiasta; muuten huoltaja",
            "den minderåriga ger själv samtycket om en yrkesperson har antecknat att hen kan besluta i saken; annars vårdnadshavaren",
            "the minor consents where a professional has recorded that the minor can decide; otherwise the guardian does"),
        MinorsDecider.MinorAndGuardianUnlessMature => Say.Of(
            "suostumuksen antavat alaikäinen ja huoltaja yhdessä; riittävän kehittynyt alaikäinen yksin",
            "den minderåriga och vårdnadshavaren ger samtycket tillsammans; en tillräckligt mogen minderårig ensam",
            "the minor and the guardian consent together; a sufficiently mature minor alone"),
        MinorsDecider.MinorOrGuardian => Say.Of("suostumuksen voi antaa alaikäinen tai huoltaja", "den minderåriga eller vårdnadshavaren kan ge samtycket", "the minor or the guardian may consent"),
        _ => Say.Of("suostumuksen antaa huoltaja", "vårdnadshavaren ger samtycket", "the guardian consents"),
    };

    internal static LocalisedText Fact(ClientFact fact) => fact switch
    {
        ClientFact.SafetyProhibition => Say.Of("asiakkaalla on turvakielto (myös silloin, kun asiaa ei tiedetä)", "klienten har spärrmarkering (också när det inte är känt)", "the client has a non-disclosure for personal safety (also where nobody knows)"),
        ClientFact.GuardianSafetyProhibition => Say.Of("huoltajalla on turvakielto", "vårdnadshavaren har spärrmarkering", "a guardian has a non-disclosure for personal safety"),
        ClientFact.GuardianBarred => Say.Of("alaikäinen on kieltänyt antamasta tietoja huoltajalle", "den minderåriga har förbjudit att uppgifter ges till vårdnadshavaren", "the minor forbids giving data to the guardian"),
        ClientFact.CapacityUnknown => Say.Of("alaikäisen päätöskykyä ei ole kirjattu", "den minderårigas beslutsförmåga har inte antecknats", "the minor's capacity has not been recorded"),
        ClientFact.OfAge => Say.Of("asiakas on täysi-ikäinen", "klienten är myndig", "the client is of age"),
        _ => Say.Of("asiakas on kuollut", "klienten har avlidit", "the client has died"),
    };
}
