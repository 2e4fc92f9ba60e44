// How a system gets its access token: private_key_jwt.
using System.Collections.Concurrent;
using System.Text.Json;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Tokens;

/// <summary>
/// Gets access tokens for a system by SMART Backend Services (client credentials with <c>private_key_jwt</c>, see <see cref="ClientAssertions"/>)
/// and keeps each until shortly before it ends. Callers who want the same token at the same time share one question.
/// </summary>
public sealed class AccessTokenSource(RoomSettings settings, IHttpClientFactory http, TimeProvider clock)
{
    private const int Sweep = 1_000;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<(SystemId System, string Scope, string Business), Lazy<Task<Kept>>> kept = new();
    private readonly ClientAssertions assertions = new(settings, clock);
    private readonly TokenApi authority = new(settings, http);

    /// <summary>A token for a system whose private key lies in the key folder.</summary>
    /// <exception cref="TokenRefusedException">The authority said no or could not be reached.</exception>
    public async ValueTask<string> GetAsync(SystemId system, string scope, BusinessContext? business, CancellationToken cancellation)
    {
        var place = (system, scope, business is null ? string.Empty : JsonSerializer.Serialize(business, SisoteJson.Options));
        var asked = kept.GetOrAdd(place, _ => Question());
        if (HasEnded(asked))
        {
            var renewed = Question();
            asked = kept.TryUpdate(place, renewed, asked) ? renewed : kept.GetOrAdd(place, _ => Question());
        }

        try
        {
            return (await asked.Value.WaitAsync(cancellation)).Token;
        }
        catch (Exception) when (asked.Value.IsFaulted)
        {
            kept.TryRemove(new(place, asked)); // a refusal is not kept: the next call asks again
            throw;
        }

        Lazy<Task<Kept>> Question() => new(() => AskAsync(system, scope, business));
    }

    private async Task<Kept> AskAsync(SystemId system, string scope, BusinessContext? business)
    {
        RemoveEnded();
        var answer = await authority.AskAsync(issuer => new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = scope,
            ["client_id"] = system.Value,
            ["client_assertion_type"] = ClientAssertions.Type,
            ["client_assertion"] = assertions.Make(system, business, issuer),
        }, CancellationToken.None);
        return new Kept(answer.AccessToken!, clock.GetUtcNow().AddSeconds(answer.ExpiresIn) - Margin);
    }

    private void RemoveEnded()
    {
        if (kept.Count < Sweep)
        {
            return;
        }

        foreach (var pair in kept.Where(pair => HasEnded(pair.Value)))
        {
            kept.TryRemove(pair);
        }
    }

    private bool HasEnded(Lazy<Task<Kept>> asked) =>
        asked is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } && asked.Value.Result.Until <= clock.GetUtcNow();

    private sealed record Kept(string Token, DateTimeOffset Until);
}
