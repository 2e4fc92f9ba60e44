// Access tokens by private_key_jwt.
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Client;

/// <summary>Gets tokens (SMART Backend Services, RFC 7523) and keeps each until shortly before it ends. One professional's callers share one question.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never made, so there is nothing to free.")]
internal sealed class Tokens(GatewayCalls calls, SisoteOptions options, TimeProvider clock)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const string Scope = "sisote.exchange";
    private const int MostKept = 1_000;
    private static readonly TimeSpan AssertionLife = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<Professional, Kept> kept = new();
    private readonly SemaphoreSlim asking = new(1);

    /// <summary>A token, or the reply that says why there is none.</summary>
    /// <param name="professional">Who stands behind the call.</param>
    /// <param name="isNew">Whether the one that is kept was refused.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<(string? Token, Reply? Refusal)> GetAsync(Professional professional, bool isNew, CancellationToken cancellation)
    {
        var before = Find(professional);
        if (before is not null && !isNew)
        {
            return (before.Token, null);
        }

        await asking.WaitAsync(cancellation);
        try
        {
            return Find(professional) is { } meanwhile && (!isNew || meanwhile != before) ? (meanwhile.Token, null) : await AskAsync(professional, cancellation);
        }
        finally
        {
            asking.Release();
        }
    }

    /// <summary>The assertion: a JWT that lives a minute and is used once.</summary>
    internal string MakeAssertion(Professional professional, string issuer)
    {
        var (now, key) = (clock.GetUtcNow(), options.Key());
        var business = new JsonObject { ["version"] = "1", ["subject_id"] = professional.Id, ["subject_role"] = professional.Role, ["organization_id"] = professional.Organisation, ["purpose_of_use"] = new JsonArray(professional.Purpose) };
        if (professional.Name is { } name)
        {
            business["subject_name"] = name;
        }

        var signed = Part(new JsonObject { ["alg"] = "ES256", ["typ"] = "client-authentication+jwt", ["kid"] = key.Id }) + "." + Part(new JsonObject
        {
            ["iss"] = options.System,
            ["sub"] = options.System,
            ["aud"] = issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + AssertionLife).ToUnixTimeSeconds(),
            ["jti"] = Guid.CreateVersion7(now).ToString("N"),
            ["extensions"] = new JsonObject { ["hl7-b2b"] = business },
        });
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(System.Text.Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    private Kept? Find(Professional professional) => kept.TryGetValue(professional, out var found) && found.Until > clock.GetUtcNow() ? found : null;

    private async Task<(string? Token, Reply? Refusal)> AskAsync(Professional professional, CancellationToken cancellation)
    {
        using var look = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Gateway, ".well-known/smart-configuration"));
        var named = await calls.SendAsync(look, cancellation);
        if (named.Status != 200 || named.Fault is not null)
        {
            return (null, named);
        }

        if (named.Json is not { } configuration || configuration.Text("issuer") is not { } issuer || !Uri.TryCreate(configuration.Text("token_endpoint"), UriKind.Absolute, out var endpoint) || !Safety.IsProtected(endpoint)
            || (options.Issuer is { } expected && expected.AbsoluteUri.TrimEnd('/') != issuer.TrimEnd('/')))
        {
            return (null, named.Unusable("The gateway names no issuer, or none that assertions may go to."));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["scope"] = Scope,
                ["client_id"] = options.System,
                ["client_assertion_type"] = AssertionType,
                ["client_assertion"] = MakeAssertion(professional, issuer),
            }),
        };
        var reply = await calls.SendAsync(request, cancellation);
        return reply is { Status: 200, Fault: null, Json: { } answer } && answer.Text("access_token") is { Length: > 0 } token ? (Keep(professional, token, answer), null)
            : (null, reply.Status == 200 ? reply.Unusable("The issuer gave no token.") : reply);
    }

    private string Keep(Professional professional, string token, JsonElement answer)
    {
        var life = answer.Member("expires_in") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt32(out var number) ? TimeSpan.FromSeconds(number) : TimeSpan.Zero;
        if (kept.Count >= MostKept)
        {
            foreach (var ended in kept.Where(pair => pair.Value.Until <= clock.GetUtcNow()))
            {
                kept.TryRemove(ended);
            }
        }

        kept[professional] = new Kept(token, clock.GetUtcNow() + life - Margin);
        return token;
    }

    private sealed record Kept(string Token, DateTimeOffset Until);
}
