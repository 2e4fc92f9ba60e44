// The gateway with every profile's systems connected to it, a source full of marks behind it.
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Sisote.Gateway.Handles;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.House;

/// <summary>One house for all profiles: each visit is a client of its own, so that nothing of one is known in another.</summary>
internal sealed class LeakHouse : IAsyncDisposable
{
    private static int people;

    private readonly string folder;

    private LeakHouse(GatewayWorld world, string folder)
    {
        (World, this.folder) = (world, folder);
        Marked = new MarkedSource(world.Source);
        Marked.Open();
    }

    /// <summary>The gateway and what stands round it.</summary>
    public GatewayWorld World { get; }

    /// <summary>The source's behaviour.</summary>
    internal MarkedSource Marked { get; }

    /// <summary>All that the gateway wrote as diagnostics.</summary>
    internal string Diagnostics
    {
        get
        {
            using var reader = new StreamReader(new FileStream(Path.Combine(folder, "gateway.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    /// <summary>Opens it.</summary>
    public static async Task<LeakHouse> OpenAsync(TimeProvider? clock = null, Action<WebApplicationBuilder>? configure = null, IDictionary<string, string?>? options = null)
    {
        var folder = Directory.CreateTempSubdirectory("sisote-leaks-").FullName;
        options ??= new Dictionary<string, string?>();
        options.TryAdd("Sisote:Gateway:LargestAnswer", "67108864");
        options.TryAdd("Sisote:LogFile", Path.Combine(folder, "gateway.log"));
        options.TryAdd("Sisote:Gateway:Outbox:Waits", "false"); // these probes compare what is said at once; what waits is looked at in Gateway.Tests/Outbox
        options.TryAdd("Sisote:LogLevel", "Debug"); // the most that an operator can switch on
        return new LeakHouse(await GatewayWorld.OpenAsync(options, deployment: Profiling.Deployment, clock: clock ?? new FixedClock(), configure: configure), folder);
    }

    /// <summary>A new client, about whom what the scene asks for is on record.</summary>
    public Visit Enter(Scene scene) => Enter(scene, scene.OnRecord);

    /// <summary>A new client with something else on record.</summary>
    public Visit Enter(Scene scene, Func<ConsentState, ConsentState> onRecord)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var hetu = HetuOf(Interlocked.Increment(ref people));
        World.Consent.Set(hetu, onRecord);
        Marked.Client = hetu;
        return new Visit(this, scene, hetu);
    }

    /// <summary>The handles of a recipient.</summary>
    internal Handles HandlesOf(Policy.Ids.SystemId recipient) => World.Part<HandleRing>().For(recipient);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Profiling.Now;
    }

    /// <summary>A sound identifier of nobody.</summary>
    private static string HetuOf(int number)
    {
        const string Marks = "0123456789ABCDEFHJKLMNPRSTUVWXY";
        var digits = string.Create(CultureInfo.InvariantCulture, $"{1 + (number % 28):00}{1 + (number / 28 % 12):00}{number / 336 % 100:00}");
        var individual = 902 + (number / 33_600);
        return $"{digits}-{individual}{Marks[int.Parse(string.Create(CultureInfo.InvariantCulture, $"{digits}{individual}"), CultureInfo.InvariantCulture) % 31]}";
    }
}
