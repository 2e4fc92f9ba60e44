// The codes of this house, as others can look them up.
using System.Collections.Immutable;
using Sisote.Consent.Consents;
using Sisote.DisclosureLog.Audit;
using Sisote.Policy.Catalogues;

namespace Sisote.Consent.Fhir;

/// <summary>One code with its names.</summary>
/// <param name="Code">The code.</param>
/// <param name="Names">Names for people.</param>
/// <param name="Definition">What it rests on; null = nothing more is said.</param>
internal sealed record PublishedCode(string Code, LocalisedText Names, string? Definition = null);

/// <summary>A code system.</summary>
/// <param name="Id">Logical id, and the end of its address.</param>
/// <param name="Title">What it is for.</param>
/// <param name="Codes">All of its codes.</param>
internal sealed record PublishedSystem(string Id, string Title, ImmutableArray<PublishedCode> Codes)
{
    public string Address => AuditCodes.Codes + Id;

    public string ValueSet => AuditCodes.Codes.Replace("/CodeSystem/", "/ValueSet/", StringComparison.Ordinal) + Id;
}

/// <summary>The code systems that Consents are written in: those of the catalogue in use, and the few words of this room.</summary>
internal sealed class PublishedCodes(LegalCatalogue catalogue)
{
    public string Version => catalogue.Version.Value;

    public ImmutableArray<PublishedSystem> Systems { get; } =
    [
        new("data-item", "Data items: what a consent can name", Sorted(catalogue.Items.Values.Select(static item => new PublishedCode(item.Id.Value, item.Labels, item.Sensitivity)))),
        new("consent-form", "Legal forms of consent and prohibition", Sorted(catalogue.ConsentForms.Values.Select(static form => new PublishedCode(form.Id.Value, form.Labels, form.Statute)))),
        new("purpose", "Purposes of use", Sorted(catalogue.Purposes.Select(static pair => new PublishedCode(pair.Key.Value, pair.Value)))),
        new("sector", "Sectors", Sorted(catalogue.Sectors.Select(static pair => new PublishedCode(pair.Key.Value, pair.Value)))),
        new("role", "Roles of professionals", Sorted(catalogue.Roles.Select(static pair => new PublishedCode(pair.Key.Value, pair.Value.Labels)))),
        new("consent-way", "How a consent was given", Words(Ways)),
        new("consent-giver", "Who gave a consent", Words(Givers)),
        new("consent-end", "How a consent ended", Words(Ends)),
    ];

    private static readonly (string, string, string, string)[] Ways =
    [
        (ConsentWay.SignedIn.ToWord(), "Tunnistautuneena", "Som identifierad", "Signed in"),
        (ConsentWay.Paper.ToWord(), "Allekirjoitettuna paperilla", "Undertecknat på papper", "On a signed paper"),
        (ConsentWay.Oral.ToWord(), "Suullisesti", "Muntligt", "Spoken"),
        (ConsentWay.Assisted.ToWord(), "Ammattilaisen avustamana", "Med hjälp av en yrkesutbildad", "With a professional's help"),
        (ConsentWay.Mirrored.ToWord(), "Toisesta rekisteristä", "Ur ett annat register", "From another register"),
    ];

    private static readonly (string, string, string, string)[] Givers =
    [
        (ConsentGiving.Client, "Asiakas", "Klienten", "The client"),
        ("guardian", "Huoltaja", "Vårdnadshavaren", "A guardian"),
        ("guardians", "Huoltajat yhdessä", "Vårdnadshavarna tillsammans", "The guardians together"),
        ("client-and-guardian", "Asiakas ja huoltaja", "Klienten och vårdnadshavaren", "The client and a guardian"),
        (ConsentGiving.Representative, "Edustaja", "En företrädare", "A representative"),
    ];

    private static readonly (string, string, string, string)[] Ends =
    [
        (ConsentVersion.Withdrawn, "Peruttu", "Återkallat", "Withdrawn"),
        (ConsentVersion.Discarded, "Luonnos hylätty", "Utkast förkastat", "Draft discarded"),
        ("expired", "Aika päättynyt", "Tiden har gått ut", "Its time ended"),
        (ConsentVersion.Used, "Käytetty", "Använt", "Used"),
        (ConsentVersion.RecipientLeft, "Saaja lähtenyt", "Mottagaren har slutat", "The recipient left"),
        (ConsentVersion.Merged, "Suppeampi jäi voimaan, kun henkilön tunnukset yhdistettiin", "Det snävare gäller sedan personens beteckningar slogs ihop", "The narrower one stands since the person's identifiers were merged"),
    ];

    private static ImmutableArray<PublishedCode> Sorted(IEnumerable<PublishedCode> codes) => [.. codes.OrderBy(static one => one.Code, StringComparer.Ordinal)];

    private static ImmutableArray<PublishedCode> Words((string Code, string Fi, string Sv, string En)[] words) =>
        [.. words.Select(static word => new PublishedCode(word.Code, new LocalisedText { Fi = word.Fi, Sv = word.Sv, En = word.En }))];
}
