// The words of the sign-in pages in three languages.
using Microsoft.Net.Http.Headers;
using Sisote.Doors.Tokens;

namespace Sisote.Identity.SignIn;

/// <summary>All texts of one language.</summary>
internal sealed record SignInTexts
{
    internal required string Language { get; init; }

    internal required string Title { get; init; }

    internal required string Notice { get; init; }

    internal required string Lead { get; init; }

    internal required string Expired { get; init; }

    internal required string Languages { get; init; }

    internal required string NoPeopleTitle { get; init; }

    internal required string NoPeople { get; init; }

    internal required string NoPeopleOperator { get; init; }

    internal required string FaultTitle { get; init; }

    internal required string Fault { get; init; }

    internal required string FaultCode { get; init; }

    internal required string ToPortal { get; init; }

    internal required Func<PersonKind, string> Group { get; init; }

    internal static IReadOnlyList<SignInTexts> All { get; } = [Finnish(), Swedish(), English()];

    /// <summary>The first supported language of <c>ui_locales</c>, else of Accept-Language, else Finnish.</summary>
    internal static SignInTexts For(HttpRequest request, string? uiLocales)
    {
        var asked = (uiLocales ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var accepted = request.GetTypedHeaders().AcceptLanguage
            .Where(static language => language.Quality is not 0)
            .OrderByDescending(static language => language, StringWithQualityHeaderValueComparer.QualityComparer)
            .Select(static language => language.Value.ToString());
        return asked.Concat(accepted)
            .Select(static tag => All.FirstOrDefault(texts => tag.Split('-')[0].Equals(texts.Language, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(static texts => texts is not null) ?? All[0];
    }

    private static SignInTexts Finnish() => new()
    {
        Language = "fi",
        Title = "Kirjaudu esittelyyn",
        Notice = "Tämä on Sisoten esittely. Kaikki henkilöt ja tiedot ovat keksittyjä. Salasanaa ei kysytä, eikä henkilöllisyyttä tarkisteta.",
        Lead = "Valitse, kenenä kirjaudut.",
        Expired = "Sivu ehti vanhentua. Valitse henkilö uudelleen.",
        Languages = "Kieli",
        NoPeopleTitle = "Täällä ei voi kirjautua",
        NoPeople = "Tämä palvelin tunnistaa vain järjestelmiä. Ihmiset kirjautuvat vahvan tunnistautumisen palvelussa, jota tähän asennukseen ei ole liitetty. Ota yhteyttä palvelun ylläpitoon.",
        NoPeopleOperator = "Ylläpidolle: anna asetuksessa Sisote:Issuer sen OpenID Connect -palvelun osoite, joka tunnistaa ihmiset vahvasti.",
        FaultTitle = "Kirjautuminen ei onnistunut",
        Fault = "Kirjautumispyynnössä oli virhe. Palaa palveluun, josta tulit, ja aloita kirjautuminen uudelleen.",
        FaultCode = "Virhekoodi",
        ToPortal = "Siirry Sisoten etusivulle",
        Group = static kind => kind switch
        {
            PersonKind.Client => "Asiakkaat",
            PersonKind.Professional => "Ammattilaiset",
            PersonKind.DataProtectionOfficer => "Tietosuojavastaavat",
            PersonKind.ControllerAdmin => "Rekisterinpitäjän edustajat",
            PersonKind.Auditor => "Tarkastajat",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        },
    };

    private static SignInTexts Swedish() => new()
    {
        Language = "sv",
        Title = "Logga in i demonstrationen",
        Notice = "Det här är en demonstration av Sisote. Alla personer och uppgifter är påhittade. Inget lösenord behövs och ingen identitet kontrolleras.",
        Lead = "Välj vem du loggar in som.",
        Expired = "Sidan hann bli för gammal. Välj personen på nytt.",
        Languages = "Språk",
        NoPeopleTitle = "Här kan du inte logga in",
        NoPeople = "Den här servern identifierar bara system. Människor loggar in i en tjänst för stark autentisering, och ingen sådan är ansluten till den här installationen. Kontakta den som driver tjänsten.",
        NoPeopleOperator = "För driften: ange i inställningen Sisote:Issuer adressen till den OpenID Connect-tjänst som identifierar människor starkt.",
        FaultTitle = "Inloggningen lyckades inte",
        Fault = "Det fanns ett fel i inloggningsbegäran. Gå tillbaka till tjänsten som du kom från och börja om med inloggningen.",
        FaultCode = "Felkod",
        ToPortal = "Gå till Sisotes startsida",
        Group = static kind => kind switch
        {
            PersonKind.Client => "Klienter",
            PersonKind.Professional => "Yrkespersoner",
            PersonKind.DataProtectionOfficer => "Dataskyddsombud",
            PersonKind.ControllerAdmin => "Företrädare för den personuppgiftsansvarige",
            PersonKind.Auditor => "Granskare",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        },
    };

    private static SignInTexts English() => new()
    {
        Language = "en",
        Title = "Sign in to the demonstration",
        Notice = "This is a demonstration of Sisote. All people and data are invented. No password is asked for and nobody's identity is checked.",
        Lead = "Choose who you sign in as.",
        Expired = "The page had become too old. Choose the person again.",
        Languages = "Language",
        NoPeopleTitle = "You cannot sign in here",
        NoPeople = "This server identifies systems only. People sign in at a service with strong identification, and none is connected to this installation. Please contact those who run the service.",
        NoPeopleOperator = "For the operator: set Sisote:Issuer to the address of an OpenID Connect service that identifies people strongly.",
        FaultTitle = "Signing in did not succeed",
        Fault = "There was an error in the sign-in request. Go back to the service that you came from and start signing in again.",
        FaultCode = "Error code",
        ToPortal = "Go to the start page of Sisote",
        Group = static kind => kind switch
        {
            PersonKind.Client => "Clients",
            PersonKind.Professional => "Professionals",
            PersonKind.DataProtectionOfficer => "Data protection officers",
            PersonKind.ControllerAdmin => "Representatives of the controller",
            PersonKind.Auditor => "Auditors",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        },
    };
}
