// Words for what a yes hangs on and for who decides on a release.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Requests;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal static class VerdictTexts
{
    /// <summary>"if the consent and all conditions below are in place"; null = the yes hangs on nothing.</summary>
    internal static LocalisedText? If(Way way, LegalCatalogue catalogue) => (Agreed(way, catalogue), Met(way.Needs.Count)) switch
    {
        (null, null) => null,
        (null, { } met) => Say.Of($"jos {met.Fi}", $"om {met.Sv}", $"if {met.En} {Verb(way.Needs.Count)} in place"),
        ({ } agreed, null) => Say.Of($"jos {agreed.Fi} on annettu", $"om {agreed.Sv} har getts", $"if {agreed.En} {Verb(way.Rule.Consents.Length)} in place"),
        ({ } agreed, { } met) => Say.Of($"jos {agreed.Fi} on annettu ja {met.Fi}", $"om {agreed.Sv} har getts och {met.Sv}", $"if {agreed.En} and {met.En} are in place"),
    };

    private static string Verb(int things) => things == 1 ? "is" : "are";

    /// <summary>Who decides on a single release.</summary>
    internal static LocalisedText Decider(Way way) => way switch
    {
        { IsOnlyConfirmed: true } => Say.Of(
            "nimetty henkilö luovuttajan organisaatiossa, joka vain toteaa, että edellytykset täyttyvät",
            "en namngiven person i utlämnarens organisation, som bara konstaterar att villkoren är uppfyllda",
            "a named person in the giver's organisation, who only finds that the conditions hold"),
        { Needs.AreDecided: true } => Say.Of("nimetty henkilö luovuttajan organisaatiossa", "en namngiven person i utlämnarens organisation", "a named person in the giver's organisation"),
        { Rule.Direction: not Direction.Read, Needs.IsByNamedProfessional: true } => Say.Of(
            "luovuttajan nimetty ammattilainen, joka lähettää tiedot", "utlämnarens namngivna yrkesperson, som sänder uppgifterna", "the giver's named professional, who sends the data"),
        { Rule.Direction: not Direction.Read } => Say.Of(
            "luovuttaja lähettäessään tiedot; muuta päätöstä ei tehdä", "utlämnaren när den sänder uppgifterna; något annat beslut fattas inte", "the giver by sending the data; no other decision is made"),
        { Needs.Count: 0, Rule.Consents.IsEmpty: true } => Say.Of("ei kukaan tapaus kerrallaan", "ingen från fall till fall", "nobody case by case"),
        _ => Say.Of(
            "ei kukaan tapaus kerrallaan; tiedot annetaan, kun edellytykset on osoitettu",
            "ingen från fall till fall; uppgifterna lämnas när villkoren har visats vara uppfyllda",
            "nobody case by case; the data go when the conditions are shown to hold"),
    };

    /// <summary>The consents or permissions that must be there; one that is merely not forbidden is none.</summary>
    private static LocalisedText? Agreed(Way way, LegalCatalogue catalogue)
    {
        var asked = way.Rule.Consents.Where(static consent => !consent.Objectable).ToArray();
        return asked switch
        {
            [] => null,
            [var only] when ConsentWords.IsPermission(catalogue.ConsentForms[only.Form], catalogue) => Say.Of("luovutuslupa", "tillståndet", "the release permission"),
            [_] => Say.Of("suostumus", "samtycket", "the consent"),
            _ => Say.Of("suostumukset", "samtyckena", "the consents"),
        };
    }

    private static LocalisedText? Met(int conditions) => conditions switch
    {
        0 => null,
        1 => Say.Of("alla oleva edellytys täyttyy", "villkoret nedan är uppfyllt", "the condition below"),
        _ => Say.Of("kaikki alla olevat edellytykset täyttyvät", "alla villkor nedan är uppfyllda", "all conditions below"),
    };
}
