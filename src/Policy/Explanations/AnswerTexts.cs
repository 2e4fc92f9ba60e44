// The fixed words of the question and its answer, in the three languages of the product.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Requests;
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

    internal static LocalisedText Yes { get; } = Say.Of("Kyllä.", "Ja.", "yes.");

    internal static LocalisedText YesOnceChecked { get; } = Say.Of("Kyllä, mutta juristi tarkistaa ensin:", "Ja, men en jurist kontrollerar först:", "yes, but a lawyer checks first:");

    internal static LocalisedText YesAllChecked { get; } = Say.Of(
        "Kyllä, mutta juristi tarkistaa ensin kunkin tapauksen alla olevan kysymyksen.", "Ja, men en jurist kontrollerar först frågan i varje fall nedan.", "yes, but a lawyer checks first the question in each case below.");

    internal static LocalisedText YesSomeChecked { get; } = Say.Of(
        "Kyllä, mutta osassa alla olevista tapauksista juristi tarkistaa ensin.", "Ja, men i en del av fallen nedan kontrollerar en jurist först.", "yes, but in some of the cases below a lawyer checks first.");

    internal static LocalisedText LawyerFirst { get; } = Say.Of("juristi tarkistaa ensin", "en jurist kontrollerar först", "a lawyer checks first");

    internal static LocalisedText LeaveOut { get; } = Say.Of("Siihen asti tieto jätetään pois.", "Uppgiften utelämnas tills dess.", "Leave it out until then.");

    internal static LocalisedText WhatDecides { get; } = Say.Of("Tapaus ratkaisee:", "Fallet avgör:", "What decides is the case:");

    internal static LocalisedText Duty { get; } = Say.Of("Velvollisuus", "Skyldighet", "Duty");

    internal static LocalisedText Nature { get; } = Say.Of("Luonne", "Karaktär", "What it is");

    internal static LocalisedText Ground { get; } = Say.Of("Peruste", "Grund", "Ground");

    internal static LocalisedText Conditions { get; } = Say.Of("Edellytyksiä", "Villkor", "Conditions");

    internal static LocalisedText NotNeeded { get; } = Say.Of("ei tarvita", "behövs inte", "not needed");

    internal static LocalisedText ThatTheGiverAsks { get; } = Say.Of(", jota luovuttajan on pyydettävä", ", som utlämnaren ska be om", ", which the giver must ask for");

    internal static LocalisedText AndOthers { get; } = Say.Of("muut alla", "övriga nedan", "others below");

    internal static LocalisedText HowMany(int conditions) => conditions switch
    {
        0 => Say.Of("ei muita", "inga andra", "no others"),
        1 => Say.Of("1 (alla)", "1 (nedan)", "1 (below)"),
        _ => Say.Of($"{conditions}, kaikkien on täytyttävä (alla)", $"{conditions}, alla ska vara uppfyllda (nedan)", $"{conditions}, all must hold (below)"),
    };

    /// <summary>Yes as to the rule, where only the item is in doubt.</summary>
    internal static LocalisedText YesAsSuch(Way way) => way switch
    {
        { IsOnBehalf: true } => Say.Of("Kirjaaminen: kyllä.", "Anteckningen: ja.", "the entry: yes."),
        { IsOwnUse: true } => Say.Of("Käyttö: kyllä.", "Användningen: ja.", "the use: yes."),
        { Rule.Direction: Direction.Notify } => Say.Of("Ilmoitus: kyllä.", "Meddelandet: ja.", "the notice: yes."),
        _ => Say.Of("Luovutus: kyllä.", "Utlämnandet: ja.", "the release: yes."),
    };

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
