// Says in plain words what may show that a condition holds.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Wording;

internal static class EvidenceWords
{
    /// <summary>One source of evidence as part of a sentence.</summary>
    internal static string Describe(EvidenceSource source, NameBook names, string language)
    {
        var plain = Plain(source, names).In(language);
        return source.Directions.IsEmpty ? plain : $"{plain} ({Say.Or(source.Directions.Select(direction => Way(direction).In(language)), language)})";
    }

    private static LocalisedText Plain(EvidenceSource source, NameBook names) => source switch
    {
        EvidenceSource.RecordedRelationship recorded => Relationship(recorded),
        EvidenceSource.InForceAgreement agreement => Say.Of(
            $"voimassa oleva sopimus ({KindWords.Of(agreement.Kind).Fi}), joka nimeää tämän säännön",
            $"ett gällande avtal ({KindWords.Of(agreement.Kind).Sv}) som nämner den här regeln",
            $"an agreement in force ({KindWords.Of(agreement.Kind).En}) that names this rule"),
        EvidenceSource.Statement statement => Statement(statement.By),
        EvidenceSource.ByChannel channel => Say.InEach(language =>
            $"{Say.Of("kanava", "kanalen", "the channel").In(language)}: {Say.Or(channel.Channels.Select(one => Channel(one).In(language)), language)}"),
        EvidenceSource.Age { Below: true } age => Say.Of($"asiakkaan ikä: alle {age.Years} vuotta", $"klientens ålder: under {age.Years} år", $"the client's age: under {age.Years} years"),
        EvidenceSource.Age age => Say.Of($"asiakkaan ikä: vähintään {age.Years} vuotta", $"klientens ålder: minst {age.Years} år", $"the client's age: at least {age.Years} years"),
        EvidenceSource.CompulsoryEducation { Continues: true } => Say.Of("tieto siitä, että oppivelvollisuus jatkuu", "uppgiften att läroplikten fortgår", "the fact that compulsory education continues"),
        EvidenceSource.CompulsoryEducation => Say.Of("tieto siitä, että oppivelvollisuus on päättynyt", "uppgiften att läroplikten har upphört", "the fact that compulsory education has ended"),
        EvidenceSource.SchoolForm school => Say.InEach(language => $"{Say.Of("tieto koulumuodosta", "uppgiften om skolform", "the school form on record").In(language)} ({Say.Or(school.Forms.Select(form => KindWords.Of(form).In(language)), language)})"),
        _ => Derived(source, names),
    };

    private static LocalisedText Derived(EvidenceSource source, NameBook names) => source switch
    {
        EvidenceSource.CapacityRecorded => Say.Of(
            "täysi-ikäisyys tai ammattihenkilön kirjaus siitä, kuka alaikäisen puolesta päättää",
            "myndighetsåldern eller en yrkespersons anteckning om vem som beslutar för den minderåriga",
            "full age, or a professional's record of who decides for the minor"),
        EvidenceSource.ConsentCovers covers => Say.Of(
            $"suostumus, joka kattaa myös tämän: {names.Item(covers.Item, "fi")}",
            $"ett samtycke som också omfattar detta: {names.Item(covers.Item, "sv")}",
            $"a consent that also covers this: {names.Item(covers.Item, "en")}"),
        EvidenceSource.ConsentFound => Say.Of("säännön vaatima suostumus on tallessa", "det samtycke som regeln kräver finns registrerat", "the consent that the rule asks for is on record"),
        EvidenceSource.ConsentNotAsked => Say.Of("sääntö ei vaadi suostumusta", "regeln kräver inget samtycke", "the rule asks for no consent"),
        EvidenceSource.MaskApplied => Say.Of("Sisote poistaa tiedot itse", "Sisote tar själv bort uppgifterna", "Sisote itself removes the data"),
        EvidenceSource.NotCarried absent => Say.Of(
            $"sääntö ei koske tätä tietoa: {names.Item(absent.Item, "fi")}",
            $"regeln omfattar inte denna uppgift: {names.Item(absent.Item, "sv")}",
            $"the rule does not carry this item: {names.Item(absent.Item, "en")}"),
        EvidenceSource.SameOrganisation => Say.Of("luovuttaja ja vastaanottaja ovat samaa organisaatiota", "utlämnaren och mottagaren hör till samma organisation", "sender and recipient are of one organisation"),
        EvidenceSource.InsideRoleScope => Say.Of("asennuksessa roolille määritellyt käyttöoikeudet", "de behörigheter som installationen ger rollen", "the access class that the installation gives the role"),
        _ => Say.Of("kutsussa nimetty ammattilainen", "en i anropet namngiven yrkesperson", "a professional named in the call"),
    };

    private static LocalisedText Relationship(EvidenceSource.RecordedRelationship recorded)
    {
        var ends = Ends(recorded.Between);
        var grace = recorded.GraceDays == 0
            ? Say.Of(string.Empty, string.Empty, string.Empty)
            : Say.Of($", voimassa vielä {recorded.GraceDays} päivää päättymisestä", $", gäller ännu {recorded.GraceDays} dagar efter att den upphört", $", counting for {recorded.GraceDays} days after its end");
        return Say.InEach(language =>
            $"{Say.Of("voimassa oleva kirjattu suhde", "en registrerad relation som är i kraft", "a relationship on record that is in force").In(language)} ({Say.Or(recorded.Kinds.Select(kind => KindWords.Of(kind).In(language)), language)}), {ends.In(language)}{grace.In(language)}");
    }

    private static LocalisedText Ends(RelationshipEnds ends) => ends switch
    {
        RelationshipEnds.Organisations => Say.Of("luovuttajan ja vastaanottajan välillä", "mellan utlämnaren och mottagaren", "between sender and recipient"),
        RelationshipEnds.Requester => Say.Of("osapuolena pyytäjän organisaatio", "med den begärandes organisation som part", "with the asker's organisation as a party"),
        RelationshipEnds.Recipient => Say.Of("osapuolena vastaanottajan organisaatio", "med mottagarens organisation som part", "with the recipient's organisation as a party"),
        RelationshipEnds.Source => Say.Of("osapuolena luovuttajan organisaatio", "med den utlämnande organisationen som part", "with the source's organisation as a party"),
        RelationshipEnds.RequesterProfessional => Say.Of("nimettynä pyytävä ammattilainen", "där den begärande yrkespersonen nämns", "that names the asking professional"),
        _ => Say.Of("johon molemmat on kirjattu", "där båda är antecknade", "in which both are recorded"),
    };

    private static LocalisedText Statement(StatementBy by) => by switch
    {
        StatementBy.System => Say.Of("tarkistuksen tekeväksi rekisteröidyn järjestelmän vahvistus", "bekräftelse av ett system som registrerats för att kontrollera det", "the word of a system registered as able to check it"),
        StatementBy.NamedProfessional => Say.Of("nimetyn ammattilaisen kirjattu vakuutus", "en namngiven yrkespersons antecknade försäkran", "a recorded statement of a named professional"),
        _ => Say.Of("pyytäjän kirjallinen ilmoitus kutsussa", "den begärandes skriftliga uppgift i anropet", "the asker's written statement in the call"),
    };

    internal static LocalisedText Channel(Channel channel) => channel switch
    {
        Requests.Channel.StandingApi => Say.Of("pysyvä rajapinta", "stadigvarande gränssnitt", "standing interface"),
        Requests.Channel.SingleView => Say.Of("yksittäinen katselu", "enskild visning", "single view"),
        Requests.Channel.SingleMessage => Say.Of("yksittäinen viesti", "enskilt meddelande", "single message"),
        _ => Say.Of("asiakkaan mukana", "med klienten", "handed over with the client"),
    };

    private static LocalisedText Way(Direction direction) => direction switch
    {
        Direction.Read => Say.Of("luettaessa", "vid läsning", "when reading"),
        Direction.Write => Say.Of("kirjattaessa", "vid anteckning", "when writing"),
        _ => Say.Of("ilmoitettaessa", "vid meddelande", "when notifying"),
    };
}
