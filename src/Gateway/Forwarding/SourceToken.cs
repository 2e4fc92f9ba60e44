// The gateway's own credential at the adapters' door.
using Sisote.Doors.Tokens;

namespace Sisote.Gateway.Forwarding;

/// <summary>Gets the token with which requests are forwarded; the caller's own token never goes on.</summary>
internal sealed class SourceToken(AccessTokenSource tokens, ILogger<SourceToken> log)
{
    /// <summary>The token; null when the authority gives none.</summary>
    internal async Task<string?> GetAsync(CancellationToken cancellation)
    {
        try
        {
            return await tokens.GetAsync(InnerSystems.Gateway, Scopes.Inner, null, cancellation);
        }
        catch (TokenRefusedException refused)
        {
            Log.NoToken(log, refused.Error);
            return null;
        }
    }
}
