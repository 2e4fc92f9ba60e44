// The identity of a token that a door keeps for a while, with the caller read from it.
using System.Security.Claims;

namespace Sisote.Doors.Tokens;

/// <summary>An identity of a validated token whose <see cref="Caller"/> was read once. A door that keeps good tokens gives the same one to every request with that token; nobody changes it.</summary>
public sealed class CallerIdentity : ClaimsIdentity
{
    private CallerIdentity(ClaimsIdentity identity)
        : base(identity.Claims, identity.AuthenticationType, identity.NameClaimType, identity.RoleClaimType) => Caller = Caller.Read(new ClaimsPrincipal(identity));

    /// <summary>The caller; null when the token names neither a system nor a person properly.</summary>
    public Caller? Caller { get; }

    /// <summary>Reads the caller of an identity.</summary>
    public static CallerIdentity Of(ClaimsIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return new CallerIdentity(identity);
    }
}
