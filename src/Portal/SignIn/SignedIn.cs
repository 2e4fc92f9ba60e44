// The person who uses the portal, as the issuer described them.
using System.Security.Claims;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Portal.SignIn;

/// <summary>The signed-in person. The kind decides which pages exist for them.</summary>
internal sealed record SignedIn
{
    /// <summary>Subject at the issuer; the owner of what the portal keeps.</summary>
    public required string Subject { get; init; }

    /// <summary>In which capacity.</summary>
    public required PersonKind Kind { get; init; }

    /// <summary>Name for the page's corner; empty where the issuer gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Role of a professional.</summary>
    public RoleId? Role { get; init; }

    /// <summary>Organisation of a professional, officer or administrator.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>Identifier of a professional.</summary>
    public ProfessionalId? Professional { get; init; }

    /// <summary>The person's first page.</summary>
    public string Home => Kind switch
    {
        PersonKind.Client => "/disclosures",
        PersonKind.Professional => "/worklist",
        PersonKind.DataProtectionOfficer => "/log",
        _ => "/no-pages",
    };

    /// <summary>Reads the person from the session; null when nobody is signed in properly.</summary>
    public static SignedIn? From(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } && user.FindFirstValue("sub") is { Length: > 0 } subject && PersonKinds.TryParse(user.FindFirstValue(PersonClaims.Kind), out var kind)
            ? new SignedIn
            {
                Subject = subject,
                Kind = kind,
                Name = user.FindFirstValue("name") ?? string.Empty,
                Role = RoleId.TryParse(user.FindFirstValue(PersonClaims.Role), out var role) ? role : null,
                Organisation = OrganisationId.TryParse(user.FindFirstValue(PersonClaims.Organisation), out var organisation) ? organisation : null,
                Professional = ProfessionalId.TryParse(user.FindFirstValue(PersonClaims.Professional), out var professional) ? professional : null,
            }
            : null;
}
