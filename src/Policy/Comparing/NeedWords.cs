// Says what a door needs.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Comparing;

internal static class NeedWords
{
    /// <summary>What the doors need, as a sentence.</summary>
    internal static string Needs(ImmutableArray<Door> doors, NameBook names, string language) => doors.Any(static door => door.Conditions.IsEmpty && door.Consents.IsEmpty)
        ? Say.Of("Muuta ei vaadita.", "Inget annat krävs.", "Nothing else is needed.").In(language)
        : Say.Of("Vaaditaan", "Krav", "Needed").In(language) + ": "
            + string.Join(Say.Of(" – tai vaihtoehtoisesti: ", " – eller alternativt: ", " - or else: ").In(language), doors.Select(door => Needs(door, names, language))) + ".";

    internal static string Consent(ConsentRequirement consent, NameBook names, string language)
    {
        var form = names.Form(consent.Form, language);
        var plain = consent.Objectable ? Say.Of($"asiakas ei ole kieltänyt ({form})", $"klienten har inte förbjudit ({form})", $"the client has not forbidden it ({form})").In(language) : form;
        var itemised = consent.Itemised ? Say.Of(", tiedot yksilöity", ", med uppgifterna specificerade", ", naming the items").In(language) : string.Empty;
        return plain + itemised + (consent.MinorsContext is { } context
            ? Say.Of(
                $" (alaikäisen päätösvalta: asiayhteys {names.MinorsContext(context, "fi")})",
                $" (en minderårigs beslutanderätt: sammanhang {names.MinorsContext(context, "sv")})",
                $" (a minor's say: context {names.MinorsContext(context, "en")})").In(language)
            : Say.Of(" (vain asiakas itse)", " (bara klienten själv)", " (the client alone)").In(language));
    }

    private static string Needs(Door door, NameBook names, string language) => string.Join(
        "; ",
        door.Consents.OrderBy(static consent => consent.Form.Value, StringComparer.Ordinal).Select(consent => Consent(consent, names, language))
            .Concat(door.Conditions.Select(condition => names.Condition(condition, language))));
}
