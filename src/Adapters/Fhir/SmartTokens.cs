// Tokens of SMART App Launch backend services.
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Fhir;

/// <summary>What a SMART server knows us by.</summary>
/// <param name="Server">The FHIR base, whose <c>.well-known/smart-configuration</c> names the token address.</param>
/// <param name="Token">The token address; null = the server says it, and it is on the server's own host.</param>
/// <param name="ClientId">Our client id there.</param>
/// <param name="KeyFile">A private JWK: RSA, P-256 or P-384.</param>
/// <param name="Scope">The scopes that we ask for.</param>
internal sealed record SmartClient(Uri Server, Uri? Token, string ClientId, string KeyFile, string Scope);

/// <summary>Asks for an access token with a signed assertion (<c>private_key_jwt</c>) and keeps it until shortly before its end.</summary>
internal sealed class SmartTokens(SmartClient client, NativeHttpClient http, TimeProvider clock) : FhirCredentials
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan AssertionLife = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);
    private readonly KeyTurns turns = new();
    private Kept? kept;

    /// <inheritdoc />
    public override async Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var now = Held() ?? await AskAloneAsync(cancellation);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", now.Token);
    }

    private Kept? Held() => kept is { } held && held.Until > clock.GetUtcNow() ? held : null;

    /// <summary>One asks at a time; who waited takes what that one got.</summary>
    private Task<Kept> AskAloneAsync(CancellationToken cancellation) => turns.InTurnAsync(client.ClientId, async () => Held() ?? (kept = await AskAsync(cancellation)), cancellation);

    /// <inheritdoc />
    public override bool Forget()
    {
        kept = null;
        return true;
    }

    private async Task<Kept> AskAsync(CancellationToken cancellation)
    {
        var address = client.Token ?? await DiscoverAsync(cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["scope"] = client.Scope,
                ["client_assertion_type"] = AssertionType,
                ["client_assertion"] = await AssertAsync(address, cancellation),
            }),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var answer = await NothingArrivedAsync(request, cancellation);
        return answer.IsGood && FhirJson.Parse(answer.Body) is { } token && FhirJson.Text(token, "access_token") is { Length: > 0 } text
            && string.Equals(FhirJson.Text(token, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase)
            ? new Kept(text, clock.GetUtcNow() + Life(token) - Margin)
            : throw new NativeFaultException(NativeFault.NotLetIn, "no token");
    }

    /// <summary>Where the server gives tokens: on its own host, and one that speaks TLS does not send us to one that does not. What it says of another host is not believed: an assertion would go there.</summary>
    private async Task<Uri> DiscoverAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client.Server, ".well-known/smart-configuration"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var answer = await NothingArrivedAsync(request, cancellation);
        if (!answer.IsGood || FhirJson.Parse(answer.Body) is not { } configuration || !Uri.TryCreate(FhirJson.Text(configuration, "token_endpoint"), UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttps && (address.Scheme != client.Server.Scheme || address.Scheme != Uri.UriSchemeHttp))
        {
            throw new NativeFaultException(NativeFault.NotLetIn, "the server names no address for tokens");
        }

        return string.Equals(address.IdnHost, client.Server.IdnHost, StringComparison.OrdinalIgnoreCase)
            ? address
            : throw new NativeFaultException(NativeFault.NotLetIn, "the server names an address for tokens on another host: the setting `tokenAddress` has to say it");
    }

    /// <summary>Whatever goes wrong before we have a token, nothing of an entry has left yet.</summary>
    private async Task<NativeAnswer> NothingArrivedAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, cancellation);
        }
        catch (NativeFaultException fault) when (fault.MayHaveArrived)
        {
            throw new NativeFaultException(NativeFault.Down, "no token: " + fault.Message, fault);
        }
    }

    private async Task<string> AssertAsync(Uri audience, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = client.ClientId,
            Audience = audience.AbsoluteUri,
            IssuedAt = now.UtcDateTime,
            Expires = (now + AssertionLife).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = client.ClientId, ["jti"] = Guid.CreateVersion7().ToString("N") },
            SigningCredentials = ReadKey(await NativeSecret.ReadAsync(client.KeyFile, cancellation)),
        });
    }

    private static SigningCredentials ReadKey(string text)
    {
        try
        {
            var key = JsonWebKey.Create(text);
            var algorithm = (key.Kty, key.Crv) switch { ("RSA", _) => SecurityAlgorithms.RsaSha384, ("EC", "P-384") => SecurityAlgorithms.EcdsaSha384, ("EC", "P-256") => SecurityAlgorithms.EcdsaSha256, _ => null };
            return key.HasPrivateKey && algorithm is not null ? new SigningCredentials(key, algorithm) : throw new NativeFaultException(NativeFault.NotLetIn, "the key file holds no private key that serves");
        }
        catch (Exception fault) when (fault is ArgumentException or System.Text.Json.JsonException)
        {
            throw new NativeFaultException(NativeFault.NotLetIn, "the key file is no JWK", fault);
        }
    }

    private static TimeSpan Life(JsonObject token) =>
        token["expires_in"] is JsonValue value && int.TryParse(value.ToJsonString().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, 3600)) : TimeSpan.Zero;

    private sealed record Kept(string Token, DateTimeOffset Until);
}
