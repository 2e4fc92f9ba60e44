// The network's face as the portal's pages use it: as the organisation's portal system, for the signed-in professional.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.Doors;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Doors.Tokens;

namespace Sisote.Portal.Backends;

/// <summary>Finds units, contacts and offers, and publishes offers, through the gateway like any connected system.</summary>
internal sealed class NetworkApi(IHttpClientFactory http, RoomSettings settings, AccessTokenSource tokens, ILogger<NetworkApi> log)
{
    private const string Face = "network";

    /// <summary>Rows of a register that are valid now and fit; parameters without a value are left out.</summary>
    /// <param name="caller">As which system and for whom.</param>
    /// <param name="register"><c>units</c>, <c>contacts</c> or <c>offers</c>.</param>
    /// <param name="parameters">What narrows the answer, by the face's names.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<Answer<NetworkFound>> FindAsync(ExchangeCaller caller, string register, IEnumerable<KeyValuePair<string, string?>> parameters, CancellationToken cancellation) =>
        SendAsync<NetworkFound>(caller, HttpMethod.Get, $"{Face}/{register}{QueryString.Create(parameters.Where(static one => !string.IsNullOrEmpty(one.Value)))}", null, cancellation);

    /// <summary>Publishes an offer of the caller's organisation, or its next version.</summary>
    public Task<Answer<OfferStands>> PublishAsync(ExchangeCaller caller, string id, OfferSaid offer, CancellationToken cancellation) =>
        SendAsync<OfferStands>(caller, HttpMethod.Put, $"{Face}/offers/{Uri.EscapeDataString(id)}", offer, cancellation);

    private async Task<Answer<T>> SendAsync<T>(ExchangeCaller caller, HttpMethod method, string path, OfferSaid? body, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(settings.Gateway, path)) { Content = body is null ? null : JsonContent.Create(body, options: SisoteJson.Options) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(caller.System.Id, Scopes.Exchange, caller.Business, cancellation));
            using var client = http.CreateClient(nameof(NetworkApi));
            using var answer = await client.SendAsync(request, cancellation);
            Log.GatewayAnswered(log, (int)answer.StatusCode, Face, caller.System.Id.Value);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => await answer.Content.ReadFromJsonAsync<T>(SisoteJson.Options, cancellation) is { } value ? new Answer<T>.Ok(value) : new Answer<T>.Down(),
                HttpStatusCode.NotFound => new Answer<T>.Missing(),
                >= HttpStatusCode.InternalServerError => new Answer<T>.Down(),
                var status => new Answer<T>.Refused((int)status, await Problem.SlugOfAsync(answer, cancellation)),
            };
        }
        catch (TokenRefusedException refused)
        {
            Log.TokenRefused(log, caller.System.Id.Value, refused.Error);
            return new Answer<T>.Down();
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            Log.GatewayDown(log, Face, fault.GetType().Name);
            return new Answer<T>.Down();
        }
    }
}

/// <summary>An offer that stands.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Version">The version.</param>
internal sealed record OfferStands(string? Id, long? Version);
