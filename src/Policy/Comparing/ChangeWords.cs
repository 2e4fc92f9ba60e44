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

    internal static LocalisedText Name { get; } = Say.Of("nimi", "namn", "name");

    internal static LocalisedText Title { get; } = Say.Of("otsikko", "rubrik", "title");

    internal static LocalisedText Basis { get; } = Say.Of("oikeusperuste", "rättsgrund", "legal basis");

    internal static LocalisedText BasisText { get; } = Say.Of("oikeusperusteen selitys", "förklaring av rättsgrunden", "what the legal basis says");

    internal static LocalisedText Confidence { get; } = Say.Of("varmuus", "säkerhet", "confidence");

    internal static LocalisedText LawyerCheck { get; } = Say.Of("juristin tarkistettava", "att kontrollera av en jurist", "what a lawyer checks");
}
