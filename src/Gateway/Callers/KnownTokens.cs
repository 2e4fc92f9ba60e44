// Access tokens that were found good a moment ago.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Tokens;

namespace Sisote.Gateway.Callers;

/// <summary>
/// Lets the door's own handler check a token once, and remembers by the token's digest that it was good: until it ends, at most a few minutes, and only as long as the issuer's keys are
/// those it was checked with. A token that is not good is checked each time.
/// </summary>
internal sealed class KnownTokens(TokenHandler door, TimeProvider clock) : TokenHandler
{
    private const int Most = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Digest, Kept> kept = new();

    /// <inheritdoc />
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var issuer = validationParameters.ConfigurationManager is { } manager ? await manager.GetBaseConfigurationAsync(CancellationToken.None) : null;
        var digest = DigestOf(token);
        if (kept.TryGetValue(digest, out var known) && known.Until > clock.GetUtcNow() && ReferenceEquals(known.Issuer, issuer))
        {
            return known.Result;
        }

        var result = await door.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid && issuer is not null)
        {
            result.ClaimsIdentity = CallerIdentity.Of(result.ClaimsIdentity);
            Keep(digest, new Kept(result, issuer, EndOf(result.SecurityToken)));
        }

        return result;
    }

    private DateTimeOffset EndOf(SecurityToken token)
    {
        var (now, end) = (clock.GetUtcNow(), new DateTimeOffset(token.ValidTo, TimeSpan.Zero)); // without the leeway for clocks: who is that late is checked again
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

    private static Digest DigestOf(string token)
    {
        Span<byte> digest = stackalloc byte[Digest.Length];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), digest);
        return new Digest(digest);
    }

    private sealed record Kept(TokenValidationResult Result, BaseConfiguration Issuer, DateTimeOffset Until);
}

/// <summary>Puts <see cref="KnownTokens"/> before the handler that the door was given.</summary>
internal sealed class KnownTokensAtTheDoor(TimeProvider clock) : IPostConfigureOptions<JwtBearerOptions>
{
    /// <inheritdoc />
    public void PostConfigure(string? name, JwtBearerOptions options)
    {
        options.SaveToken = false; // nobody asks for it, and it never goes on
        TokenHandler[] doors = [.. options.TokenHandlers];
        options.TokenHandlers.Clear();
        Array.ForEach(doors, door => options.TokenHandlers.Add(new KnownTokens(door, clock)));
    }
}
