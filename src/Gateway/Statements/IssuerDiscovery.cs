// Where the issuer gives tokens.
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Sisote.Gateway.Statements;

/// <summary>Looks the token endpoint up in the issuer's own discovery document, with the same source that token checks use.</summary>
internal sealed class IssuerDiscovery(IOptionsMonitor<JwtBearerOptions> bearer)
{
    /// <summary>The token endpoint; null while the issuer cannot be asked.</summary>
    internal async Task<string?> FindTokenEndpointAsync(CancellationToken cancellation)
    {
        try
        {
            return bearer.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager is { } manager ? (await manager.GetConfigurationAsync(cancellation)).TokenEndpoint : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
