// Access tokens that were found good a moment ago.
using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Tokens;

namespace Sisote.Gateway.Callers;

/// <summary>
/// Remembers of a token that the door's own handler found good that it is, by its digest: until it ends, at most a few minutes, and only as long as the issuer's document and keys are those
/// that it was checked with. Of a token that is not good nothing is remembered.
/// </summary>
internal sealed class KnownTokens(TimeProvider clock)
{
    private const int Most = 10_000;
    private const string Scheme = "Bearer ";
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Digest, Kept> kept = new();

    /// <summary>Lets a request with a known token in; leaves any other to the handler.</summary>
    internal async Task RecogniseAsync(MessageReceivedContext context)
    {
        if (context.Options.ConfigurationManager is not { } manager || context.Request.Headers.Authorization is not [{ } header]
            || !header.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return;
        }

        var issuer = await manager.GetConfigurationAsync(context.HttpContext.RequestAborted);
        if (kept.TryGetValue(DigestOf(header.AsSpan(Scheme.Length)), out var known) && known.Until > clock.GetUtcNow() && ReferenceEquals(known.Issuer, issuer))
        {
            context.Principal = known.Principal;
            context.Success();
            return;
        }

        // INVARIANT: what is kept is kept under the keys as they were before the check, never under newer ones.
        context.HttpContext.Items[this] = issuer;
    }

    /// <summary>Remembers a token that the handler has found good.</summary>
    internal Task KeepAsync(TokenValidatedContext context)
    {
        if (context is { Principal.Identity: ClaimsIdentity identity, SecurityToken: JsonWebToken token } && context.HttpContext.Items[this] is OpenIdConnectConfiguration issuer)
        {
            context.Principal = new ClaimsPrincipal(CallerIdentity.Of(identity));
            Keep(DigestOf(token.EncodedToken), new Kept(context.Principal, issuer, EndOf(token)));
        }

        return Task.CompletedTask;
    }

    private DateTimeOffset EndOf(JsonWebToken token)
    {
        var (now, end) = (clock.GetUtcNow(), new DateTimeOffset(token.ValidTo, TimeSpan.Zero)); // without the leeway for clocks: what is that late is checked again
        return end < now + KeptFor ? end : now + KeptFor;
    }

    private void Keep(Digest digest, Kept good)
    {
        if (kept.Count >= Most)
        {
            foreach (var ended in kept.Where(pair => pair.Value.Until <= clock.GetUtcNow()))
            {
                kept.TryRemove(ended);
            }
        }

        if (kept.Count < Most)
        {
            kept[digest] = good;
        }
    }

    private static Digest DigestOf(ReadOnlySpan<char> token)
    {
        Span<byte> digest = stackalloc byte[Digest.Length];
        var size = Encoding.UTF8.GetMaxByteCount(token.Length);
        Span<byte> bytes = size <= 4096 ? stackalloc byte[size] : new byte[size];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], digest);
        return new Digest(digest);
    }

    private sealed record Kept(ClaimsPrincipal Principal, OpenIdConnectConfiguration Issuer, DateTimeOffset Until);
}

/// <summary>Puts <see cref="KnownTokens"/> before and behind the door's handler.</summary>
internal sealed class KnownTokensAtTheDoor(TimeProvider clock) : IPostConfigureOptions<JwtBearerOptions>
{
    /// <inheritdoc />
    public void PostConfigure(string? name, JwtBearerOptions options)
    {
        var known = new KnownTokens(clock);
        options.SaveToken = false; // nobody asks for it, and it never goes on
        options.Events ??= new JwtBearerEvents();
        options.Events.OnMessageReceived = known.RecogniseAsync;
        options.Events.OnTokenValidated = known.KeepAsync;
    }
}
