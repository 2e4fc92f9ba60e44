// Puts a notification to its receiver.
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Sisote.Doors;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Subscriptions;

/// <summary>
/// One attempt at the address that the deployment file names, and at no other: no redirect is followed, nothing of the answer is read but its status. The address is the same for every client.
/// </summary>
internal sealed class NotificationSending(IHttpClientFactory http, NotificationKeys keys, GatewayOptions options, SubscriptionTimes times)
{
    internal const string HttpName = "notifications";
    internal const string TimeHeader = "Sisote-Signature-Time";
    internal const string SignatureHeader = "Sisote-Signature";

    /// <summary>Whether the receiver took it.</summary>
    internal async Task<bool> SendAsync(SystemId subscriber, NotifyEntry notify, byte[] body)
    {
        using var limit = new CancellationTokenSource(options.Subscriptions.Timeout);
        try
        {
            using var client = http.CreateClient(HttpName);
            using var request = new HttpRequestMessage(HttpMethod.Post, notify.Url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
            Sign(request, subscriber, body);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Sign(HttpRequestMessage request, SystemId subscriber, byte[] body)
    {
        if (keys.Of(subscriber) is not { } key)
        {
            return;
        }

        var time = times.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add(TimeHeader, time);
        request.Headers.Add(SignatureHeader, "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes(time + "."), .. body])));
    }
}

/// <summary>Secrets that receivers share with this installation, each in a file of the key folder that the deployment names. Read once: a missing one is a fault of the start.</summary>
internal sealed class NotificationKeys
{
    private const int Least = 32;
    private readonly Dictionary<SystemId, byte[]> keys = [];

    /// <exception cref="IOException">A secret is missing or too short.</exception>
    public NotificationKeys(RoomSettings settings)
    {
        foreach (var system in settings.Deployment.Systems)
        {
            if (system.Notify is { SecretFile: { } name })
            {
                keys[system.Id] = Read(Path.Combine(settings.KeyDirectory, name), system.Id);
            }
        }
    }

    internal byte[]? Of(SystemId subscriber) => keys.GetValueOrDefault(subscriber);

    private static byte[] Read(string file, SystemId system)
    {
        var bytes = File.Exists(file) ? Encoding.UTF8.GetBytes(File.ReadAllText(file).Trim()) : [];
        return bytes.Length >= Least ? bytes : throw new IOException($"Notifications to `{system}` are signed with the secret in `{file}`: put at least {Least} characters there, the same as its receiver has.");
    }
}
