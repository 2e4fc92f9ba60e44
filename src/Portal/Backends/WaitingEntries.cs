// Entries that wait at the gateway, as the portal looks after them.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors;
using Sisote.Doors.Tokens;

namespace Sisote.Portal.Backends;

/// <summary>Where a waiting entry stands.</summary>
/// <param name="State">The gateway's word: waiting, sending, unknown, delivered, refused, cancelled, expired.</param>
/// <param name="IsOpen">Whether it may still be sent.</param>
/// <param name="Delivered">What its sender would have heard at once; set when it was delivered.</param>
internal sealed record EntryStanding(string State, bool IsOpen, Released? Delivered);

/// <summary>Asks the gateway where an entry stands, and takes one back, as the system that sent it.</summary>
internal sealed class WaitingEntries(IHttpClientFactory http, RoomSettings settings, AccessTokenSource tokens, ILogger<WaitingEntries> log)
{
    /// <summary>Header with the state in one word.</summary>
    public const string StateHeader = "Sisote-Entry-State";

    private const string Place = "outbox";

    /// <summary>Where it stands; null where that cannot be learnt now.</summary>
    public Task<EntryStanding?> LookAsync(ExchangeCaller caller, string id, CancellationToken cancellation) => SendAsync(caller, HttpMethod.Get, id, cancellation);

    /// <summary>Takes it back, if it has not been sent; where it stands then.</summary>
    public async Task<EntryStanding?> CancelAsync(ExchangeCaller caller, string id, CancellationToken cancellation)
    {
        await SendAsync(caller, HttpMethod.Delete, id, cancellation);
        return await LookAsync(caller, id, cancellation);
    }

    /// <summary>The id in the address that the gateway gave; of the address nothing else is used: no answer says where the portal calls.</summary>
    public static string? IdIn(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Accepted && answer.Content.Headers.ContentLocation?.ToString().Split('/')[^1] is { Length: > 0 and <= 64 } id ? id : null;

    private async Task<EntryStanding?> SendAsync(ExchangeCaller caller, HttpMethod method, string id, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(settings.Gateway, $"{Place}/{Uri.EscapeDataString(id)}"));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(ExchangeApi.FhirJson));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(caller.System.Id, Scopes.Exchange, caller.Business, cancellation));
            using var client = http.CreateClient(nameof(ExchangeApi));
            using var answer = await client.SendAsync(request, cancellation);
            Log.GatewayAnswered(log, (int)answer.StatusCode, Place, caller.System.Id.Value);
            return await ReadAsync(answer, cancellation);
        }
        catch (TokenRefusedException refused)
        {
            Log.TokenRefused(log, caller.System.Id.Value, refused.Error);
            return null;
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            Log.GatewayDown(log, Place, fault.GetType().Name);
            return null;
        }
    }

    private static async Task<EntryStanding?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (!answer.Headers.TryGetValues(StateHeader, out var states) || states.FirstOrDefault() is not { } state)
        {
            return null;
        }

        var released = state == "delivered" && JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation)) is JsonObject body
            ? new Released(body, ExchangeApi.One(answer, ExchangeApi.ReceiptHeader), ExchangeApi.One(answer, CorrelationMiddleware.Header), answer.Headers.Location?.ToString())
            : null;
        return new EntryStanding(state, answer.StatusCode == HttpStatusCode.Accepted && state != "cancelled", released);
    }
}
