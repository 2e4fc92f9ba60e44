// What other organisations offer, and whom to call there. Finnish: Palvelut ja yhteystiedot.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Doors.Network;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Portal.Backends;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class NetworkModel(Visiting visiting, NetworkApi network, RoomSettings settings) : CounsellorPage(visiting)
{
    /// <summary>What the page can show.</summary>
    public static IReadOnlyList<string> Views { get; } = ["offers", "contacts"];

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sector { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Municipality { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Free { get; set; }

    /// <summary>Whether an offer was published just now.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Done { get; set; }

    public bool IsContacts => Show == Views[1];

    public ImmutableArray<NetworkRow> Rows { get; private set; } = [];

    public ImmutableArray<NetworkRow> Units { get; private set; } = [];

    /// <summary>Whether there is more than the page shows.</summary>
    public bool More { get; private set; }

    /// <summary>Sectors of connected systems, to choose from.</summary>
    public IEnumerable<SystemEntry> Sectors => settings.Deployment.Systems.DistinctBy(static system => system.Sector);

    /// <summary>Municipalities, to choose from.</summary>
    public IEnumerable<OrganisationEntry> Municipalities => OfferModel.MunicipalitiesOf(settings.Deployment);

    /// <summary>The contacts of a unit.</summary>
    public IEnumerable<ContactSaid> ContactsOf(NetworkRow unit) => Rows.Where(row => row.Contact?.Unit == unit.Id).Select(static row => row.Contact!);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (Caller is not { } caller)
        {
            return NoPages();
        }

        var answer = IsContacts
            ? await network.FindAsync(caller, "contacts", [new("sector", Sector)], cancellation)
            : await network.FindAsync(caller, "offers", [new("sector", Sector), new("municipality", Municipality), new("category", Category), new("free", Free ? "true" : null)], cancellation);
        if (answer is not Answer<NetworkFound>.Ok { Value: var found })
        {
            return Ended(answer);
        }

        (Rows, More) = (found.Rows, found.More);
        var units = IsContacts ? await network.FindAsync(caller, "units", [new("sector", Sector), new("municipality", Municipality)], cancellation) : null;
        if (units is not (null or Answer<NetworkFound>.Ok))
        {
            return Ended(units);
        }

        (Units, More) = units is Answer<NetworkFound>.Ok { Value: var told } ? (told.Rows, More || told.More) : (Units, More);
        return Page();
    }
}
