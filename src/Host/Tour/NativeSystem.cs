// A sector system's own screens, as its users see them.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Sisote.Host.House;

namespace Sisote.Host.Tour;

/// <summary>A user of one of the demonstration's sector systems, at that system's own door: nothing of Sisote is involved.</summary>
internal sealed class NativeSystem(RunningHouse house, string system, Uri address, string user)
{
    /// <summary>Sends a form and reads the answer as JSON.</summary>
    internal async Task<JsonNode> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path)) { Content = new FormUrlEncodedContent(form) };
        return await SendAsync(request, cancellation);
    }

    /// <summary>Reads a page of the system as JSON.</summary>
    internal async Task<JsonNode> GetAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        return await SendAsync(request, cancellation);
    }

    /// <summary>Sends a form and reads the answer as it comes.</summary>
    internal async Task<string> PostTextAsync(string path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path)) { Content = new FormUrlEncodedContent(form) };
        return await SendTextAsync(request, cancellation);
    }

    /// <summary>Reads a page of the system as it comes.</summary>
    internal async Task<string> GetTextAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        return await SendTextAsync(request, cancellation);
    }

    private async Task<JsonNode> SendAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        await SendTextAsync(request, cancellation) is { Length: > 0 } body ? JsonNode.Parse(body)! : new JsonObject();

    private async Task<string> SendTextAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{ReadPassword()}")));
        using var client = house.Http.CreateClient();
        using var answer = await client.SendAsync(request, cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? body
            : throw new TourBrokenException($"`{system}` answered {(int)answer.StatusCode} at its own door.");
    }

    private string ReadPassword()
    {
        var file = Path.Combine(house.Settings.DataDirectory, "simulators", system + ".credentials");
        return File.ReadLines(file).Select(static line => line.Split(':', 2)).FirstOrDefault(parts => parts[0] == user)?[1]
            ?? throw new TourBrokenException($"`{system}` has no account `{user}`.");
    }
}
