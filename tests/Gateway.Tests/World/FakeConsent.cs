// The consent service as the gateway sees it, small enough to break on purpose.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Tests.Gateway.World;

/// <summary>States in memory, a log as a list; an append is checked against the current revisions as the real one is.</summary>
public sealed class FakeConsent : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, ConsentState> states = new();
    private readonly ConcurrentDictionary<string, string> merged = new();
    private readonly Dictionary<Digest, byte[]> inputs = [];
    private readonly Lock gate = new();
    private readonly List<ChangeEvent> changes = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int questions;
    private int heard = -1; // the number with which was asked last
    private TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeConsent()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(static json => SisoteJson.Apply(json.SerializerOptions));
        app = builder.Build();
        app.MapPost("/states", (ClientStateQuery query) =>
        {
            Interlocked.Increment(ref questions);
            return IsDown ? Results.StatusCode(503) : query.Identifiers.Length + query.Clients.Length > 1000 ? Results.StatusCode(400) : Results.Json(Answer(query), SisoteJson.Options);
        });
        app.MapPost("/states/refresh", (ClientStateRefresh held) =>
        {
            Interlocked.Increment(ref questions);
            return IsDown ? Results.StatusCode(503) : Results.Json(Answer(held), SisoteJson.Options);
        });
        app.MapPost("/log/append", (AppendRequest request, HttpContext context) =>
        {
            LargestAppend = Math.Max(LargestAppend, context.Request.ContentLength ?? 0);
            return IsLogDown ? Results.StatusCode(503) : Results.Json(Append(request), SisoteJson.Options);
        });
        app.MapGet("/changes", async (long? after, CancellationToken cancellation) =>
        {
            if (!HasFeed)
            {
                return Results.StatusCode(503);
            }

            var behind = after ?? changes.Count;
            var events = after is null ? [] : await WaitAsync(behind, cancellation);
            return Results.Json(new ChangeFeed { Events = [.. events], Next = behind + events.Count }, SisoteJson.Options);
        });
        Outbox.Map(app);
        Subscriptions.Map(app);
        Network.Map(app);
        Network.MapFigures(app);
        app.MapGet("/log/checkpoint", (HttpContext context) =>
        {
            context.Response.Headers["X-Inner"] = "inner-header";
            return Results.Text("example.org/log\n1\nAAAA\n");
        });
        app.MapGet("/log/tile/{**tile}", (string tile) => tile == "0/000" ? Results.Bytes(new byte[32]) : Results.NotFound());
    }

    public Uri Address => new(app.Urls.First() + "/");

    /// <summary>What was appended, in order.</summary>
    public List<AppendItem> Log { get; } = [];

    /// <summary>How many entries came in each call.</summary>
    public List<int> AppendCalls { get; } = [];

    /// <summary>What waits.</summary>
    public FakeOutbox Outbox { get; } = new();

    /// <summary>Subscriptions.</summary>
    public FakeSubscriptions Subscriptions { get; } = new();

    /// <summary>Directory, offers and groups.</summary>
    public FakeNetwork Network { get; } = new();

    public bool IsDown { get; set; }

    /// <summary>Whether it tells of changes.</summary>
    public bool HasFeed { get; set; }

    /// <summary>Ends when a follower has worked through all changes and asks for the next.</summary>
    public async Task HeardAsync()
    {
        while (true)
        {
            Task again;
            lock (gate)
            {
                if (heard == changes.Count)
                {
                    return;
                }

                again = asked.Task;
            }

            await again.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    public bool IsLogDown { get; set; }

    /// <summary>How often it was asked for states.</summary>
    public int Questions => questions;

    /// <summary>How often it said that what the gateway held was current.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Bytes of the largest append.</summary>
    public long LargestAppend { get; private set; }

    /// <summary>How often the inputs of a decision came with its record.</summary>
    public int InputsReceived { get; private set; }

    /// <summary>What becomes of records that cannot be written; null for those that can.</summary>
    public Func<AppendItem, AppendStatus?>? Unwritable { get; set; }

    /// <summary>Runs once, before the next append is looked at.</summary>
    public Action? BeforeNextAppend { get; set; }

    public static async Task<FakeConsent> StartAsync()
    {
        var consent = new FakeConsent();
        await consent.app.StartAsync();
        return consent;
    }

    public static ClientId KeyOf(string hetu) => ClientId.Parse(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(hetu)))[..32]);

    /// <summary>A client's key for commitments.</summary>
    public static byte[] KeyFor(ClientId client) => SHA256.HashData(Encoding.ASCII.GetBytes("commitments " + client.Reveal()));

    /// <summary>Forgets which inputs it keeps, as a service that was set back to a copy.</summary>
    public void ForgetInputs() => inputs.Clear();

    public void Set(string hetu, Func<ConsentState, ConsentState> change)
    {
        var state = change(StateOf(hetu));
        states[hetu] = state with { Revision = state.Revision + 1 };
    }

    /// <summary>Makes one identity another's: who asks under it reaches the other one's state, and no revision of its own is current any more.</summary>
    public void Merge(string prior, string surviving)
    {
        var state = StateOf(prior);
        Set(surviving, own => state with { Client = own.Client, Revision = own.Revision });
        merged[prior] = surviving;
    }

    /// <summary>Tells followers of a change; null = of the agreements.</summary>
    public void Tell(ClientId? client)
    {
        lock (gate)
        {
            changes.Add(new ChangeEvent(changes.Count + 1, client is null ? ChangeKind.Agreements : ChangeKind.Consent, 1, client));
            changed.TrySetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public ConsentState StateOf(string hetu) => states.GetOrAdd(hetu, static text => new ConsentState { Client = KeyOf(text), Revision = 0, AgreementsRevision = 1 });

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private ClientStateAnswer Answer(ClientStateQuery query)
    {
        var named = query.Identifiers.Select(RowOf);
        var keyed = query.Clients.Select(client => states.FirstOrDefault(pair => pair.Value.Client == client) is { Key: { } hetu }
            ? RowOf(hetu)
            : new ClientStateRow { State = new ConsentState { Client = client, Revision = 0, AgreementsRevision = 1 }, CommitmentKey = KeyFor(client) });
        return new ClientStateAnswer { States = [.. named, .. keyed] };
    }

    private ClientStateRow RowOf(string hetu)
    {
        var standing = merged.GetValueOrDefault(hetu, hetu);
        return new ClientStateRow { State = StateOf(standing), Identifier = standing, AskedAs = standing == hetu ? null : KeyOf(hetu), CommitmentKey = KeyFor(KeyOf(standing)) };
    }

    private async Task<List<ChangeEvent>> WaitAsync(long behind, CancellationToken cancellation)
    {
        while (true)
        {
            Task more;
            lock (gate)
            {
                heard = (int)behind;
                asked.TrySetResult();
                asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (changes.Count > behind)
                {
                    return [.. changes.Skip((int)behind)];
                }

                more = changed.Task;
            }

            await more.WaitAsync(cancellation);
        }
    }

    private ClientStateRefreshed Answer(ClientStateRefresh held)
    {
        var (hetu, state) = states.FirstOrDefault(pair => pair.Value.Client == held.Client);
        var isCurrent = (hetu is null || !merged.ContainsKey(hetu)) && held.Revision == (state?.Revision ?? 0) && held.AgreementsRevision == (state?.AgreementsRevision ?? 1) && (held.KnowsIdentifier || hetu is null);
        Unchanged += isCurrent ? 1 : 0;
        return new ClientStateRefreshed { Changed = isCurrent ? null : Answer(new ClientStateQuery { Clients = [held.Client] }).States[0] };
    }

    private AppendAnswer Append(AppendRequest request)
    {
        lock (gate)
        {
            var before = BeforeNextAppend;
            BeforeNextAppend = null;
            before?.Invoke();
            AppendCalls.Add(request.Entries.Length);
            var isTogether = request.Entries.All(item => item.Together is not null && item.Together == request.Entries[0].Together);
            return isTogether && request.Entries.Any(IsStale)
                ? new AppendAnswer { Results = [.. request.Entries.Select(static _ => new AppendResult { Status = AppendStatus.Stale })] }
                : new AppendAnswer { Results = [.. request.Entries.Select(AppendOne)] };
        }
    }

    private bool IsStale(AppendItem item)
    {
        var state = item.Entry.Client is null ? new ConsentState { Client = default, Revision = 0, AgreementsRevision = 1 } : states.Values.FirstOrDefault(state => state.Client == item.Entry.Client);
        return item.Expect is { } expected && (state is null || merged.Keys.Any(prior => KeyOf(prior) == state.Client) || expected.ClientRevision != state.Revision || expected.AgreementsRevision != state.AgreementsRevision);
    }

    private AppendResult AppendOne(AppendItem item)
    {
        if (IsStale(item))
        {
            return new AppendResult { Status = AppendStatus.Stale };
        }

        if (Unwritable?.Invoke(item) is { } unwritable)
        {
            return new AppendResult { Status = unwritable };
        }

        if (item.Entry.Inputs is { } commitment)
        {
            if (item.Inputs is null && !inputs.ContainsKey(commitment))
            {
                return new AppendResult { Status = AppendStatus.InputsWanted };
            }

            InputsReceived += item.Inputs is null ? 0 : 1;
            inputs[commitment] = item.Inputs ?? inputs[commitment];
            item = item with { Inputs = inputs[commitment] };
        }

        Log.Add(item);
        return new AppendResult { Status = AppendStatus.Committed, Index = Log.Count - 1, Receipt = $"receipt-{Log.Count - 1}" };
    }
}
