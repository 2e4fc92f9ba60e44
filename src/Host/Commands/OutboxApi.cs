// The consent service's door to the outbox, as the operator uses it.
using System.Net;
using System.Net.Http.Headers;
using Sisote.Doors.Json;
using Sisote.Doors.Outbox;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Asks a running instance with the operator's key.</summary>
internal sealed class OutboxApi(RunningHouse house)
{
    /// <summary>The entries that wait, or all that are kept; oldest first.</summary>
    internal async Task<OutboxList> ListAsync(bool withEnded, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, withEnded ? "outbox?ended=true" : "outbox", cancellation);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<OutboxList>(SisoteJson.Options, cancellation) ?? throw new InvalidDataException("The consent service answered nothing.");
    }

    /// <summary>Takes an entry back; false where it is too late, null where there is none.</summary>
    internal async Task<bool?> CancelAsync(string id, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"outbox/{Uri.EscapeDataString(id)}/cancel", cancellation);
        return answer.StatusCode switch
        {
            HttpStatusCode.NotFound => null,
            HttpStatusCode.Conflict => false,
            _ => answer.EnsureSuccessStatusCode().IsSuccessStatusCode,
        };
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        using var request = new HttpRequestMessage(method, new Uri(house.Settings.Consent, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.GetOperatorTokenAsync(cancellation));
        return await client.SendAsync(request, cancellation);
    }
}
