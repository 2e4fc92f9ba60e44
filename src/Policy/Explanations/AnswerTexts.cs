// The fixed words of the question and its answer, in the three languages of the product.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal static class AnswerTexts
{
    internal static LocalisedText From { get; } = Say.Of("Luovuttaja", "Utlämnare", "Giver");

    internal static LocalisedText To { get; } = Say.Of("Vastaanottaja", "Mottagare", "Receiver");

    internal static LocalisedText How { get; } = Say.Of("Tapa", "Sätt", "How");

    internal static LocalisedText Purpose { get; } = Say.Of("Käyttötarkoitus", "Ändamål", "Purpose");

    internal static LocalisedText NoPurpose { get; } = Say.Of(
        "ei käyttötarkoitusta (asiakkaan oma näkymä tai tieto, joka ei koske ketään)", "inget ändamål (klientens egen vy eller uppgifter som inte gäller någon)", "none (the client's own view, or data about nobody)");

    internal static LocalisedText Day { get; } = Say.Of("Tarkastelupäivä", "Granskningsdag", "Law as on");

    internal static LocalisedText Answer { get; } = Say.Of("Vastaus", "Svar", "Answer");

    internal static LocalisedText Yes { get; } = Say.Of("Kyllä", "Ja", "yes");

    internal static LocalisedText YesWays(int ways) => Say.Of(
        $"Kyllä. Tarkastelupäivänä avoinna on {ways} vaihtoehtoa, ja yksikin riittää:",
        $"Ja. På granskningsdagen är {ways} alternativ öppna, och ett räcker:",
        $"yes. {ways} ways are open on this day, and one is enough:");

    internal static LocalisedText HasDuty { get; } = Say.Of(", ja luovuttaja on siihen velvollinen", ", och utlämnaren är skyldig att göra det", ", and the giver has a duty to do so");

    internal static LocalisedText HasTask { get; } = Say.Of(", luovuttajan lakisääteisenä tehtävänä", ", som utlämnarens lagstadgade uppgift", ", as the giver's statutory task");

    internal static LocalisedText HasRight { get; } = Say.Of(", ja vastaanottajalla on oikeus saada tiedot", ", och mottagaren har rätt att få uppgifterna", ", and the receiver has a right to get the data");

    internal static LocalisedText NoDuty { get; } = Say.Of("Luovuttaja ei ole velvollinen antamaan tietoja.", "Utlämnaren är inte skyldig att lämna uppgifterna.", "The giver has no duty to give the data.");

    internal static LocalisedText OnBehalf { get; } = Say.Of("kirjaamalla vastaanottajan lukuun, ilman suostumusta", "genom att anteckna för mottagarens räkning, utan samtycke", "by recording on behalf of the receiver, without consent");

    internal static LocalisedText OwnUse { get; } = Say.Of("oman rekisterin käyttönä, ilman suostumusta", "som användning av det egna registret, utan samtycke", "as use of one's own register, without consent");

    internal static LocalisedText WithoutConsent { get; } = Say.Of("ilman suostumusta", "utan samtycke", "without consent");

    internal static LocalisedText ThatTheGiverAsks { get; } = Say.Of(", jota luovuttajan on pyydettävä", ", som utlämnaren ska be om", ", which the giver must ask for");

    internal static LocalisedText AndOthers { get; } = Say.Of("muut alla", "övriga nedan", "others below");

    internal static LocalisedText If(int conditions) => conditions switch
    {
        0 => Say.Of(string.Empty, string.Empty, string.Empty),
        1 => Say.Of(", jos alla oleva edellytys täyttyy", ", om villkoret nedan är uppfyllt", ", if the condition below holds"),
        _ => Say.Of($", jos alla olevat {conditions} edellytystä täyttyvät", $", om de {conditions} villkoren nedan är uppfyllda", $", if the {conditions} conditions below hold"),
    };

    internal static LocalisedText OpenQuestion { get; } = Say.Of(
        "Tähän liittyy avoin oikeudellinen kysymys (ks. Juristin tarkistettava).",
        "Detta är förenat med en öppen rättsfråga (se Ska kontrolleras av en jurist).",
        "This is subject to an open legal question (see A lawyer checks).");

    internal static LocalisedText AlsoLater { get; } = Say.Of("Myöhemmin avautuu lisäksi", "Senare öppnas dessutom", "Another way opens later");

    internal static LocalisedText OnlyLater { get; } = Say.Of("Myöhemmin avautuu", "Senare öppnas", "It opens later");

    internal static LocalisedText NoRule { get; } = Say.Of(
        "Ei. Mikään sääntö ei salli tätä, joten tietoja ei anneta.", "Nej. Ingen regel tillåter detta, därför lämnas uppgifterna inte ut.", "no. No rule allows this, so the data are not given.");

    internal static LocalisedText ClosedAlways { get; } = Say.Of(
        "Ei. Ehdoton kielto estää tämän aina, olipa suostumus tai ei:", "Nej. Ett absolut förbud hindrar detta alltid, med eller utan samtycke:", "no. A never rule always stands in the way, with or without consent:");

    internal static LocalisedText NotOnThisDay { get; } = Say.Of(
        "Ei tarkastelupäivänä. Sääntö ei ole voimassa.", "Inte på granskningsdagen. Regeln är inte i kraft.", "no, not on this day. The rule is not in force.");

    internal static LocalisedText OutOfUse { get; } = Say.Of(
        "Ei. Sääntö on olemassa, mutta se ei ole käytössä.", "Nej. Det finns en regel, men den är inte i bruk.", "no. There is a rule, but it is not in use.");

    internal static LocalisedText OfItself { get; } = Say.Of("Tiedosta itsestään", "Om uppgiften själv", "On the data themselves");

    internal static LocalisedText Unknown { get; } = Say.Of("Säännöstö ei tunne tunnusta", "Regelverket känner inte till koden", "The catalogue does not know the code");
}
