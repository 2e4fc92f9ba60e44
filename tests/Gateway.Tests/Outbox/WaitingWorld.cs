// A gateway whose entries wait for moments instead of minutes.
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Outbox;

/// <summary>Sends entries, looks after them at the address that the gateway gave, and takes them back.</summary>
public sealed class WaitingWorld : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private WaitingWorld(GatewayWorld gateway) => Gateway = gateway;

    public GatewayWorld Gateway { get; }

    public FakeConsent Consent => Gateway.Consent;

    public FakeSource Source => Gateway.Source;

    /// <summary>Opens it; slow = what waits is not tried again while the test lasts.</summary>
    public static async Task<WaitingWorld> OpenAsync(
        bool slow = false, Dictionary<string, string?>? more = null, Uri? source = null, Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? configure = null)
    {
        var options = new Dictionary<string, string?>
        {
            ["Sisote:Gateway:Outbox:LookEvery"] = "00:00:00.02",
            ["Sisote:Gateway:Outbox:FirstRetry"] = slow ? "00:10:00" : "00:00:00.02",
            ["Sisote:Gateway:Outbox:LongestRetry"] = slow ? "00:10:00" : "00:00:00.1",
        };
        foreach (var (name, value) in more ?? [])
        {
            options[name] = value;
        }

        return new WaitingWorld(await GatewayWorld.OpenAsync(options, source: source, configure: configure));
    }

    public Task<RawAnswer> SendAsync(JsonObject entry, string? key = null)
    {
        var type = (string)entry["resourceType"]!;
        return Gateway.PostAsync($"fhir/pohjois-savo-record{(type == "Bundle" ? string.Empty : "/" + type)}", entry.ToJsonString(), key: key);
    }

    public Task<RawAnswer> LookAsync(RawAnswer first, string? token = null) => Gateway.GetAsync(AddressOf(first), token);

    public Task<RawAnswer> CancelAsync(RawAnswer first, string? token = null) => Gateway.SendAsync(new HttpRequestMessage(HttpMethod.Delete, new Uri(Gateway.Address, AddressOf(first))), token);

    /// <summary>Looks until the entry has ended.</summary>
    public async Task<RawAnswer> EndAsync(RawAnswer first)
    {
        var answer = await LookAsync(first);
        await UntilAsync(async () => (answer = await LookAsync(first)).Status != 202);
        return answer;
    }

    public Task UntilAsync(Func<bool> holds, TimeSpan? patience = null) => UntilAsync(() => Task.FromResult(holds()), patience);

    public static string StateOf(RawAnswer answer) => Regex.Match(answer.Headers, "Sisote-Entry-State: (.*)").Groups[1].Value.Trim();

    public static string AddressOf(RawAnswer answer) => Regex.Match(answer.Headers, "Content-Location: http://gateway.test/(.*)").Groups[1].Value.Trim();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    private static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan? patience = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < (patience ?? Patience), "What was waited for did not come.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
