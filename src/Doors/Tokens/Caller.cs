// Who calls, as the access token says it.
using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Tokens;

/// <summary>The caller of a door: a system (with a professional behind it or not) or a signed-in person.</summary>
public abstract record Caller
{
    private Caller()
    {
    }

    /// <summary>Scopes of the token.</summary>
    public required ImmutableHashSet<string> TokenScopes { get; init; }

    /// <summary>A connected system or a room.</summary>
    public sealed record System : Caller
    {
        /// <summary>Its client id.</summary>
        public required SystemId Id { get; init; }

        /// <summary>The professional behind it; null when the system acts on its own.</summary>
        public BusinessContext? Business { get; init; }
    }

    /// <summary>A person who signed in through the portal.</summary>
    public sealed record Person : Caller
    {
        /// <summary>Subject at the issuer.</summary>
        public required string Subject { get; init; }

        /// <summary>What the person may do here: client, professional, data-protection-officer, controller-admin, integrator.</summary>
        public required PersonKind Kind { get; init; }

        /// <summary>The national identifier of a client; null for others.</summary>
        public Hetu? Identifier { get; init; }

        /// <summary>Role of a professional.</summary>
        public RoleId? Role { get; init; }

        /// <summary>Organisation of a professional, officer or administrator.</summary>
        public OrganisationId? Organisation { get; init; }

        /// <summary>Identifier of a professional in the log.</summary>
        public ProfessionalId? Professional { get; init; }
    }

    /// <summary>Reads the caller from a validated token; null when the token names neither a system nor a person properly.</summary>
    public static Caller? From(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return principal.Identity is CallerIdentity known ? known.Caller : Read(principal);
    }

    internal static Caller? Read(ClaimsPrincipal principal)
    {
        var scopes = principal.FindAll("scope").SelectMany(static claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToImmutableHashSet();
        return scopes.Contains(Scopes.Person) ? ReadPerson(principal, scopes) : ReadSystem(principal, scopes);
    }

    private static System? ReadSystem(ClaimsPrincipal principal, ImmutableHashSet<string> scopes)
    {
        if (!SystemId.TryParse(principal.FindFirstValue("client_id"), out var id))
        {
            return null;
        }

        var extensions = principal.FindAll(BusinessContext.Claim).ToArray();
        if (extensions.Length == 0)
        {
            return new System { TokenScopes = scopes, Id = id };
        }

        return extensions.Length == 1 && TryReadBusiness(extensions[0].Value, out var business)
            ? new System { TokenScopes = scopes, Id = id, Business = business }
            : null;
    }

    // Other extension objects are other people's business; a malformed one of ours names nobody.
    private static bool TryReadBusiness(string extensions, out BusinessContext? business)
    {
        business = null;
        try
        {
            using var document = JsonDocument.Parse(extensions);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            if (!document.RootElement.TryGetProperty(BusinessContext.Name, out var context))
            {
                return true;
            }

            business = context.Deserialize<BusinessContext>(SisoteJson.Options);
            return business is { PurposeOfUse.IsDefault: false };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Person? ReadPerson(ClaimsPrincipal principal, ImmutableHashSet<string> scopes)
    {
        if (principal.FindFirstValue("sub") is not { Length: > 0 } subject
            || !PersonKinds.TryParse(principal.FindFirstValue(PersonClaims.Kind), out var kind))
        {
            return null;
        }

        var hetu = principal.FindFirstValue(PersonClaims.Hetu);
        var identifier = default(Hetu);
        if ((hetu is not null && !Hetu.TryParse(hetu, out identifier))
            || !TryReadCode<RoleId>(principal, PersonClaims.Role, out var role)
            || !TryReadCode<OrganisationId>(principal, PersonClaims.Organisation, out var organisation)
            || !TryReadCode<ProfessionalId>(principal, PersonClaims.Professional, out var professional))
        {
            return null;
        }

        return new Person
        {
            TokenScopes = scopes,
            Subject = subject,
            Kind = kind,
            Identifier = hetu is null ? null : identifier,
            Role = role,
            Organisation = organisation,
            Professional = professional,
        };
    }

    // An absent claim is null; a malformed one is not read as absent.
    private static bool TryReadCode<TCode>(ClaimsPrincipal principal, string claim, out TCode? code)
        where TCode : struct, ICode<TCode>
    {
        var text = principal.FindFirstValue(claim);
        code = TCode.TryParse(text, out var parsed) ? parsed : null;
        return text is null || code is not null;
    }
}
