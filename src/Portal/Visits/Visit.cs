// A counsellor's look at one client: whom, since which referral, and why it is necessary now.
using Sisote.Policy.Ids;

namespace Sisote.Portal.Visits;

/// <summary>An opened client. It lives encrypted in the portal for a day; its id in an address says nothing of the client.</summary>
internal sealed record Visit
{
    /// <summary>Kind under which visits are kept.</summary>
    public const string Kind = "visit";

    /// <summary>The client's handle, as the gateway made it for the portal system.</summary>
    public required string Patient { get; init; }

    /// <summary>The client's name, for the banner.</summary>
    public required string Name { get; init; }

    /// <summary>The client's date of birth, for the banner.</summary>
    public DateOnly? Born { get; init; }

    /// <summary>The referral that the visit belongs to.</summary>
    public required string Referral { get; init; }

    /// <summary>The organisation that referred: its systems hold what may be seen and take what is written.</summary>
    public required OrganisationId ReferredBy { get; init; }

    /// <summary>Why the data is necessary, as stated before opening.</summary>
    public required string Necessity { get; init; }
}
