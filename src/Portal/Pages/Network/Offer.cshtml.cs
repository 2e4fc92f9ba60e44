// A professional publishes what the own organisation offers. Finnish: Julkaise palvelu.
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Doors.Network;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Portal.Backends;
using Sisote.Portal.Texts;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class OfferModel(Visiting visiting, NetworkApi network, RoomSettings settings, PageTexts texts, TimeProvider clock) : CounsellorPage(visiting)
{
    private const string CategoryList = "sisote-offer-category-vs";
    private const int MostPlaces = 10_000;

    /// <summary>Levels of an offer.</summary>
    public static IReadOnlyList<string> Levels { get; } = ["open", "beginner", "intermediate", "advanced"];

    /// <summary>How an offer reaches people.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["in-person", "phone", "online"];

    /// <summary>The text fields that must be filled, by id and the key of their label.</summary>
    public static IReadOnlyList<(string Field, string Label)> TextFields { get; } = [("name", "network.name"), ("eligibility", "network.eligibility"), ("place", "network.place"), ("times", "network.times")];

    /// <summary>Identifier of the offer: sending the form twice makes one offer.</summary>
    [BindProperty]
    public string? Id { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Category { get; set; }

    [BindProperty]
    public string? Level { get; set; }

    [BindProperty]
    public string? Eligibility { get; set; }

    [BindProperty]
    public string? Places { get; set; }

    [BindProperty]
    public string? Municipality { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? Times { get; set; }

    [BindProperty]
    public string? Channel { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Languages { get; set; } = [];

    [BindProperty]
    public string? Soteri { get; set; }

    [BindProperty]
    public string? LastDay { get; set; }

    /// <summary>Municipalities, to choose from.</summary>
    public IEnumerable<OrganisationEntry> Municipalities => MunicipalitiesOf(settings.Deployment);

    /// <summary>Categories of the catalogue.</summary>
    public static IEnumerable<(string Code, LocalisedText Label)> CategoriesOf(LegalCatalogue catalogue) =>
        catalogue.CodeLists.TryGetValue(CategoryList, out var list) ? list.Codes.Select(static code => (code.Key, code.Value)) : [];

    /// <summary>The organisations of a deployment that are municipalities.</summary>
    public static IEnumerable<OrganisationEntry> MunicipalitiesOf(Deployment deployment) => deployment.Organisations.Where(static one => one.Kind == "municipality");

    /// <summary>What a municipality's code stands for; the code where the deployment has none of that name.</summary>
    public static string NameOf(string municipality, Names names) => OrganisationId.TryParse(municipality, out var known) ? names.Of(known) : municipality;

    /// <summary>What was typed into a text field.</summary>
    public string? TypedIn(string field) => field switch { "name" => Name, "eligibility" => Eligibility, "place" => Place, _ => Times };

    public IActionResult OnGet()
    {
        if (Caller is null)
        {
            return NoPages();
        }

        (Id, Level, Channel, Languages) = (Guid.CreateVersion7().ToString("N"), Levels[0], Channels[0], [texts.Language]);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (Caller is not { } caller)
        {
            return NoPages();
        }

        if (Guid.TryParseExact(Id, "N", out _) && ReadOffer() is { } offer)
        {
            var answer = await network.PublishAsync(caller, Id!, offer, cancellation);
            switch (answer)
            {
                case Answer<OfferStands>.Ok:
                    return Redirect("/network?show=offers&done=true");
                case Answer<OfferStands>.Refused { Slug: "soteri-missing" }:
                    Faults.Add(new FieldFault("soteri", texts["network.fault.soteri"]));
                    break;
                case Answer<OfferStands>.Refused { Slug: "person-in-text" }:
                    Faults.Add(new FieldFault("eligibility", texts["network.fault.person"]));
                    break;
                case Answer<OfferStands>.Refused { Status: StatusCodes.Status400BadRequest }:
                    Faults.Add(new FieldFault("name", texts["network.fault.form"]));
                    break;
                default:
                    return Ended(answer);
            }
        }

        return Faults.Count > 0 ? Page() : Redirect("/network/offer");
    }

    /// <summary>The offer as typed; null where a field has a fault.</summary>
    private OfferSaid? ReadOffer()
    {
        foreach (var (field, label) in TextFields.Where(one => string.IsNullOrWhiteSpace(TypedIn(one.Field))))
        {
            Faults.Add(new FieldFault(field, texts["network.fault.empty", ("field", texts[label])]));
        }

        var isCounted = !string.IsNullOrWhiteSpace(Places);
        var lastDay = PageTexts.ReadDay(LastDay);
        if (!int.TryParse(Places, NumberStyles.None, CultureInfo.InvariantCulture, out var places) ? isCounted : places > MostPlaces)
        {
            Faults.Add(new FieldFault("places", texts["network.fault.places"]));
        }

        AddFault("category", CategoriesOf(settings.Catalogue).All(one => one.Code != Category), "network.fault.category");
        AddFault("languages-0", Languages.Count == 0, "network.fault.languages");
        AddFault("last-day", !string.IsNullOrWhiteSpace(LastDay) && (lastDay is null || lastDay < PageTexts.DayIn(clock.GetUtcNow())), "network.fault.day");
        return Faults.Count > 0 ? null : new OfferSaid
        {
            Name = Said(Name),
            Category = Category!,
            Level = Level ?? string.Empty,
            Eligibility = Said(Eligibility),
            FreePlaces = isCounted ? places : null,
            Municipality = string.IsNullOrEmpty(Municipality) ? null : Municipality,
            Place = Said(Place),
            Times = Said(Times),
            Channel = Channel ?? string.Empty,
            Languages = [.. Languages],
            Soteri = string.IsNullOrWhiteSpace(Soteri) ? null : Soteri.Trim(),
            LastDay = lastDay,
        };
    }

    private void AddFault(string field, bool isFaulty, string text)
    {
        if (isFaulty)
        {
            Faults.Add(new FieldFault(field, texts[text]));
        }
    }

    /// <summary>What is typed is in the language of the page.</summary>
    private Wording Said(string? text) => texts.Language switch
    {
        "sv" => new Wording { Sv = text!.Trim() },
        "en" => new Wording { En = text!.Trim() },
        _ => new Wording { Fi = text!.Trim() },
    };
}
