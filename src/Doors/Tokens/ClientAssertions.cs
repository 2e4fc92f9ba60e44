// How a system proves to the authority who it is.
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Tokens;

/// <summary>Makes client assertions (<c>private_key_jwt</c>): type <c>client-authentication+jwt</c>, audience = issuer, fresh <c>jti</c>, 60 s, signed with the system's key file.</summary>
public sealed class ClientAssertions(RoomSettings settings, TimeProvider clock)
{
    /// <summary>Value of the parameter <c>client_assertion_type</c>.</summary>
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>Value of the assertion's header <c>typ</c>.</summary>
    public const string TokenType = "client-authentication+jwt";

    /// <summary>The longest life of an assertion.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>An assertion of a system whose private key lies in the key folder; used once.</summary>
    /// <param name="system">The system.</param>
    /// <param name="business">Who stands behind the call.</param>
    /// <param name="audience">The issuer exactly as its discovery document writes it; else as the settings write it.</param>
    public string Make(SystemId system, BusinessContext? business = null, string? audience = null)
    {
        var now = clock.GetUtcNow();
        var claims = new Dictionary<string, object> { ["sub"] = system.Value, ["jti"] = Guid.CreateVersion7().ToString("N") };
        if (business is not null)
        {
            claims[BusinessContext.Claim] = JsonSerializer.SerializeToElement(new Dictionary<string, BusinessContext> { [BusinessContext.Name] = business }, SisoteJson.Options);
        }

        // Read each time: the file may be replaced by a newer key while the process runs.
        var key = SystemKey.Read(SystemKey.PrivateFile(settings.KeyDirectory, system.Value));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = system.Value,
            Audience = audience ?? settings.Issuer.AbsoluteUri,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            TokenType = TokenType,
            Claims = claims,
            SigningCredentials = key.Credentials,
        });
    }
}
