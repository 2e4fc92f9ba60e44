// The public face of the witness, and of the newest cosigned checkpoint.
using System.Text.RegularExpressions;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Requests;

namespace Sisote.Gateway.Statements;

/// <summary>C2SP tlog-witness below <c>/witness/</c> for anybody: requests are judged by the signatures in them. The gateway hands them to the consent room, which keeps the state.</summary>
internal static partial class WitnessEndpoints
{
    private const int LargestBody = 32 * 1024;

    // Anybody may ask, so few may ask at once, and briefly: whoever takes long to say what is asked takes no place from others.
    private static readonly SemaphoreSlim Places = new(16);
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(2);

    internal static void MapWitness(this WebApplication app)
    {
        app.MapPost("/witness/add-checkpoint", AddAsync).AllowAnonymous();
        app.MapGet("/witness/{origin}/checkpoint", static (HttpContext context, ConsentApi consent, string origin) => OriginHash().IsMatch(origin)
            ? RelayAsync(context, consent, HttpMethod.Get, $"witness/{origin}/checkpoint", [])
            : OutcomeWriter.WriteAsync(context, Refusal.NotServed)).AllowAnonymous();
    }

    private static async Task AddAsync(HttpContext context, ConsentApi consent)
    {
        var (body, refusal) = await ReadAsync(context);
        if (body is null || !await Places.WaitAsync(TimeSpan.Zero, context.RequestAborted))
        {
            await OutcomeWriter.WriteAsync(context, refusal ?? Refusal.TooMany);
            return;
        }

        try
        {
            await RelayAsync(context, consent, HttpMethod.Post, "witness/add-checkpoint", body);
        }
        finally
        {
            Places.Release();
        }
    }

    /// <summary>The body, or why there is none.</summary>
    private static async Task<(byte[]? Body, Refusal? Refusal)> ReadAsync(HttpContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(LongestReading);
        try
        {
            return await CappedBody.ReadAsync(context.Request, LargestBody, limit.Token) is { } body ? (body, null) : (null, Refusal.TooLarge);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close"; // what is left of the body is not waited for
            return (null, Refusal.TooMany);
        }
    }

    private static async Task RelayAsync(HttpContext context, ConsentApi consent, HttpMethod method, string path, byte[] body)
    {
        if (await consent.RelayAsync(method, path, body, context.RequestAborted) is { } answer)
        {
            await PlainAnswer.WriteAsync(context, answer.Status, answer.Body, contentType: answer.ContentType);
        }
        else
        {
            await OutcomeWriter.WriteAsync(context, Refusal.LogDown);
        }
    }

    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex OriginHash();
}
