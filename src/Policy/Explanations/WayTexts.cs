// The fixed words of one rule in an explanation, in the three languages of the product.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal static class WayTexts
{
    internal static LocalisedText Rule { get; } = Say.Of("Sääntö", "Regel", "Rule");

    internal static LocalisedText Later { get; } = Say.Of("Myöhemmin", "Senare", "Later");

    internal static LocalisedText NotOpen { get; } = Say.Of("Ei avoinna", "Inte öppet", "Not open");

    internal static LocalisedText Case { get; } = Say.Of("Tapaus", "Fall", "Case");

    internal static LocalisedText Statutory { get; } = Say.Of(
        "Tämä on lakisääteinen ilmoitus: asiakkaan kielto tai muu kielto ei estä sitä.", "Detta är ett lagstadgat meddelande: varken klientens förbud eller något annat förbud hindrar det.", "This is a statutory notification: no prohibition, the client's or another, stops it.");

    internal static LocalisedText Basis { get; } = Say.Of("Säädösperuste", "Författningsgrund", "Statutory basis");

    internal static LocalisedText Needed { get; } = Say.Of(
        "Edellytykset (kaikkien on täytyttävä, muuten tietoja ei anneta)", "Villkor (alla ska vara uppfyllda, annars lämnas uppgifterna inte ut)", "Conditions (all must hold, otherwise the data are not given)");

    internal static LocalisedText NothingNeeded { get; } = Say.Of("Muita edellytyksiä ei ole.", "Det finns inga andra villkor.", "There are no other conditions.");

    internal static LocalisedText ShownBy { get; } = Say.Of("Todennetaan", "Visas genom", "Shown by");

    internal static LocalisedText NotShown { get; } = Say.Of("ei mitenkään, joten sääntö ei salli mitään", "inte på något sätt, så regeln tillåter inget", "nothing, so the rule permits nothing");

    internal static LocalisedText Consent { get; } = Say.Of("Suostumus", "Samtycke", "Consent");

    internal static LocalisedText Permission { get; } = Say.Of("Luovutuslupa", "Tillstånd", "Permission");

    internal static LocalisedText Minor { get; } = Say.Of("Alaikäinen", "Minderårig", "Minor");

    internal static LocalisedText LeftOut { get; } = Say.Of("Jätetään pois", "Utelämnas", "Left out");

    internal static LocalisedText Afterwards { get; } = Say.Of("Luovutuksessa otetaan lisäksi huomioon", "Vid utlämnandet ska också detta beaktas", "To be seen to");

    internal static LocalisedText InForce { get; } = Say.Of("Sääntö on voimassa", "Regeln gäller", "The rule is in force");

    internal static LocalisedText GiverMakesSure { get; } = Say.Of(
        "Luovuttaja varmistaa tämän; Sisote ei voi todentaa sitä.", "Utlämnaren försäkrar sig om detta; Sisote kan inte kontrollera det.", "The giver makes sure of this; Sisote cannot check it.");

    internal static LocalisedText NamedPersonConfirms { get; } = Say.Of(
        "Nimetty henkilö luovuttajan organisaatiossa toteaa, että edellytykset täyttyvät", "En namngiven person i utlämnarens organisation konstaterar att villkoren är uppfyllda", "A named person in the giver's organisation finds that the conditions hold");

    internal static LocalisedText NotInForce { get; } = Say.Of("Ei voimassa tarkastelupäivänä", "Inte i kraft på granskningsdagen", "Not in force on this day");

    internal static LocalisedText SwitchedOff { get; } = Say.Of("Ei käytössä, eikä sitä voi paikallisesti ottaa käyttöön", "Inte i bruk och kan inte tas i bruk lokalt", "Not in use, and cannot be taken into use locally");

    internal static LocalisedText Confidence { get; } = Say.Of("Tulkinnan varmuus", "Tolkningens säkerhet", "Confidence");

    internal static LocalisedText NotOfItem { get; } = Say.Of("koskee sääntöä, ei tätä tietoa", "gäller regeln, inte denna uppgift", "about the rule, not about this item");

    internal static LocalisedText LawyerCheck { get; } = Say.Of("Juristin tarkistettava", "Ska kontrolleras av en jurist", "A lawyer checks");

    internal static LocalisedText OneOf { get; } = Say.Of("Jokin näistä", "Något av dessa", "One of these");

    internal static LocalisedText Effect(Way way) => way.Effect switch
    {
        _ when way.IsOnBehalf => Say.Of(
            "Luovuttaja toimii vastaanottajan lukuun ja kirjaa tekemänsä tämän rekisteriin. Tämä ei ole luovutus sivulliselle.",
            "Utlämnaren handlar för mottagarens räkning och antecknar det den gör i mottagarens register. Detta är inte ett utlämnande till utomstående.",
            "The giver acts on behalf of the receiver and records what it does in the receiver's register. This is no disclosure to an outsider."),
        _ when way.IsOwnUse => Say.Of(
            "Oman rekisterin käyttöä, ei luovutus sivulliselle.", "Användning av det egna registret, inget utlämnande till utomstående.", "Use of one's own register, no disclosure to an outsider."),
        RuleEffect.Oblige when !way.Rule.Consents.IsEmpty => Say.Of(
            "Luovuttajan tehtävä perustuu lakiin, mutta tiedot saa antaa vain suostumuksella.", "Utlämnarens uppgift grundar sig på lag, men uppgifterna får lämnas bara med samtycke.", "The law makes this the giver's task, but the data may go only with the consent."),
        RuleEffect.Oblige => Say.Of("Luovuttaja on velvollinen antamaan tiedot.", "Utlämnaren är skyldig att lämna uppgifterna.", "The giver has a duty to give the data."),
        RuleEffect.Entitle => Say.Of(
            "Vastaanottajalla on oikeus saada tiedot; luovuttajan on annettava ne, kun edellytykset täyttyvät.", "Mottagaren har rätt att få uppgifterna; utlämnaren ska lämna dem när villkoren är uppfyllda.", "The receiver has a right to get the data; the giver must give them when the conditions hold."),
        RuleEffect.AskConsent => Say.Of(
            "Luovuttajan on pyydettävä suostumus, ja tiedot saa antaa vain sillä.", "Utlämnaren ska be om samtycke, och uppgifterna får lämnas bara med det.", "The giver must ask for the consent and may give the data only with it."),
        _ => Say.Of("Luovuttaja saa antaa tiedot, mutta ei ole siihen velvollinen.", "Utlämnaren får lämna uppgifterna men är inte skyldig till det.", "The giver may give the data but has no duty to."),
    };

    /// <summary>Why no consent is asked.</summary>
    internal static LocalisedText NoConsent(Way way, DataItem item) => (way.IsOnBehalf, way.IsOwnUse, item.Sensitivity) switch
    {
        (true, _, _) => Say.Of("Suostumusta ei tarvita: toisen lukuun toimiva ei ole sivullinen.", "Samtycke behövs inte: den som handlar för en annans räkning är inte utomstående.", "No consent is needed: one who acts on behalf of another is no outsider."),
        (_, true, _) => Say.Of("Suostumusta ei tarvita: omaa rekisteriä käytetään omassa tehtävässä.", "Samtycke behövs inte: det egna registret används i den egna uppgiften.", "No consent is needed: one's own register is used for one's own task."),
        (_, _, "S0") => Say.Of("Suostumusta ei tarvita: tieto ei koske yksittäistä henkilöä.", "Samtycke behövs inte: uppgiften gäller ingen enskild person.", "No consent is needed: the data are about no single person."),
        _ => Say.Of("Suostumusta ei tarvita: luovutus perustuu suoraan lakiin.", "Samtycke behövs inte: utlämnandet grundar sig direkt på lag.", "No consent is needed: the release rests directly on the law."),
    };

    internal static LocalisedText ConfidenceWord(string confidence) => confidence switch
    {
        "high" => Say.Of("suuri. Säädöksen sanamuoto on selvä.", "hög. Författningens ordalydelse är klar.", "high. The wording of the statute is clear."),
        "medium" => Say.Of(
            "kohtalainen. Säädösteksti on tarkistettu, mutta lopputulos riippuu tulkinnasta, myöhemmästä muutoksesta tai paikallisesta järjestelystä.",
            "medelhög. Författningstexten har kontrollerats, men resultatet beror på tolkning, senare ändringar eller lokala arrangemang.",
            "medium. The text of the statute has been checked, but the outcome depends on interpretation, a later amendment or a local arrangement."),
        _ => Say.Of("pieni. Tieto on yleinen tai kiistanalainen.", "låg. Kunskapen är allmän eller omstridd.", "low. The knowledge is general or contested."),
    };
}
