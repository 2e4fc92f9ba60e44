// The gateway's side of the consent service's inner door.
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Clients;

/// <summary>Calls the consent service: states of clients, appends to the log, tiles. Null means that it could not be asked or gave no usable answer; then nothing is released.</summary>
internal sealed class ConsentApi(RoomSettings settings, IHttpClientFactory http, AccessTokenSource tokens, GatewayOptions options, ILogger<ConsentApi> log)
{
    internal const string HttpName = "consent";
    private const int FollowSeconds = 20;

    /// <summary>States of clients, in the order of the question.</summary>
    internal async Task<ClientStateAnswer?> AskStatesAsync(ClientStateQuery query, CancellationToken cancellation)
    {
        var answer = await PostAsync<ClientStateAnswer>("states", JsonContent.Create(query, options: SisoteJson.Options), cancellation);
        return answer is not null && answer.States.Length == query.Identifiers.Length + query.Clients.Length ? answer : null;
    }

    /// <summary>A client's state where it is another than the one held.</summary>
    internal async Task<ClientStateRefreshed?> RefreshStateAsync(ClientStateRefresh held, CancellationToken cancellation) =>
        await PostAsync<ClientStateRefreshed>("states/refresh", JsonContent.Create(held, options: SisoteJson.Options), cancellation) is { } answer
        && (answer.Changed is null || answer.Changed.State.Client == held.Client || answer.Changed.AskedAs == held.Client) ? answer : null;

    /// <summary>Changes behind a number, held back until there are some; reachable without any where the follower must begin anew.</summary>
    internal async Task<(bool IsReachable, ChangeFeed? Feed)> FollowChangesAsync(long? after, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConsentTimeout + TimeSpan.FromSeconds(FollowSeconds));
        try
        {
            using var client = http.CreateClient(HttpName);
            using var request = await MakeRequestAsync(HttpMethod.Get, after is { } number ? $"changes?after={number}&wait={FollowSeconds}" : "changes", limit.Token);
            using var answer = await client.SendAsync(request, limit.Token);
            return answer.StatusCode switch
            {
                System.Net.HttpStatusCode.OK => (true, await answer.Content.ReadFromJsonAsync<ChangeFeed>(SisoteJson.Options, limit.Token)),
                System.Net.HttpStatusCode.Gone => (true, null),
                _ => (false, null),
            };
        }
        catch (Exception fault) when (IsUnreachable(fault, cancellation))
        {
            return (false, null);
        }
    }

    /// <summary>Appends entries, each an <see cref="AppendItem"/> in bytes; the answer has one result for each.</summary>
    internal async Task<AppendAnswer?> AppendAsync(IReadOnlyCollection<ReadOnlyMemory<byte>> items, CancellationToken cancellation)
    {
        var answer = await PostAsync<AppendAnswer>("log/append", AppendBody.Of(items), cancellation);
        return answer is not null && answer.Results.Length == items.Count ? answer : null;
    }

    /// <summary>A public file of the log; null where it cannot be had, an empty array where there is none.</summary>
    internal async Task<byte[]?> ReadLogFileAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using var client = http.CreateClient(HttpName);
            using var request = await MakeRequestAsync(HttpMethod.Get, path, cancellation);
            using var answer = await client.SendAsync(request, cancellation);
            return answer.StatusCode switch
            {
                System.Net.HttpStatusCode.OK => await answer.Content.ReadAsByteArrayAsync(cancellation),
                System.Net.HttpStatusCode.NotFound => [],
                _ => null,
            };
        }
        catch (Exception fault) when (IsUnreachable(fault, cancellation))
        {
            Log.ConsentUnreachable(log, "log-file", fault.GetType().Name);
            return null;
        }
    }

    /// <summary>A request of an outsider to the witness, handed on as it is; null where the consent service did not answer it.</summary>
    internal async Task<RelayedAnswer?> RelayAsync(HttpMethod method, string path, byte[] body, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConsentTimeout);
        try
        {
            using var client = http.CreateClient(HttpName);
            using var request = await MakeRequestAsync(method, path, limit.Token);
            request.Content = method == HttpMethod.Post ? new ByteArrayContent(body) : null;
            using var answer = await client.SendAsync(request, limit.Token);
            return answer.StatusCode is System.Net.HttpStatusCode.Unauthorized or >= System.Net.HttpStatusCode.InternalServerError
                ? null
                : new RelayedAnswer((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString() ?? "text/plain", await answer.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (Exception fault) when (IsUnreachable(fault, cancellation))
        {
            Log.ConsentUnreachable(log, "witness", fault.GetType().Name);
            return null;
        }
    }

    /// <summary>Asks with a body.</summary>
    internal Task<TAnswer?> PostAsync<TQuestion, TAnswer>(string path, TQuestion question, CancellationToken cancellation)
        where TAnswer : class => PostAsync<TAnswer>(path, JsonContent.Create(question, options: SisoteJson.Options), cancellation);

    /// <summary>Asks for one thing; reachable without one where there is none.</summary>
    internal async Task<(bool IsReachable, TAnswer? Found)> GetAsync<TAnswer>(string path, CancellationToken cancellation)
        where TAnswer : class
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path, cancellation);
        return status switch
        {
            System.Net.HttpStatusCode.OK => (true, JsonSerializer.Deserialize<TAnswer>(body, SisoteJson.Options)),
            System.Net.HttpStatusCode.NotFound => (true, null),
            _ => (false, null),
        };
    }

    /// <summary>Asks for a change; false where it does not fit what stands now, null where it could not be asked.</summary>
    internal async Task<bool?> TryAsync(string path, CancellationToken cancellation) => (await SendAsync(HttpMethod.Post, path, cancellation)).Status switch
    {
        System.Net.HttpStatusCode.OK => true,
        System.Net.HttpStatusCode.Conflict or System.Net.HttpStatusCode.NotFound => false,
        _ => null,
    };

    private async Task<(System.Net.HttpStatusCode? Status, byte[] Body)> SendAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConsentTimeout);
        try
        {
            using var client = http.CreateClient(HttpName);
            using var request = await MakeRequestAsync(method, path, limit.Token);
            using var answer = await client.SendAsync(request, limit.Token);
            return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (Exception fault) when (IsUnreachable(fault, cancellation))
        {
            Log.ConsentUnreachable(log, path.Split('/')[0], fault.GetType().Name);
            return (null, []);
        }
    }

    private async Task<TAnswer?> PostAsync<TAnswer>(string path, HttpContent question, CancellationToken cancellation)
        where TAnswer : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConsentTimeout);
        try
        {
            using var client = http.CreateClient(HttpName);
            using var request = await MakeRequestAsync(HttpMethod.Post, path, limit.Token);
            request.Content = question;
            using var answer = await client.SendAsync(request, limit.Token);
            if (answer.StatusCode == System.Net.HttpStatusCode.OK)
            {
                return await answer.Content.ReadFromJsonAsync<TAnswer>(SisoteJson.Options, limit.Token);
            }

            Log.ConsentRefused(log, path, (int)answer.StatusCode);
            return null;
        }
        catch (Exception fault) when (IsUnreachable(fault, cancellation))
        {
            Log.ConsentUnreachable(log, path, fault.GetType().Name);
            return null;
        }
    }

    private async Task<HttpRequestMessage> MakeRequestAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        var token = await tokens.GetAsync(InnerSystems.Gateway, Scopes.Inner, null, cancellation);
        return new HttpRequestMessage(method, new Uri(settings.Consent, path)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }

    private static bool IsUnreachable(Exception fault, CancellationToken cancellation) =>
        fault is HttpRequestException or TokenRefusedException or JsonException or IOException
        || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);
}

/// <summary>An answer of the witness as it is handed on.</summary>
internal sealed record RelayedAnswer(int Status, string ContentType, byte[] Body);
