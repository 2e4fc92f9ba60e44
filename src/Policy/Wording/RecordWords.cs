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
        ["teaching"] = Say.Of("tieto opettamisesta", "undervisning", "record of teaching"),
        ["enrolment"] = Say.Of("tieto kirjoilla olosta", "inskrivning", "record of enrolment"),
        ["studies-interrupted"] = Say.Of("tieto opintojen keskeyttämisestä", "avbrutna studier", "record of interrupted studies"),
        ["deemed-resigned"] = Say.Of("tieto eronneeksi katsomisesta", "avgång ur utbildningen", "record of deemed resignation"),
        ["without-studies"] = Say.Of("tieto siitä, ettei opintoja suoriteta,", "avsaknad av studier", "record of the lack of studies"),
        ["no-study-place"] = Say.Of("tieto opiskelupaikan puuttumisesta", "avsaknad av studieplats", "record of the lack of a study place"),
        ["service-discharge"] = Say.Of("tieto palveluksesta vapautumisesta tai sen keskeyttämisestä", "befrielse från eller avbrott i tjänstgöringen", "record of discharge from or interruption of service"),
        ["provider-change"] = Say.Of("tieto järjestäjän vaihtumisesta", "byte av utbildningsanordnare", "record of the change of education provider"),
        ["labour-market-training"] = Say.Of("tieto työvoimakoulutuksesta", "arbetskraftsutbildning", "record of labour-market training"),
        ["released-to-client"] = Say.Of("tieto ilmoituksen vapauttamisesta asiakkaan nähtäväksi", "frigörande av anmälan för klienten", "record of the release to the client's view"),
    };

    /// <summary>A record with whom it joins. For example "referral on record, in force, between the giver and the receiver".</summary>
    internal static LocalisedText Describe(EvidenceSource.RecordedRelationship recorded, Direction? direction)
    {
        var ends = Ends(recorded.Between, direction);
        var grace = recorded.GraceDays == 0
            ? Say.Of(string.Empty, string.Empty, string.Empty)
            : Say.Of($", tai enintään {recorded.GraceDays} päivää sen päättymisestä", $", eller högst {recorded.GraceDays} dagar efter att den upphört", $", or at most {recorded.GraceDays} days after its end");
        return Say.Of(
            $"voimassa oleva kirjattu {Names("fi")}{ends.Fi}{grace.Fi}",
            $"gällande registrering: {Names("sv")}{ends.Sv}{grace.Sv}",
            $"{Names("en")}{(IsEntry(recorded) ? string.Empty : " on record")}, in force,{ends.En}{grace.En}");

        string Names(string language) => Say.Or(recorded.Kinds.Select(kind => (IsEntry(recorded) ? Entries[kind] : KindWords.Of(kind)).In(language)), language);
    }

    private static bool IsEntry(EvidenceSource.RecordedRelationship recorded) => recorded.Kinds is [var kind] && Entries.ContainsKey(kind);

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
