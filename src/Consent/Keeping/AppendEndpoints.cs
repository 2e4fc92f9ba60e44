// The gateway's door to the log.
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Clients;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;

namespace Sisote.Consent.Keeping;

/// <summary><c>POST /log/append</c></summary>
internal static class AppendEndpoints
{
    private const int Most = 1000;

    public static void MapAppends(this IEndpointRouteBuilder app) => app.MapPost("/log/append", AppendAsync).RequireAuthorization(Admission.Gateway);

    /// <summary>INVARIANT: what is wrong with one entry fails no other one: many callers' entries come in one call.</summary>
    private static async Task<Results<Ok<AppendAnswer>, ProblemHttpResult>> AppendAsync(
        AppendRequest request, Appending appending, ClientKeys keys, [FromServices] NoteSigner signer, ILogger<Appending> log)
    {
        if (request.Entries.IsDefault || request.Entries.Length is 0 or > Most)
        {
            return Problems.InvalidRequest("entries", $"Append 1 to {Most} entries.");
        }

        var items = request.Entries;
        var checks = items.Select(item => CheckedAppend.Check(item, keys)).ToArray();
        var spoilt = items.Where((item, place) => item.Together is not null && checks[place].Append is null).Select(static item => item.Together).ToHashSet(StringComparer.Ordinal);
        bool IsMalformed(int place) => checks[place].Append is null || spoilt.Contains(items[place].Together);
        var sound = Enumerable.Range(0, items.Length).Where(place => !IsMalformed(place)).ToArray();
        var appended = sound.Zip(sound.Length == 0 ? [] : await appending.AppendAsync([.. sound.Select(place => checks[place].Append!)])).ToDictionary();
        if (appended.Values.Count(static one => one.Status == AppendStatus.Clash) is > 0 and var clashes)
        {
            Log.EntryIdTaken(log, clashes);
        }

        if (sound.Length < items.Length)
        {
            Log.EntryMalformed(log, items.Length - sound.Length, string.Join(' ', checks.Select(static check => check.Fault).OfType<string>().Distinct()));
        }

        return TypedResults.Ok(new AppendAnswer
        {
            Results = [.. checks.Select((check, place) => appended.TryGetValue(place, out var one) ? Show(one, signer) : new AppendResult { Status = AppendStatus.Malformed, Field = check.Fault })],
        });
    }

    private static AppendResult Show(Appended appended, NoteSigner signer) => appended.Logged is { } logged
        ? new AppendResult { Status = appended.Status, Index = logged.Index, Receipt = logged.Receipt(signer) }
        : new AppendResult { Status = appended.Status };
}
