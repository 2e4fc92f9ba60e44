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

    internal static LocalisedText Day { get; } = Say.Of("Tarkastelupäivä", "Granskningsdag", "Day asked about");

    internal static LocalisedText Statutes { get; } = Say.Of("Säädöstekstit", "Författningstexterna", "Texts of the statutes");

    internal static LocalisedText NoAdvice { get; } = Say.Of("tämä ei ole oikeudellista neuvontaa", "detta är inte juridisk rådgivning", "this is not legal advice");

    /// <summary>How far the statutes were read: an amendment published later may have changed them.</summary>
    internal static LocalisedText CheckedThrough(DateOnly? day) => day is { } known
        ? Say.Of($"tarkistettu {Say.Day(known, "fi")} saakka; {NoAdvice.Fi}", $"kontrollerade till och med {Say.Day(known, "sv")}; {NoAdvice.Sv}", $"checked to {Say.Day(known, "en")}; {NoAdvice.En}")
        : NoAdvice;

    internal static LocalisedText Answer { get; } = Say.Of("Vastaus", "Svar", "Answer");

    internal static LocalisedText Yes { get; } = Say.Of("Kyllä", "Ja", "yes");

    internal static LocalisedText InCases { get; } = Say.Of("alla olevissa tapauksissa", "i fallen nedan", "in the cases below");

    internal static LocalisedText NotConfirmed { get; } = Say.Of("Juristi ei ole vielä vahvistanut tätä:", "En jurist har ännu inte bekräftat detta:", "A lawyer has not yet confirmed this:");

    internal static LocalisedText SomeNotConfirmed { get; } = Say.Of("Osaa niistä juristi ei ole vielä vahvistanut.", "En del av dem har en jurist ännu inte bekräftat.", "A lawyer has not yet confirmed some of them.");

    internal static LocalisedText NoneConfirmed { get; } = Say.Of("Niitä juristi ei ole vielä vahvistanut.", "Dem har en jurist ännu inte bekräftat.", "A lawyer has not yet confirmed them.");

    /// <summary>What the system does with a rule that waits for a lawyer: it uses it, unless the deployment takes it out of use.</summary>
    internal static LocalisedText UsedAllTheSame { get; } = Say.Of(
        "Sisote käyttää sääntöä silti, ellei sitä ole paikallisesti otettu pois käytöstä.", "Sisote tillämpar ändå regeln, om den inte har tagits ur bruk lokalt.", "Sisote uses the rule all the same unless it has been switched off locally.");

    internal static LocalisedText NotYet { get; } = Say.Of("ei ennen kuin juristi on vastannut:", "inte förrän en jurist har svarat:", "not before a lawyer has answered:");

    /// <summary>An item that waits for a lawyer is for the giver to leave out: the rule carries it.</summary>
    internal static LocalisedText LeaveOut { get; } = Say.Of(
        "Jätä tieto siihen asti pois; Sisote ei poista sitä.", "Utelämna uppgiften tills dess; Sisote tar inte bort den.", "Leave it out until then; Sisote does not remove it.");

    internal static LocalisedText WhatDecides { get; } = Say.Of("Tapaus ratkaisee:", "Fallet avgör:", "What decides is the case:");

    internal static LocalisedText Duty { get; } = Say.Of("Velvollisuus", "Skyldighet", "Duty");

    internal static LocalisedText WhoDecides { get; } = Say.Of("Kuka päättää", "Vem beslutar", "Who decides");

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

    /// <summary>What the yes is about, where only the item is in doubt.</summary>
    internal static LocalisedText Release(Way way) => way switch
    {
        { IsOnBehalf: true } => Say.Of("Kirjaaminen", "Anteckningen", "the entry"),
        { IsOwnUse: true } => Say.Of("Käyttö", "Användningen", "the use"),
        { Rule.Direction: Direction.Notify } => Say.Of("Ilmoitus", "Meddelandet", "the notice"),
        _ => Say.Of("Luovutus", "Utlämnandet", "the release"),
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
