// How a REST system lets us in.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Serialization;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.Rest;

/// <summary>Signs requests. Secrets are read from their files at each use.</summary>
internal abstract class RestCredentials
{
    /// <summary>The credentials that the settings name, or null with a noted fault where they name none or several.</summary>
    public static RestCredentials? Open(AdapterSettings settings, NativeHttpClient http, TimeProvider clock)
    {
        var ways = new List<RestCredentials>();
        if (settings.Optional("apiKeyFile") is not null)
        {
            ways.Add(new ApiKey(settings.Optional("apiKeyHeader") ?? "X-Api-Key", settings.RequirePath("apiKeyFile")));
        }

        if (settings.Optional("credentials") is not null)
        {
            ways.Add(new Basic(settings.Optional("user") ?? "integration", settings.RequirePath("credentials")));
        }

        if (settings.Optional("tokenAddress") is not null)
        {
            var address = new Uri(settings.RequireHttp("tokenAddress").AbsoluteUri.TrimEnd('/'));
            ways.Add(new ClientToken(address, settings.Require("clientId"), settings.RequirePath("clientSecretFile"), settings.Optional("scope"), http, clock));
        }

        if (ways is [var only])
        {
            return only;
        }

        settings.Fault("apiKeyFile", "or `credentials` or `tokenAddress` is needed, one of them");
        return null;
    }

    /// <summary>Signs a request.</summary>
    /// <exception cref="NativeFaultException">The secret cannot be read, or the authority gives no token.</exception>
    public abstract Task SignAsync(HttpRequestMessage request, CancellationToken cancellation);

    /// <summary>Drops what was kept, because the system no longer takes it; true where new ones may help.</summary>
    public virtual bool Forget() => false;

    private sealed class ApiKey(string header, string file) : RestCredentials
    {
        public override async Task SignAsync(HttpRequestMessage request, CancellationToken cancellation) => request.Headers.Add(header, await NativeSecret.ReadAsync(file, cancellation));
    }

    private sealed class Basic(string user, string file) : RestCredentials
    {
        public override async Task SignAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            var lines = (await NativeSecret.ReadAsync(file, cancellation)).Split('\n', StringSplitOptions.TrimEntries);
            var line = lines.FirstOrDefault(one => one.StartsWith(user + ":", StringComparison.Ordinal)) ?? throw new NativeFaultException(NativeFault.NotLetIn, "the file of credentials lacks the user");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(line)));
        }
    }

    /// <summary>OAuth 2 client credentials; a token is used until shortly before its end.</summary>
    private sealed class ClientToken(Uri address, string clientId, string secretFile, string? scope, NativeHttpClient http, TimeProvider clock) : RestCredentials
    {
        private Kept? token;

        public override async Task SignAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            var kept = token;
            if (kept is null || kept.Until <= clock.GetUtcNow())
            {
                token = null; // an authority that refuses is not asked again
                token = kept = await NothingArrivedAsync(cancellation);
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", kept.Value);
        }

        public override bool Forget()
        {
            var wasThere = token is not null;
            token = null;
            return wasThere;
        }

        /// <summary>Whatever goes wrong before we have a token, nothing of an entry has left yet.</summary>
        private async Task<Kept> NothingArrivedAsync(CancellationToken cancellation)
        {
            try
            {
                return await FetchAsync(cancellation);
            }
            catch (NativeFaultException fault) when (fault.MayHaveArrived)
            {
                throw new NativeFaultException(NativeFault.Down, "no token: " + fault.Message, fault);
            }
        }

        private async Task<Kept> FetchAsync(CancellationToken cancellation)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address);
            var line = $"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(await NativeSecret.ReadAsync(secretFile, cancellation))}"; // RFC 6749 §2.3.1
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(line)));
            var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
            if (scope is not null)
            {
                form["scope"] = scope;
            }

            request.Content = new FormUrlEncodedContent(form);
            var answer = await http.SendAsync(request, cancellation);
            if (!answer.IsGood)
            {
                throw new NativeFaultException(NativeFault.NotLetIn, "no token");
            }

            var fresh = NativeJson.Read<TokenAnswer>(answer.Body);
            return new Kept(fresh.AccessToken, clock.GetUtcNow().AddSeconds(fresh.ExpiresIn - 30));
        }

        private sealed record Kept(string Value, DateTimeOffset Until);

        private sealed record TokenAnswer([property: JsonPropertyName("access_token"), JsonRequired] string AccessToken, [property: JsonPropertyName("expires_in"), JsonRequired] int ExpiresIn);
    }
}
