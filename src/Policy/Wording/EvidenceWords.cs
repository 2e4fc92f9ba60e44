// Says in plain words what may show that a condition holds.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Wording;

/// <summary>Where a direction is known, the one who starts is named: the receiver of a read, the giver of anything else.</summary>
internal static class EvidenceWords
{
    /// <summary>One source of evidence as part of a sentence, for no rule in particular.</summary>
    internal static string Describe(EvidenceSource source, NameBook names, string language)
    {
        var plain = Words(source, names, null, null).In(language);
        return source.Directions.IsEmpty ? plain : $"{plain} ({Say.Or(source.Directions.Select(direction => Way(direction).In(language)), language)})";
    }

    /// <summary>One source of evidence under a rule.</summary>
    internal static string Describe(EvidenceSource source, NameBook names, DisclosureRule rule, string language) => Words(source, names, rule.Direction, rule.Id).In(language);

    /// <summary>Whether the condition already says all that the evidence could say.</summary>
    internal static bool IsPlain(EvidenceSource source) => source is EvidenceSource.Age or EvidenceSource.CompulsoryEducation or EvidenceSource.SchoolForm
        or EvidenceSource.CapacityRecorded or EvidenceSource.ConsentCovers or EvidenceSource.ByChannel;

    private static LocalisedText Words(EvidenceSource source, NameBook names, Direction? direction, RuleId? rule) => source switch
    {
        EvidenceSource.RecordedRelationship recorded => RecordWords.Describe(recorded, direction),
        EvidenceSource.RecordedDecision => Say.Of(
            "luovuttajan nimetyn ammattilaisen kirjaama päätös juuri tästä luovutuksesta",
            "ett beslut om just detta utlämnande, antecknat av en namngiven yrkesperson hos utlämnaren",
            "a decision on this very release, recorded by the giver's named professional"),
        EvidenceSource.InForceAgreement agreement => Agreement(agreement, rule),
        EvidenceSource.Statement statement => Statement(statement.By, direction),
        EvidenceSource.ByChannel channel => Say.InEach(language =>
            $"{Say.Of("kanava", "kanalen", "the channel").In(language)}: {Say.Or(channel.Channels.Select(one => Channel(one).In(language)), language)}"),
        EvidenceSource.Age { Below: true } age => Say.Of($"asiakkaan ikä: alle {age.Years} vuotta", $"klientens ålder: under {age.Years} år", $"the client's age: under {age.Years} years"),
        EvidenceSource.Age age => Say.Of($"asiakkaan ikä: vähintään {age.Years} vuotta", $"klientens ålder: minst {age.Years} år", $"the client's age: at least {age.Years} years"),
        EvidenceSource.CompulsoryEducation { Continues: true } => Say.Of("tieto siitä, että oppivelvollisuus jatkuu", "uppgiften att läroplikten fortgår", "the fact that compulsory education continues"),
        EvidenceSource.CompulsoryEducation => Say.Of("tieto siitä, että oppivelvollisuus on päättynyt", "uppgiften att läroplikten har upphört", "the fact that compulsory education has ended"),
        EvidenceSource.SchoolForm school => Say.InEach(language => $"{Say.Of("tieto koulumuodosta", "uppgiften om skolform", "the school form on record").In(language)} ({Say.Or(school.Forms.Select(form => KindWords.Of(form).In(language)), language)})"),
        _ => Derived(source, names, direction),
    };

    private static LocalisedText Derived(EvidenceSource source, NameBook names, Direction? direction) => source switch
    {
        EvidenceSource.CapacityRecorded => Say.Of(
            "täysi-ikäisyys tai ammattihenkilön kirjaus siitä, kuka alaikäisen puolesta päättää",
            "myndighetsåldern eller en yrkespersons anteckning om vem som beslutar för den minderåriga",
            "full age, or a professional's record of who decides for the minor"),
        EvidenceSource.ConsentCovers covers => Say.Of(
            $"suostumus, joka kattaa myös tämän: {names.Item(covers.Item, "fi")}",
            $"ett samtycke som också omfattar detta: {names.Item(covers.Item, "sv")}",
            $"a consent that also covers this: {names.Item(covers.Item, "en")}"),
        EvidenceSource.ConsentFound => Say.Of("säännön vaatima suostumus tai luovutuslupa on tallessa", "det samtycke eller tillstånd som regeln kräver finns registrerat", "the consent or permission that the rule asks for is on record"),
        EvidenceSource.ConsentNotAsked => Say.Of("sääntö ei vaadi suostumusta", "regeln kräver inget samtycke", "the rule asks for no consent"),
        EvidenceSource.MaskApplied => Say.Of("Sisote poistaa tiedot itse", "Sisote tar själv bort uppgifterna", "Sisote itself removes the data"),
        EvidenceSource.NotCarried absent => Say.Of(
            $"sääntö ei koske tätä tietoa: {names.Item(absent.Item, "fi")}",
            $"regeln omfattar inte denna uppgift: {names.Item(absent.Item, "sv")}",
            $"the rule does not carry this item: {names.Item(absent.Item, "en")}"),
        EvidenceSource.SameOrganisation => Say.Of("luovuttaja ja vastaanottaja ovat samaa organisaatiota", "utlämnaren och mottagaren hör till samma organisation", "giver and receiver are of one organisation"),
        EvidenceSource.InsideRoleScope => Say.Of("roolille järjestelmässä määritellyt käyttöoikeudet", "den behörighet som fastställts för rollen i systemet", "the access rights set for the role in the system"),
        _ => Starter(direction) is { } starter
            ? Say.Of($"{starter.Fi} {Where(direction).Fi} nimetty ammattilainen", $"{starter.Sv} yrkesperson, namngiven {Where(direction).Sv}", $"{starter.En} professional, named {Where(direction).En}")
            : Say.Of("sähköisessä pyynnössä nimetty ammattilainen", "en yrkesperson som är namngiven i den elektroniska begäran", "a professional named in the electronic request"),
    };

    private static LocalisedText Agreement(EvidenceSource.InForceAgreement agreement, RuleId? rule)
    {
        var (kind, code) = (KindWords.Of(agreement.Kind), rule is { } id ? $" ({id})" : string.Empty);
        return Say.Of(
            $"Sisotessa tähän sääntöön{code} liitetty voimassa oleva sopimus: {kind.Fi}",
            $"ett gällande avtal som i Sisote är knutet till den här regeln{code}: {kind.Sv}",
            $"an agreement in force, on record for this flow{code}: {kind.En}");
    }

    private static LocalisedText Statement(StatementBy by, Direction? direction) => (by, Starter(direction)) switch
    {
        (StatementBy.System, _) => Say.Of("vahvistus järjestelmästä, joka on rekisteröity tekemään tarkistuksen", "bekräftelse från ett system som är registrerat för kontrollen", "confirmation from a system registered for this check"),
        (StatementBy.NamedProfessional, { } starter) => Say.Of($"{starter.Fi} nimetyn ammattilaisen kirjattu vakuutus", $"en antecknad försäkran av {starter.Sv} namngivna yrkesperson", $"a recorded statement of {starter.En} named professional"),
        (StatementBy.NamedProfessional, null) => Say.Of("nimetyn ammattilaisen kirjattu vakuutus", "en namngiven yrkespersons antecknade försäkran", "a recorded statement of a named professional"),
        (_, { } starter) => Say.Of($"{starter.Fi} kirjallinen ilmoitus {Where(direction).Fi}", $"{starter.Sv} skriftliga uppgift {Where(direction).Sv}", $"{starter.En} written statement {Where(direction).En}"),
        _ => Say.Of("sähköisen pyynnön tekijän kirjallinen ilmoitus", "en skriftlig uppgift av den som gör den elektroniska begäran", "a written statement of whoever makes the electronic request"),
    };

    /// <summary>Who makes the request, in the genitive; null where the direction is not known.</summary>
    internal static LocalisedText? Starter(Direction? direction) => direction switch
    {
        null => null,
        Direction.Read => Say.Of("vastaanottajan", "mottagarens", "the receiver's"),
        _ => Say.Of("luovuttajan", "utlämnarens", "the giver's"),
    };

    /// <summary>A read begins with a request, anything else is a message.</summary>
    private static LocalisedText Where(Direction? direction) => direction == Direction.Read
        ? Say.Of("sähköisessä pyynnössä", "i den elektroniska begäran", "in the electronic request")
        : Say.Of("sähköisessä viestissä", "i det elektroniska meddelandet", "in the electronic message");

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
        Direction.Write => Say.Of("toimitettaessa", "vid överföring", "when delivering"),
        _ => Say.Of("ilmoitettaessa", "vid meddelande", "when notifying"),
    };
}
