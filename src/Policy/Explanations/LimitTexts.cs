// The fixed words for what can stop a release or take something out of it, in the three languages of the product.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal static class LimitTexts
{
    internal static LocalisedText Nearest { get; } = Say.Of("Lähimpänä ovat", "Närmast kommer", "What comes nearest");

    internal static LocalisedText Nevers { get; } = Say.Of(
        "Seuraavat seikat voivat silti estää luovutuksen tai rajata luovutettavia tietoja", "Följande kan ändå hindra utlämnandet eller begränsa uppgifterna", "This can still stop it or limit the data");

    internal static LocalisedText NeversWithoutRule { get; } = Say.Of("Vaikka sääntö olisi, tämä voisi silti estää luovutuksen", "Även om det fanns en regel kunde detta hindra utlämnandet", "Even if there were a rule, this could stop it");

    internal static LocalisedText AlsoNever { get; } = Say.Of("Ehdoton kielto sulkee tämän joka tapauksessa", "Ett absolut förbud stänger detta i varje fall", "A never rule closes this in any case");

    internal static LocalisedText Stops { get; } = Say.Of("Estää", "Hindrar", "Stops it");

    internal static LocalisedText Masks { get; } = Say.Of("Rajaa tietoja", "Begränsar uppgifterna", "Takes something out");

    internal static LocalisedText IfDeceased { get; } = Say.Of(
        "Jos asiakas on kuollut: ei automaattisesti; nimetty henkilö luovuttajan organisaatiossa päättää",
        "Om klienten har avlidit: inte automatiskt; en namngiven person i utlämnarens organisation beslutar",
        "If the client has died: not automatically; a named person in the giver's organisation decides");

    internal static LocalisedText DoesNotApply { get; } = Say.Of("Tarkasteltu, ei sovellu", "Granskat, gäller inte", "Looked at, does not apply");

    internal static LocalisedText OwnRule { get; } = Say.Of("Sisoten oma linjaus, lakia tiukempi", "Sisotes egen riktlinje, strängare än lagen", "Sisote's own rule, stricter than the law");

    internal static LocalisedText DoesNotReach { get; } = Say.Of(
        "Sisoten linjaus ei koske tätä vastaanottajaa. Luovuttaja ratkaisee lain mukaan, saako näin merkittyjä asiakirjoja antaa.",
        "Sisotes riktlinje gäller inte denna mottagare. Utlämnaren avgör enligt lag om handlingar med sådan märkning får lämnas.",
        "Sisote's rule does not reach this receiver. The giver decides under the law whether documents so labelled may be given.");

    internal static LocalisedText Policy { get; } = Say.Of("Lakia tiukempi (Sisoten oma linjaus).", "Strängare än lagen (Sisotes egen riktlinje).", "Stricter than the law (Sisote's own rule).");

    internal static LocalisedText Fact(ClientFact fact) => fact switch
    {
        ClientFact.SafetyProhibition => Say.Of("asiakkaalla on turvakielto (tai kun ei tiedetä, onko sitä)", "klienten har spärrmarkering (eller när det inte är känt om det finns en sådan)", "the client has a non-disclosure for personal safety (or when it is not known whether there is one)"),
        ClientFact.GuardianSafetyProhibition => Say.Of("huoltajalla on turvakielto", "vårdnadshavaren har spärrmarkering", "a guardian has a non-disclosure for personal safety"),
        ClientFact.GuardianBarred => Say.Of("alaikäinen on kieltänyt antamasta tietoja huoltajalle", "den minderåriga har förbjudit att uppgifter ges till vårdnadshavaren", "the minor forbids giving data to the guardian"),
        ClientFact.CapacityUnknown => Say.Of("alaikäisen päätöskykyä ei ole kirjattu", "den minderårigas beslutsförmåga har inte antecknats", "the minor's capacity has not been recorded"),
        ClientFact.OfAge => Say.Of("asiakas on täysi-ikäinen", "klienten är myndig", "the client is of age"),
        _ => Say.Of("asiakas on kuollut", "klienten har avlidit", "the client has died"),
    };
}
