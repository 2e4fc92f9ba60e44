// A gateway whose subscriptions are looked after in moments instead of minutes.
using System.Text.RegularExpressions;
using Sisote.Policy.Deployments;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Subscriptions;

/// <summary>Subscribes, changes what a source or the consent service has, and waits for what comes of it.</summary>
public sealed class SubscribedWorld : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private SubscribedWorld(GatewayWorld gateway, FakeReceiver receiver) => (Gateway, Receiver) = (gateway, receiver);

    public GatewayWorld Gateway { get; }

    public FakeReceiver Receiver { get; }

    public FakeConsent Consent => Gateway.Consent;

    public FakeSource Source => Gateway.Source;

    public string Handle { get; private set; } = string.Empty;

    /// <summary>Opens it; slow = a source is asked once, and then not for an hour.</summary>
    public static async Task<SubscribedWorld> OpenAsync(bool slow = false, string? secret = null, Func<SystemEntry, SystemEntry>? change = null, params (string Name, string Value)[] more)
    {
        var receiver = await FakeReceiver.StartAsync();
        var options = new Dictionary<string, string?>
        {
            ["Sisote:Gateway:Subscriptions:LookEvery"] = "00:00:00.02",
            ["Sisote:Gateway:Subscriptions:Every"] = slow ? "01:00:00" : "00:00:00.05",
            ["Sisote:Gateway:Subscriptions:FirstRetry"] = "00:00:00.02",
            ["Sisote:Gateway:Subscriptions:LongestRetry"] = "00:00:00.1",
            ["Sisote:Gateway:Subscriptions:MostFailures"] = "3",
        };
        foreach (var (name, value) in more)
        {
            options["Sisote:Gateway:Subscriptions:" + name] = value;
        }

        var notify = new NotifyEntry { Url = receiver.Address, SecretFile = secret };
        var deployment = Some.Deployment with { Systems = [.. Some.Deployment.Systems.Select(system => system.Id.Value is "kuopio-portal" or "pohjois-savo-record" ? (change ?? (static one => one))(system with { Notify = notify }) : system)] };
        var world = new SubscribedWorld(await GatewayWorld.OpenAsync(options, deployment: deployment, secret: secret), receiver);
        world.Handle = await world.Gateway.HandleOfAsync(Some.Aino);
        return world;
    }

    public static string Subscription(string criteria, string more = "", string channel = "") =>
        $$"""{"resourceType":"Subscription","status":"requested","reason":"to be told","criteria":"{{criteria}}"{{more}},"channel":{"type":"rest-hook","payload":"application/fhir+json"{{channel}} } }""";

    public Task<RawAnswer> SubscribeAsync(string? criteria = null, string more = "", string channel = "", string? token = null) =>
        Gateway.PostAsync("fhir/pohjois-savo-record/Subscription", Subscription(criteria ?? $"Flag?patient={Handle}", more, channel), token);

    /// <summary>Subscribes and waits until the receiver has the handshake; the path of the subscription.</summary>
    public async Task<string> SubscribedAsync(string? criteria = null)
    {
        var answer = await SubscribeAsync(criteria);
        Assert.True(answer.Status == 201, answer.Everything);
        var path = AddressOf(answer);
        await UntilAsync(async () => (string)Some.Parse((await Gateway.GetAsync(path)).Body)["status"]! == "active");
        return path;
    }

    public static string AddressOf(RawAnswer answer) => Regex.Match(answer.Headers, "Location: http://gateway.test/(.*)").Groups[1].Value.Trim();

    public async Task<string> StatusAsync(string path) => (string)Some.Parse((await Gateway.GetAsync(path)).Body)["status"]!;

    /// <summary>Changes what is on record about Aino, and tells of it.</summary>
    public void Change(Func<Policy.States.ConsentState, Policy.States.ConsentState> change, string hetu = Some.Aino)
    {
        Consent.Set(hetu, change);
        Consent.Tell(FakeConsent.KeyOf(hetu));
    }

    public Task ToldAsync(int times) => UntilAsync(() => Task.FromResult(Receiver.Numbers.Count() >= times));

    /// <summary>Waits until the source was asked so many times more, and what came of it is written down.</summary>
    public async Task LookedAsync(int times = 3)
    {
        var before = Consent.Subscriptions.Leased;
        await UntilAsync(() => Task.FromResult(Consent.Subscriptions.Leased >= before + times));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "What was waited for did not come.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
