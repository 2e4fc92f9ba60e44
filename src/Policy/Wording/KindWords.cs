// Words for the kinds of relationships, agreements, schools, documents and bodies that the catalogue names by code.
using Sisote.Policy.Catalogues;

namespace Sisote.Policy.Wording;

/// <summary>Kinds are codes between systems; a kind without a word of its own is shown as it is.</summary>
internal static class KindWords
{
    private static readonly Dictionary<string, LocalisedText> Words = new(StringComparer.Ordinal)
    {
        ["referral"] = Say.Of("lähete", "remiss", "referral"),
        ["care"] = Say.Of("hoitosuhde", "vårdrelation", "care relation"),
        ["enrolment"] = Say.Of("kirjoillaolo", "inskrivning", "enrolment"),
        ["team"] = Say.Of("ryhmä", "grupp", "team"),
        ["case"] = Say.Of("opiskeluhuollon asia", "elevhälsoärende", "student-welfare case"),
        ["teaching"] = Say.Of("opetus", "undervisning", "teaching"),
        ["human-release"] = Say.Of("luovutuspäätös", "beslut om utlämnande", "decision to release"),
        ["studies-interrupted"] = Say.Of("opintojen keskeyttäminen", "avbrutna studier", "interrupted studies"),
        ["deemed-resigned"] = Say.Of("eronneeksi katsominen", "den studerande anses ha avgått", "deemed resigned"),
        ["without-studies"] = Say.Of("opintoja suorittamatta", "utan studier", "without studies"),
        ["no-study-place"] = Say.Of("ei opiskelupaikkaa", "ingen studieplats", "no study place"),
        ["service-discharge"] = Say.Of("palveluksesta vapautuminen tai sen keskeyttäminen", "befrielse från eller avbrott i tjänstgöringen", "discharge from military or civil service"),
        ["provider-change"] = Say.Of("koulutuksen järjestäjän vaihtuminen", "byte av utbildningsanordnare", "change of education provider"),
        ["information-request"] = Say.Of("tietopyyntö", "begäran om uppgifter", "request for information"),
        ["labour-market-training"] = Say.Of("työvoimakoulutus", "arbetskraftsutbildning", "labour-market training"),
        ["multi-sector-employment"] = Say.Of("monialaisen tuen asiakkuus", "klientrelation inom sektorsövergripande stöd", "multi-sector support"),
        ["benefit-matter"] = Say.Of("etuusasia", "förmånsärende", "benefit matter"),
        ["rehabilitation"] = Say.Of("kuntoutus", "rehabilitering", "rehabilitation"),
        ["released-to-client"] = Say.Of("vapautettu asiakkaan nähtäväksi", "frigjort för klienten", "released to the client"),
        ["on-behalf"] = Say.Of("sopimus toimimisesta rekisterinpitäjän lukuun", "avtal om att handla för den personuppgiftsansvarigas räkning", "contract to act on behalf of the controller"),
        ["cooperation"] = Say.Of("yhteistyösopimus", "samarbetsavtal", "co-operation agreement"),
        ["director-instructions"] = Say.Of("johtajan kirjalliset ohjeet", "chefens skriftliga anvisningar", "the director's written instructions"),
        ["service-contract"] = Say.Of("palvelusopimus", "serviceavtal", "service contract"),
        ["basic"] = Say.Of("perusopetus", "grundläggande utbildning", "basic education"),
        ["upper-secondary"] = Say.Of("lukio", "gymnasium", "upper secondary"),
        ["vocational"] = Say.Of("ammatillinen koulutus", "yrkesutbildning", "vocational"),
        ["tuva"] = Say.Of("tutkintokoulutukseen valmentava koulutus", "utbildning som handleder för examensutbildning", "preparatory education"),
        ["PSY"] = Say.Of("psykiatria", "psykiatri", "psychiatry"),
        ["PSYTHPN"] = Say.Of("psykologi ja psykoterapia", "psykologi och psykoterapi", "psychology and psychotherapy"),
        ["MH"] = Say.Of("mielenterveys", "psykisk hälsa", "mental health"),
        ["SUD"] = Say.Of("päihdehoito", "missbrukarvård", "addiction care"),
        ["ETHUD"] = Say.Of("alkoholiongelman hoito", "vård av alkoholproblem", "care of alcohol problems"),
        ["SEX"] = Say.Of("seksuaaliterapia", "sexualterapi", "sex therapy"),
        ["GDIS"] = Say.Of("perinnöllisyyslääketiede", "klinisk genetik", "clinical genetics"),
        ["V"] = Say.Of("erityisen rajattu", "särskilt begränsad", "very restricted"),
        ["therapeutic-work"] = Say.Of("terapiatyö", "terapeutiskt arbete", "therapeutic work"),
        ["family-mediation"] = Say.Of("perheasioiden sovittelu", "familjemedling", "family mediation"),
        ["shelter-service"] = Say.Of("turvakotipalvelu", "skyddshem", "shelter service"),
        ["ohjaus-ja-palveluverkosto"] = Say.Of("nuorten ohjaus- ja palveluverkosto", "nätverk för vägledning och tjänster för unga", "guidance and service network for young people"),
        ["alueellinen-yhteistyoryhma"] = Say.Of("opiskeluhuollon alueellinen yhteistyöryhmä", "regional samarbetsgrupp för elevhälsan", "regional co-operation group of student welfare"),
        ["liikuntaneuvosto"] = Say.Of("liikuntaneuvosto", "idrottsråd", "sports council"),
        ["alliance-board"] = Say.Of("allianssin johtoryhmä", "alliansens ledningsgrupp", "board of an alliance"),
    };

    internal static LocalisedText Of(string kind) => Words.TryGetValue(kind, out var word) ? word : Say.Of(kind, kind, kind);
}
