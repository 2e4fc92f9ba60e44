// Simulators on free ports, asked as their own users and neighbours would.
using System.Net.Http.Headers;
using System.Text;
using Sisote.Simulators;

namespace Sisote.Tests.Simulators;

/// <summary>One simulator over a temporary folder; it can be stopped and started again over the same files.</summary>
internal sealed class NativeHouse : IAsyncDisposable
{
    private static readonly SocketsHttpHandler Handler = new();
    private readonly string kind;
    private readonly HttpClient http = new(Handler, disposeHandler: false);
    private RunningSimulators? running;

    private NativeHouse(string kind, string folder)
    {
        this.kind = kind;
        Folder = folder;
    }

    public string Folder { get; }

    public RunningSimulators Running => running!;

    public static async Task<NativeHouse> StartAsync(string kind)
    {
        var house = new NativeHouse(kind, Directory.CreateTempSubdirectory("sisote-native-").FullName);
        await house.StartAgainAsync();
        return house;
    }

    public async Task StopAsync()
    {
        await running!.DisposeAsync();
        running = null;
    }

    public async Task StartAgainAsync() =>
        running = await SimulatorsRoom.StartAsync([new SimulatorEntry { Kind = kind, HttpPort = 0 }], new SimulatorSettings { DataDirectory = Folder }, CancellationToken.None);

    /// <summary>A call with the API key, as a user (<paramref name="user"/>), with a bearer token, or as nobody (<c>user: ""</c>).</summary>
    public async Task<(int Status, string Body, HttpResponseHeaders Headers)> AskAsync(HttpMethod method, string path, string? json = null, string? user = null, string? token = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(Running.HttpAddress(kind), path));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, type);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        else if (user is null)
        {
            request.Headers.Add("X-Api-Key", await File.ReadAllTextAsync(Path.Combine(Folder, kind, "api-key")));
        }
        else if (user.Length > 0)
        {
            var line = File.ReadLines(Path.Combine(Folder, kind + ".credentials")).First(line => line.StartsWith(user + ":", StringComparison.Ordinal));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(line)));
        }

        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }

    /// <summary>A form post with HTTP Basic credentials.</summary>
    public async Task<(int Status, string Body)> AskTokenAsync(string client, string secret, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Running.HttpAddress(kind), "oauth/token"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret}")));
        request.Content = new FormUrlEncodedContent(form.Select(static pair => KeyValuePair.Create(pair.Name, pair.Value)));
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
        {
            await running.DisposeAsync();
        }

        http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
