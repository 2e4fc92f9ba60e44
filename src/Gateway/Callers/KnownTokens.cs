// Access tokens that were found good a moment ago.
using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
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
        if (context.Options.ConfigurationManager is not { } manager || HeaderOf(context.Request) is null)
        {
            return;
        }

        var issuer = await manager.GetConfigurationAsync(context.HttpContext.RequestAborted);
        if (Find(context.HttpContext, issuer) is { } known)
        {
            context.Principal = known;
            context.Success();
            return;
        }

        // INVARIANT: what is kept is kept under the keys as they were before the check, never under newer ones.
        context.HttpContext.Items[this] = issuer;
    }

    /// <summary>Who sent a request with a known token; null where it has none, or where the issuer must be asked first.</summary>
    /// <param name="context">The request.</param>
    /// <param name="manager">What knows the issuer's document and keys as they are now.</param>
    internal ClaimsPrincipal? Find(HttpContext context, IConfigurationManager<OpenIdConnectConfiguration> manager) =>
        HeaderOf(context.Request) is not null && manager.GetConfigurationAsync(CancellationToken.None) is { IsCompletedSuccessfully: true, Result: var issuer } ? Find(context, issuer) : null;

    private ClaimsPrincipal? Find(HttpContext context, OpenIdConnectConfiguration issuer)
    {
        var header = HeaderOf(context.Request)!;
        // The server hands out the same string for a header that comes again on its connection: then it need not be hashed again. Only where requests of a connection follow each other: its items bear no two at once.
        var connection = HttpProtocol.IsHttp11(context.Request.Protocol) ? context.Features.Get<IConnectionItemsFeature>()?.Items : null;
        var last = connection is not null && connection.TryGetValue(this, out var found) && found is Last { Header: var before } same && ReferenceEquals(before, header) ? same.Token : null;
        var isSame = last is not null;
        if (last is null && !kept.TryGetValue(DigestOf(header.AsSpan(Scheme.Length)), out last))
        {
            return null;
        }

        if (last.Until <= clock.GetUtcNow() || !ReferenceEquals(last.Issuer, issuer))
        {
            return null;
        }

        if (!isSame)
        {
            connection?[this] = new Last(header, last);
        }

        return last.Principal;
    }

    private static string? HeaderOf(HttpRequest request) => request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.Ordinal) ? header : null;

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

    /// <summary>The last header of a connection that was good. The connection itself keeps the header just as long.</summary>
    private sealed record Last(string Header, Kept Token);

    private sealed record Kept(ClaimsPrincipal Principal, OpenIdConnectConfiguration Issuer, DateTimeOffset Until);
}

/// <summary>Puts <see cref="KnownTokens"/> before and behind the door's handler.</summary>
internal sealed class KnownTokensAtTheDoor(KnownTokens known) : IPostConfigureOptions<JwtBearerOptions>
{
    /// <inheritdoc />
    public void PostConfigure(string? name, JwtBearerOptions options)
    {
        options.SaveToken = false; // nobody asks for it, and it never goes on
        options.Events ??= new JwtBearerEvents();
        var check = options.Events.OnTokenValidated;
        options.Events.OnMessageReceived = known.RecogniseAsync;
        options.Events.OnTokenValidated = async context =>
        {
            await check(context);
            if (context.Result is null)
            {
                await known.KeepAsync(context);
            }
        };
    }
}
