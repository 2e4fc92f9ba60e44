// The consent service's door to witnesses, as the operator uses it.
using System.Net;
using System.Net.Http.Headers;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Asks a running instance with the operator's key.</summary>
internal sealed class WitnessApi(RunningHouse house)
{
    /// <summary>Everything about witnesses.</summary>
    internal async Task<WitnessStatus> ReadAsync(CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, "witness/status", null, cancellation);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<WitnessStatus>(SisoteJson.Options, cancellation) ?? throw new InvalidDataException("The consent service answered nothing.");
    }

    /// <summary>The evidence file of an alarm; null for none.</summary>
    internal async Task<byte[]?> FindEvidenceAsync(string id, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"witness/alarms/{Uri.EscapeDataString(id)}", null, cancellation);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellation);
    }

    /// <summary>Settles an alarm; false for none.</summary>
    internal async Task<bool> SettleAsync(string id, SettleAlarm settle, CancellationToken cancellation)
    {
        using var body = JsonContent.Create(settle, options: SisoteJson.Options);
        using var answer = await SendAsync(HttpMethod.Post, $"witness/alarms/{Uri.EscapeDataString(id)}/settle", body, cancellation);
        return answer.StatusCode != HttpStatusCode.NotFound && answer.EnsureSuccessStatusCode().IsSuccessStatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        using var request = new HttpRequestMessage(method, new Uri(house.Settings.Consent, path)) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.GetOperatorTokenAsync(cancellation));
        return await client.SendAsync(request, cancellation);
    }
}
