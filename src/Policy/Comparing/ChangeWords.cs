// The fixed words of a comparison, in the three languages of the product.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Comparing;

internal static class ChangeWords
{
    internal static readonly (string Tongue, LocalisedText Name)[] Languages =
    [
        ("fi", Say.Of("suomeksi", "på finska", "in Finnish")),
        ("sv", Say.Of("ruotsiksi", "på svenska", "in Swedish")),
        ("en", Say.Of("englanniksi", "på engelska", "in English")),
    ];

    internal static string Value(string subject, LocalisedText what, string before, string after, string language) =>
        $"{subject}, {what.In(language)}: " + (before.Length == 0
            ? Say.Of($"nyt ”{after}” (ennen ei ollut)", $"nu ”{after}” (saknades tidigare)", $"now \"{after}\" (there was none before)")
            : after.Length == 0
                ? Say.Of($"poistettu (ennen ”{before}”)", $"borttaget (tidigare ”{before}”)", $"taken out (before: \"{before}\")")
                : Say.Of($"nyt ”{after}” (ennen ”{before}”)", $"nu ”{after}” (tidigare ”{before}”)", $"now \"{after}\" (before: \"{before}\")")).In(language) + ".";

    internal static string Gained(string subject, LocalisedText what, IEnumerable<string> gained, string language) =>
        $"{subject}, {what.In(language)}: {Say.Of("lisätty", "har lagts till", "added").In(language)} {string.Join(", ", gained)}.";

    internal static string Lost(string subject, LocalisedText what, IEnumerable<string> lost, string language) =>
        $"{subject}, {what.In(language)}: {Say.Of("poistettu", "har tagits bort", "taken out").In(language)} {string.Join(", ", lost)}.";

    /// <summary>A value as a reader of sentences knows it: what the program counts as one of a few is said in words, codes of the catalogue stay codes.</summary>
    internal static string Shown(object? value, string language) => value switch
    {
        true => Say.Of("kyllä", "ja", "yes").In(language),
        false => Say.Of("ei", "nej", "no").In(language),
        BarGround ground => Shown(ground).In(language),
        MinorsDecider decider => Shown(decider).In(language),
        _ => $"{value}",
    };

    private static LocalisedText Shown(BarGround ground) => ground switch
    {
        BarGround.MinorAble => Say.Of("alaikäinen pystyy päättämään asiasta; syytä ei kysytä", "den minderåriga kan besluta i saken; inget skäl frågas", "the minor is able to decide; no reason is asked"),
        BarGround.WeightyReason => Say.Of("painava syy, jonka ammattilainen on arvioinut", "ett vägande skäl som en yrkesperson har bedömt", "a weighty reason that a professional assessed"),
        BarGround.WeightyReasonNotAgainstInterest => Say.Of(
            "painava syy, eikä kielto ole selvästi alaikäisen edun vastainen",
            "ett vägande skäl, och förbudet strider inte klart mot den minderårigas intresse",
            "a weighty reason, and a bar that is not plainly against the minor's interest"),
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, null),
    };

    private static LocalisedText Shown(MinorsDecider decider) => decider switch
    {
        MinorsDecider.Minor => Say.Of("alaikäinen itse", "den minderåriga själv", "the minor in person"),
        MinorsDecider.MinorIfCapableElseGuardian => Say.Of("alaikäinen, jos päätöskyky on kirjattu, muuten huoltaja", "den minderåriga om beslutsförmågan har antecknats, annars vårdnadshavaren", "the minor where recorded as able to decide, else the guardian"),
        MinorsDecider.MinorAndGuardianUnlessMature => Say.Of("alaikäinen ja huoltaja yhdessä; riittävän kypsä yksin", "den minderåriga och vårdnadshavaren tillsammans; en tillräckligt mogen ensam", "the minor and the guardian together; a mature minor alone"),
        MinorsDecider.MinorOrGuardian => Say.Of("alaikäinen tai huoltaja", "den minderåriga eller vårdnadshavaren", "the minor or the guardian"),
        MinorsDecider.Guardian => Say.Of("huoltaja", "vårdnadshavaren", "the guardian"),
        _ => throw new ArgumentOutOfRangeException(nameof(decider), decider, null),
    };

    internal static LocalisedText Name { get; } = Say.Of("nimi", "namn", "name");

    internal static LocalisedText Title { get; } = Say.Of("otsikko", "rubrik", "title");

    internal static LocalisedText Basis { get; } = Say.Of("oikeusperuste", "rättsgrund", "legal basis");

    internal static LocalisedText BasisText { get; } = Say.Of("oikeusperusteen selitys", "förklaring av rättsgrunden", "what the legal basis says");

    internal static LocalisedText Strength { get; } = Say.Of("luonne (laki vai linjaus)", "karaktär (lag eller riktlinje)", "strength (law or policy)");

    internal static LocalisedText Confidence { get; } = Say.Of("varmuus", "säkerhet", "confidence");

    internal static LocalisedText LawyerCheck { get; } = Say.Of("juristin tarkistettava", "att kontrollera av en jurist", "what a lawyer checks");
}
