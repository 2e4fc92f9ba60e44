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

    private static async Task<Results<Ok<AppendAnswer>, ProblemHttpResult>> AppendAsync(
        AppendRequest request, Appending appending, ClientKeys keys, [FromServices] NoteSigner signer, ILogger<Appending> log)
    {
        if (request.Entries.IsDefault || request.Entries.Length is 0 or > Most)
        {
            return Problems.InvalidRequest("entries", $"Append 1 to {Most} entries.");
        }

        var appends = new List<CheckedAppend>(request.Entries.Length);
        for (var i = 0; i < request.Entries.Length; i++)
        {
            var (append, fault) = CheckedAppend.Check(request.Entries[i], keys);
            if (append is null)
            {
                return Problems.InvalidRequest($"entries[{i}].{fault}", "Mend the field; none of the entries was written.");
            }

            appends.Add(append);
        }

        var results = await appending.AppendAsync(appends);
        if (results.Any(static result => result.Clash))
        {
            Log.EntryIdTaken(log);
            return Problems.IdTaken();
        }

        return TypedResults.Ok(new AppendAnswer { Results = [.. results.Select(result => Show(result, signer))] });
    }

    private static AppendResult Show(Appended appended, NoteSigner signer) => appended.Logged is { } logged
        ? new AppendResult { Status = appended.Status, Index = logged.Index, Receipt = logged.Receipt(signer) }
        : new AppendResult { Status = appended.Status };
}
