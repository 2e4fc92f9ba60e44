// Whether the doors behind the addresses are Sisote's, agree on the issuer, and share a clock.
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.Host.Doctor;

/// <summary>Asks the questions that need no token.</summary>
internal sealed class ServiceCheck(HttpClient http, TimeProvider clock)
{
    /// <summary>Assertions live a minute and are refused when they come from the future.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ClockRemark = TimeSpan.FromSeconds(5);

    /// <summary>The difference between this machine's clock and the one behind a door.</summary>
    internal async Task<Finding> CompareClocksAsync(string door, Uri address, CancellationToken cancellation)
    {
        const string Remedy = "Let both machines follow a time server (chrony, systemd-timesyncd, w32time): tokens of a wrong clock are refused.";
        var check = $"{door}: clock";
        var (before, from) = (clock.GetUtcNow(), clock.GetTimestamp());
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "health/live"), cancellation);
            var middle = before + (clock.GetElapsedTime(from) / 2);
            return answer.Headers.Date is not { } theirs ? Finding.NotTried(check, "the answer carries no date")
                : (theirs - middle).Duration() is var difference && difference > ClockTolerance ? Finding.Bad(check, $"{difference.TotalSeconds:0} s apart", Remedy)
                : difference > ClockRemark ? Finding.Warn(check, $"{difference.TotalSeconds:0} s apart", Remedy)
                : Finding.Good(check, "the same to within five seconds");
        }
        catch (Exception fault) when (IsUnreachable(fault, cancellation))
        {
            return Finding.Bad(check, "no answer to health/live", "Look into the diagnostics of that room.");
        }
    }

    /// <summary>Whether a room says that it can do its work.</summary>
    internal async Task<Finding> AskReadinessAsync(string door, Uri address, CancellationToken cancellation)
    {
        var check = $"{door}: ready";
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "health/ready"), cancellation);
            return answer.IsSuccessStatusCode
                ? Finding.Good(check, "yes")
                : Finding.Bad(check, $"no ({(int)answer.StatusCode}): {await answer.Content.ReadAsStringAsync(cancellation)}", "docs/operating.md, Health: nothing is released until this is green.");
        }
        catch (Exception fault) when (IsUnreachable(fault, cancellation))
        {
            return Finding.Bad(check, "no answer to health/ready", "Look into the diagnostics of that room.");
        }
    }

    /// <summary>The issuer that the gateway names (SMART App Launch 2.2, <c>.well-known/smart-configuration</c>).</summary>
    internal async Task<(Finding Finding, Uri? Issuer)> FindIssuerAsync(Uri gateway, Uri? expected, CancellationToken cancellation)
    {
        const string Check = "gateway: what it says of itself";
        var (smart, fault) = await ReadAsync<Smart>(new Uri(gateway, ".well-known/smart-configuration"), cancellation);
        return smart is not { Issuer.IsAbsoluteUri: true }
            ? (Finding.Bad(Check, $"no SMART configuration ({fault ?? "without an issuer"})", "Check that the address is the gateway's, without anything behind the port; the gateway answers so too while it cannot reach the issuer."), null)
            : expected is not null && expected != smart.Issuer
            ? (Finding.Bad(Check, $"it trusts the issuer {smart.Issuer}, the settings here name {expected}", "Give every process of the installation the same Sisote__Issuer."), smart.Issuer)
            : (Finding.Good(Check, $"it trusts the issuer {smart.Issuer}"), smart.Issuer);
    }

    /// <summary>The issuer's own document (OpenID Connect Discovery 1.0) and its keys.</summary>
    internal async IAsyncEnumerable<Finding> ExamineIssuerAsync(Uri issuer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (document, fault) = await ReadAsync<Discovery>(new Uri(issuer.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration"), cancellation);
        yield return document is null
            ? Finding.Bad("issuer: discovery", $"no discovery document ({fault})", "Check the issuer's address; a proxy before it must let /.well-known/ through.")
            : document.Issuer?.TrimEnd('/') != issuer.AbsoluteUri.TrimEnd('/')
            ? Finding.Bad("issuer: discovery", $"it speaks for another issuer, {document.Issuer}", "Use the issuer exactly as its own document writes it, also in Sisote__Issuer.")
            : document.TokenEndpoint is null ? Finding.Bad("issuer: discovery", "it names no token endpoint", "Systems need the grant client_credentials there; turn it on at the issuer.")
            : document.Methods is { } methods && !methods.Contains("private_key_jwt") ? Finding.Bad("issuer: discovery", "it does not take private_key_jwt", "Turn on client authentication by private_key_jwt at the issuer.")
            : Finding.Good("issuer: discovery", $"tokens at {document.TokenEndpoint}");
        if (document?.KeySet is { IsAbsoluteUri: true } place)
        {
            var (keys, keyFault) = await ReadAsync<Keys>(place, cancellation);
            yield return keys is { List.Count: > 0 }
                ? Finding.Good("issuer: keys", $"{keys.List.Count}")
                : Finding.Bad("issuer: keys", $"none ({keyFault ?? "the list is empty"})", "Without them no token can be checked: look at the issuer.");
        }
    }

    private async Task<(T? Read, string? Fault)> ReadAsync<T>(Uri address, CancellationToken cancellation)
        where T : class
    {
        try
        {
            using var answer = await http.GetAsync(address, cancellation);
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync<T>(cancellation), null)
                : (null, $"answer {(int)answer.StatusCode}");
        }
        catch (Exception fault) when (IsUnreachable(fault, cancellation) || fault is JsonException or NotSupportedException)
        {
            return (null, fault is JsonException or NotSupportedException ? "not JSON" : "no answer");
        }
    }

    private static bool IsUnreachable(Exception fault, CancellationToken cancellation) =>
        fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);

    private sealed record Smart([property: JsonPropertyName("issuer")] Uri? Issuer);

    private sealed record Discovery(
        [property: JsonPropertyName("issuer")] string? Issuer,
        [property: JsonPropertyName("token_endpoint")] Uri? TokenEndpoint,
        [property: JsonPropertyName("jwks_uri")] Uri? KeySet,
        [property: JsonPropertyName("token_endpoint_auth_methods_supported")] List<string>? Methods);

    private sealed record Keys([property: JsonPropertyName("keys")] List<JsonElement>? List);
}
