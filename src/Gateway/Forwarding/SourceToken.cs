// The gateway's own credential at the adapters' door.
using Sisote.Doors.Tokens;

namespace Sisote.Gateway.Forwarding;

/// <summary>Gets the token with which requests are forwarded; the caller's own token never goes on.</summary>
internal sealed class SourceToken(AccessTokenSource tokens, ILogger<SourceToken> log)
{
    private Written? last;

    /// <summary>The token as the header of a request; null when the authority gives none.</summary>
    internal async ValueTask<string?> GetHeaderAsync(CancellationToken cancellation)
    {
        if (await GetAsync(cancellation) is not { } token)
        {
            return null;
        }

        if (last is not { } written || !ReferenceEquals(written.Token, token))
        {
            last = written = new Written(token, $"Bearer {token}");
        }

        return written.Header;
    }

    /// <summary>The token; null when the authority gives none.</summary>
    internal async ValueTask<string?> GetAsync(CancellationToken cancellation)
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
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null; // the caller hung up while it was renewed: the call ends without one, and its end is recorded
        }
    }

    private sealed record Written(string Token, string Header);
}
