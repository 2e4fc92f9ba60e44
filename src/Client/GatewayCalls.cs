// Calls with a token, each read to its end.
using System.Net.Http.Headers;
using System.Text.Json;

namespace Sisote.Client;

/// <summary>Sends calls to one gateway. Expected failures are replies; only the caller's own cancellation is an exception.</summary>
internal sealed class GatewayCalls
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly HttpClient http;
    private readonly SisoteOptions options;
    private readonly TimeProvider clock;
    private readonly Tokens tokens;

    internal GatewayCalls(HttpClient http, SisoteOptions options, TimeProvider clock)
    {
        (this.http, this.options, this.clock) = (http, options, clock);
        tokens = new Tokens(this, options, clock);
    }

    internal Uri Gateway => options.Gateway;

    internal int MostPages => options.MostPages;

    internal TimeProvider Clock => clock;

    /// <summary>Makes the call with the professional's token; once more with a new one where the gateway knows the first no longer.</summary>
    internal async Task<Reply> CallAsync(Professional professional, Statement statement, Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        for (var again = false; ; again = true)
        {
            var (token, refusal) = await tokens.GetAsync(professional, isNew: again, cancellation);
            if (token is null)
            {
                return refusal!;
            }

            using var request = make();
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (!statement.Conditions.IsEmpty)
            {
                request.Headers.TryAddWithoutValidation("Sisote-Context", statement.Header());
            }

            var reply = await SendAsync(request, cancellation);
            if (reply.Status != 401 || again)
            {
                return reply;
            }
        }
    }

    /// <summary>Sends a request as it is.</summary>
    internal async Task<Reply> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var asked = request.RequestUri!;
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var reply = ReadHeaders(answer);
            if (answer.RequestMessage?.RequestUri is { } answered && answered != asked)
            {
                return reply.Unusable("The call was led to another address.");
            }

            await answer.Content.LoadIntoBufferAsync(options.LargestAnswer, cancellation);
            return reply with { Json = ReadJson(await answer.Content.ReadAsByteArrayAsync(cancellation)) };
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return new Reply { Status = 200 }.Unusable("The answer is larger than this program takes.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Reply.Unreachable($"{asked.GetLeftPart(UriPartial.Authority)} does not answer.");
        }
    }

    private Reply ReadHeaders(HttpResponseMessage answer) => new()
    {
        Status = (int)answer.StatusCode,
        Receipts = [.. Values(answer, "Sisote-Receipt").Select(static text => Receipt.TryParse(text, out var receipt) ? receipt : null).OfType<Receipt>()],
        Location = answer.Headers.Location,
        Place = answer.Content.Headers.ContentLocation,
        State = Values(answer, "Sisote-Entry-State").FirstOrDefault(),
        RequestId = Values(answer, "X-Request-Id").FirstOrDefault(),
        RetryAfter = answer.Headers.RetryAfter switch
        {
            { Delta: { } span } => span,
            { Date: { } at } => at > clock.GetUtcNow() ? at - clock.GetUtcNow() : TimeSpan.Zero,
            _ => null,
        },
    };

    private static IEnumerable<string> Values(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values : [];

    private static JsonElement? ReadJson(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, Strict);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
