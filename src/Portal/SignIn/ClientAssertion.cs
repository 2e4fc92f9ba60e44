// How the portal proves itself at the issuer's token endpoint: private_key_jwt, as every other room does.
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors;
using Sisote.Doors.Tokens;

namespace Sisote.Portal.SignIn;

/// <summary>Makes a fresh client assertion (RFC 7523) signed with the portal's own key.</summary>
internal sealed class ClientAssertion(RoomSettings settings, TimeProvider clock)
{
    /// <summary>The assertion type of RFC 7523.</summary>
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly Lazy<SystemKey> key = new(() => SystemKey.Read(SystemKey.PrivateFile(settings.KeyDirectory, InnerSystems.Portal.Value)));

    /// <summary>An assertion good for one call within a minute.</summary>
    public string Make()
    {
        var now = clock.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = InnerSystems.Portal.Value,
            Audience = settings.Issuer.AbsoluteUri,
            IssuedAt = now.UtcDateTime,
            Expires = now.AddSeconds(60).UtcDateTime,
            TokenType = "client-authentication+jwt",
            Claims = new Dictionary<string, object> { ["sub"] = InnerSystems.Portal.Value, ["jti"] = Guid.CreateVersion7().ToString("N") },
            SigningCredentials = key.Value.Credentials,
        });
    }
}
