// A traced item in sentences.
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;

namespace Sisote.Consent.Review.Tracing;

/// <summary>Says why an item went or stayed: the reason, the rule's own words, the statutes. What the kept texts do not hold stands under its code.</summary>
internal static class TraceWords
{
    /// <summary>The sentences.</summary>
    public static LocalisedText Of(TracedItem item) => new() { Fi = In(item, "fi"), Sv = In(item, "sv"), En = In(item, "en") };

    private static string In(TracedItem item, string language)
    {
        var sentences = new List<string> { item.Entry.Released ? Say(language, "Tieto annettiin.", "Uppgiften lämnades ut.", "The item was given.") : item.Entry.Reason is { } reason ? ReasonOf(reason).In(language) : Say(language, "Tieto jäi.", "Uppgiften stannade.", "The item stayed.") };
        if (item.Entry.Rule is { } rule)
        {
            sentences.Add($"{(item.Entry.Released ? Say(language, "Sääntö", "Regel", "Rule") : Say(language, "Lähin sääntö", "Närmaste regel", "Nearest rule"))} {rule}: {Plain(item.Rule?.Text, language)}");
        }

        if (item.Entry.Prohibition is { } never)
        {
            sentences.Add($"{Say(language, "Kielto", "Förbud", "Prohibition")} {never}: {Plain(item.Prohibition?.Text, language)}");
        }

        if (item.Entry.MissingCondition is { } missing)
        {
            var name = item.Conditions.FirstOrDefault(text => text.Id == missing.Value)?.Text.In(language) ?? missing.Value;
            sentences.Add($"{Say(language, "Täyttymätön ehto", "Villkor som inte uppfylldes", "Condition that did not hold")}: {name}.");
        }

        sentences.AddRange(item.Entry.Basis.Select(basis => $"{basis.Statute} {basis.Section}: {Plain(ParaphraseOf(item, basis), language)}"));
        if (!item.Entry.Consents.IsEmpty)
        {
            sentences.Add($"{Say(language, "Suostumus", "Samtycke", "Consent")}: {string.Join(", ", item.Entry.Consents.Select(static consent => $"{consent.Id} ({consent.Form}, {consent.Version})"))}.");
        }

        return string.Join(' ', sentences);
    }

    private static LocalisedText? ParaphraseOf(TracedItem item, LegalBasisCitation basis) =>
        item.Rule?.LegalBasis.FirstOrDefault(text => text.Statute == basis.Statute && text.Section == basis.Section)?.Paraphrase;

    private static string Plain(LocalisedText? text, string language) => (text?.In(language).TrimEnd('.') ?? "-") + ".";

    private static string Say(string language, string fi, string sv, string en) => language switch { "sv" => sv, "en" => en, _ => fi };

    private static LocalisedText ReasonOf(ReasonClass reason) => reason switch
    {
        ReasonClass.NoRule => Text("Tieto jäi: mikään sääntö ei salli sitä.", "Uppgiften stannade: ingen regel tillåter den.", "The item stayed: no rule permits it."),
        ReasonClass.NoConsent => Text("Tieto jäi: suostumusta ei ollut.", "Uppgiften stannade: det fanns inget samtycke.", "The item stayed: there was no consent."),
        ReasonClass.Withdrawn => Text("Tieto jäi: suostumus oli peruttu.", "Uppgiften stannade: samtycket var återkallat.", "The item stayed: the consent was withdrawn."),
        ReasonClass.Expired => Text("Tieto jäi: suostumuksen aika oli päättynyt.", "Uppgiften stannade: samtyckets tid hade gått ut.", "The item stayed: the consent had ended."),
        ReasonClass.WrongForm => Text("Tieto jäi: suostumus oli väärää lajia.", "Uppgiften stannade: samtycket var av fel slag.", "The item stayed: the consent was of another form."),
        ReasonClass.WrongRecipient => Text("Tieto jäi: suostumus koski toista vastaanottajaa.", "Uppgiften stannade: samtycket gällde en annan mottagare.", "The item stayed: the consent named another recipient."),
        ReasonClass.WrongPurpose => Text("Tieto jäi: käyttötarkoitus oli toinen.", "Uppgiften stannade: ändamålet var ett annat.", "The item stayed: the purpose was another."),
        ReasonClass.ConditionMissing => Text("Tieto jäi: säännön ehto ei täyttynyt.", "Uppgiften stannade: ett villkor i regeln uppfylldes inte.", "The item stayed: a condition of the rule did not hold."),
        ReasonClass.Prohibition => Text("Tieto jäi: asiakas oli kieltänyt luovutuksen.", "Uppgiften stannade: klienten hade förbjudit utlämnandet.", "The item stayed: the client had forbidden it."),
        ReasonClass.NeverRule => Text("Tieto jäi: säännöstö kieltää sen aina.", "Uppgiften stannade: regelverket förbjuder den alltid.", "The item stayed: the catalogue never allows it."),
        ReasonClass.NotYetValid => Text("Tieto jäi: sääntö tai suostumus ei ollut vielä voimassa.", "Uppgiften stannade: regeln eller samtycket gällde inte än.", "The item stayed: the rule or the consent was not yet in force."),
        ReasonClass.NoLongerValid => Text("Tieto jäi: sääntö ei ollut enää voimassa.", "Uppgiften stannade: regeln gällde inte längre.", "The item stayed: the rule was no longer in force."),
        ReasonClass.WrongDirection => Text("Tieto jäi: sääntö sallii sen vain toiseen suuntaan.", "Uppgiften stannade: regeln tillåter den bara åt andra hållet.", "The item stayed: the rule permits it the other way only."),
        ReasonClass.Guardian => Text("Tieto jäi: huoltajan oikeus ei riittänyt, tai oikea suostumuksen antaja puuttui.", "Uppgiften stannade: vårdnadshavarens rätt räckte inte, eller rätt person att ge samtycke saknades.", "The item stayed: the guardian's right was not enough, or the right giver of the consent was missing."),
        ReasonClass.SafetyProhibition => Text("Tieto jäi: turvakielto.", "Uppgiften stannade: spärrmarkering.", "The item stayed: non-disclosure for personal safety."),
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private static LocalisedText Text(string fi, string sv, string en) => new() { Fi = fi, Sv = sv, En = en };
}
