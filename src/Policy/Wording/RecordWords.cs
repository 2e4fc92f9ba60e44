// Names the records that show a condition: a referral, a care relation, an entry that studies were interrupted.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Wording;

internal static class RecordWords
{
    /// <summary>Records that are entries about something rather than things with a name of their own.</summary>
    private static readonly Dictionary<string, LocalisedText> Entries = new(StringComparer.Ordinal)
    {
        ["human-release"] = Say.Of("luovutuspäätös", "beslut om utlämnande", "decision to release"),
        ["teaching"] = Say.Of("tieto opettamisesta", "uppgift om undervisningen", "teaching relation"),
        ["enrolment"] = Say.Of("tieto kirjoilla olosta", "uppgift om inskrivning", "enrolment"),
        ["studies-interrupted"] = Say.Of("tieto opintojen keskeyttämisestä", "uppgift om avbrutna studier", "entry of interrupted studies"),
        ["deemed-resigned"] = Say.Of("tieto eronneeksi katsomisesta", "uppgift om att den studerande anses ha avgått", "entry that the student is deemed to have resigned"),
        ["without-studies"] = Say.Of("tieto siitä, ettei opintoja suoriteta", "uppgift om att inga studier bedrivs", "entry that no studies are carried out"),
        ["no-study-place"] = Say.Of("tieto opiskelupaikan puuttumisesta", "uppgift om att studieplats saknas", "entry that there is no study place"),
        ["service-discharge"] = Say.Of("tieto palveluksesta vapautumisesta tai sen keskeyttämisestä", "uppgift om befrielse från eller avbrott i tjänstgöringen", "entry of a discharge from or interruption of service"),
        ["provider-change"] = Say.Of("tieto järjestäjän vaihtumisesta", "uppgift om byte av utbildningsanordnare", "entry of the change of education provider"),
        ["labour-market-training"] = Say.Of("tieto työvoimakoulutuksesta", "uppgift om arbetskraftsutbildning", "entry of labour-market training"),
        ["released-to-client"] = Say.Of("tieto siitä, että ilmoitus on vapautettu asiakkaan nähtäväksi", "uppgift om att anmälan har frigjorts för klienten", "entry that the notification has been released to the client"),
    };

    /// <summary>A record with whom it joins. In Finnish "kirjattu lähete luovuttajan ja vastaanottajan välillä".</summary>
    internal static LocalisedText Describe(EvidenceSource.RecordedRelationship recorded, Direction? direction)
    {
        var ends = Ends(recorded.Between, direction);
        var grace = recorded.GraceDays == 0
            ? Say.Of(string.Empty, string.Empty, string.Empty)
            : Say.Of($", tai enintään {recorded.GraceDays} päivää sen päättymisestä", $", eller högst {recorded.GraceDays} dagar efter att den upphört", $", or at most {recorded.GraceDays} days after its end");
        return Say.Of(
            $"voimassa oleva kirjattu {Names("fi")}{ends.Fi}{grace.Fi}",
            $"gällande registrering: {Names("sv")}{ends.Sv}{grace.Sv}",
            $"{Names("en")} on record, in force,{ends.En}{grace.En}");

        string Names(string language) => Say.Or(recorded.Kinds.Select(kind => Of(kind, recorded.Kinds.Length == 1).In(language)), language);
    }

    private static LocalisedText Of(string kind, bool alone) => alone && Entries.TryGetValue(kind, out var entry) ? entry : KindWords.Of(kind);

    private static LocalisedText Ends(RelationshipEnds ends, Direction? direction) => ends switch
    {
        RelationshipEnds.Organisations => Say.Of(" luovuttajan ja vastaanottajan välillä", " mellan utlämnaren och mottagaren", " between the giver and the receiver"),
        RelationshipEnds.Requester => Party(EvidenceWords.Starter(direction) ?? Say.Of("pyynnön tekijän", "begärans avsändares", "the organisation of whoever makes the request")),
        RelationshipEnds.Recipient => Party(Say.Of("vastaanottajan", "mottagarens", "the receiver's")),
        RelationshipEnds.Source => Party(Say.Of("luovuttajan", "utlämnarens", "the giver's")),
        RelationshipEnds.RequesterProfessional => Say.Of(", jossa pyynnön tehnyt ammattilainen on nimetty", ", där yrkespersonen bakom begäran nämns", " that names the professional behind the request"),
        _ => Say.Of(", johon sekä luovuttaja että vastaanottaja on merkitty", ", där både utlämnaren och mottagaren är antecknade", " in which both the giver and the receiver are recorded"),
    };

    private static LocalisedText Party(LocalisedText whose) => Say.Of(
        $" {whose.Fi} organisaatiossa", $" i {whose.Sv} organisation", whose.En.EndsWith("'s", StringComparison.Ordinal) ? $" in {whose.En} organisation" : $" in {whose.En}");
}
