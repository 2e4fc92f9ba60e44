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
    private readonly Dictionary<Digest, byte[]> inputs = [];
    private readonly Lock gate = new();
    private int questions;

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
            return IsDown ? Results.StatusCode(503) : Results.Json(Answer(query), SisoteJson.Options);
        });
        app.MapPost("/log/append", (AppendRequest request, HttpContext context) =>
        {
            LargestAppend = Math.Max(LargestAppend, context.Request.ContentLength ?? 0);
            return IsLogDown ? Results.StatusCode(503) : Results.Json(Append(request), SisoteJson.Options);
        });
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

    public bool IsDown { get; set; }

    public bool IsLogDown { get; set; }

    /// <summary>How often it was asked for states.</summary>
    public int Questions => questions;

    /// <summary>Bytes of the largest append.</summary>
    public long LargestAppend { get; private set; }

    /// <summary>How often the inputs of a decision came with its record.</summary>
    public int InputsReceived { get; private set; }

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

    public ConsentState StateOf(string hetu) => states.GetOrAdd(hetu, static text => new ConsentState { Client = KeyOf(text), Revision = 0, AgreementsRevision = 1 });

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private ClientStateAnswer Answer(ClientStateQuery query)
    {
        var named = query.Identifiers.Select(hetu => new ClientStateRow { State = StateOf(hetu), Identifier = hetu, CommitmentKey = KeyFor(KeyOf(hetu)) });
        var keyed = query.Clients.Select(client => states.FirstOrDefault(pair => pair.Value.Client == client) is { Key: { } hetu } pair
            ? new ClientStateRow { State = pair.Value, Identifier = hetu, CommitmentKey = KeyFor(client) }
            : new ClientStateRow { State = new ConsentState { Client = client, Revision = 0, AgreementsRevision = 1 }, CommitmentKey = KeyFor(client) });
        return new ClientStateAnswer { States = [.. named, .. keyed] };
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
        return item.Expect is { } expected && (state is null || expected.ClientRevision != state.Revision || expected.AgreementsRevision != state.AgreementsRevision);
    }

    private AppendResult AppendOne(AppendItem item)
    {
        if (IsStale(item))
        {
            return new AppendResult { Status = AppendStatus.Stale };
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
