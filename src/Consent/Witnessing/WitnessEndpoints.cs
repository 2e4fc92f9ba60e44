// The witness's door, and the operator's view of it.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;

namespace Sisote.Consent.Witnessing;

/// <summary><c>POST /witness/add-checkpoint</c>, <c>GET /witness/{origin hash}/checkpoint</c> (C2SP tlog-witness) and <c>GET /log/cosigned</c>, which the gateway serves on; <c>/witness/status</c> and alarms for the operator.</summary>
internal static class WitnessEndpoints
{
    private const int LargestBody = 32 * 1024;
    private const int LongestReason = 500;
    private const string Text = "text/plain; charset=utf-8";
    private const string SizeType = "text/x.tlog.size";

    public static void MapWitness(this IEndpointRouteBuilder app)
    {
        app.MapPost("/witness/add-checkpoint", AddAsync).RequireAuthorization(Admission.Gateway);
        app.MapGet("/witness/{origin:length(64)}/checkpoint", ShowWatchedAsync).RequireAuthorization(Admission.Gateway);
        app.MapGet("/log/cosigned", ShowCosignedAsync).RequireAuthorization(Admission.Gateway);
        app.MapGet("/witness/status", static (WitnessReport report, CancellationToken cancellation) => report.ReadAsync(cancellation)).RequireAuthorization(Admission.Operator);
        app.MapGet("/witness/alarms/{id}", ShowEvidenceAsync).RequireAuthorization(Admission.Operator);
        app.MapPost("/witness/alarms/{id}/settle", SettleAsync).RequireAuthorization(Admission.Operator);
    }

    private static async Task<IResult> AddAsync(HttpRequest request, WitnessDesk desk, CancellationToken cancellation) =>
        await ReadBodyAsync(request, cancellation) is not { } body ? Problems.CheckpointMalformed() : await desk.AddAsync(body, cancellation) switch
        {
            WitnessAnswer.Cosigned cosigned => TypedResults.Text(cosigned.Line, Text),
            WitnessAnswer.Unknown => Problems.LogNotWatched(),
            WitnessAnswer.NotSigned => Problems.CheckpointNotSigned(),
            WitnessAnswer.AnotherSize another => TypedResults.Text(string.Create(CultureInfo.InvariantCulture, $"{another.KnownSize}\n"), SizeType, statusCode: StatusCodes.Status409Conflict),
            WitnessAnswer.DoesNotContinue => Problems.CheckpointDoesNotContinue(),
            _ => Problems.CheckpointMalformed(),
        };

    /// <summary>The body as text; null where it is too long or no UTF-8.</summary>
    private static async Task<string?> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        var buffer = new byte[LargestBody + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        try
        {
            return length > LargestBody ? null : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static async Task<IResult> ShowWatchedAsync(string origin, WitnessingPlan plan, WatchedStore store, CancellationToken cancellation) =>
        plan.Watches.Keys.FirstOrDefault(name => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))) == origin) is { } known && await store.FindAsync(known, cancellation) is { } head
            ? TypedResults.Text(head.Note.ToString(), Text)
            : Problems.NotFound();

    private static async Task<IResult> ShowCosignedAsync(Database database, CosignatureStore store, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await store.FindNewestAsync(session, cancellation) is { } checkpoint ? TypedResults.Text(checkpoint, Text) : Problems.NotFound();
    }

    private static async Task<IResult> ShowEvidenceAsync(string id, AlarmStore alarms, CancellationToken cancellation) =>
        await alarms.FindEvidenceAsync(id, cancellation) is { } evidence ? TypedResults.Text(evidence, "application/json") : Problems.NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> SettleAsync(string id, [FromBody] SettleAlarm settle, AlarmStore alarms, TimeProvider clock, CancellationToken cancellation) =>
        settle.Why is not { Length: > 0 and <= LongestReason } ? Problems.InvalidRequest("why", $"Say in 1 to {LongestReason} characters why it is settled.")
        : await alarms.SettleAsync(id, settle.Why, clock.GetUtcNow(), cancellation) ? TypedResults.NoContent()
        : Problems.NotFound();
}
