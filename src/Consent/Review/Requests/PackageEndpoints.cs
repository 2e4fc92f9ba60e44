// The doors to packages: prepared, taken out, handed over.
using System.Security.Cryptography;
using Sisote.Consent.Review.Cases;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Tokens;

namespace Sisote.Consent.Review.Requests;

/// <summary><c>/review/requests/{id}/package</c>, <c>/review/requests/{id}/hand-over</c></summary>
internal static class PackageEndpoints
{
    public static void MapPackages(this IEndpointRouteBuilder app)
    {
        app.MapPost("/review/requests/{id}/package", PrepareAsync).RequireAuthorization(Admission.Officer);
        app.MapGet("/review/requests/{id}/package", TakeOutAsync).RequireAuthorization(Admission.OfficerOrOperator);
        app.MapPost("/review/requests/{id}/hand-over", HandOverAsync).RequireAuthorization(Admission.Officer);
    }

    private static async Task<IResult> PrepareAsync(string id, HttpContext context, RequestLife requests, CaseAnswers answers, RequestTools tools)
    {
        if (Reviewer.Of(context) is not { } officer || await answers.FindAsync<LogRequest>(id, officer.Admits, context.RequestAborted) is not { } kept)
        {
            return Problems.NotFound();
        }

        await using var session = await tools.Database.ReadAsync(context.RequestAborted);
        if (await RequestedEntries.ReadAsync(session, kept.Case, kept.File.Client!.Value, tools.Clock.GetUtcNow(), tools.Log, context.RequestAborted) is not var (entries, isWhole))
        {
            return RequestEndpoints.TooMany();
        }

        if (!isWhole)
        {
            return Problems.RecordChanged(); // what was changed could be what the client is to hear
        }

        if (entries.Any(static entry => entry.Included is null))
        {
            return Problems.WrongState("Some of its entries are hidden from the client: decide about them first.");
        }

        var (included, leftOut) = (entries.Where(static entry => entry.Included == true).ToList(), entries.Count(static entry => entry.Included == false));
        var package = tools.Writer.Write(kept.Case, included, leftOut > 0);
        var prepared = new PreparedPackage { File = new Digest(SHA256.HashData(package)), Entries = included.Count, LeftOut = leftOut, At = tools.Clock.GetUtcNow(), By = officer.Person };
        return answers.Tell(await requests.PrepareAsync(kept.Case, package, prepared, officer, Reviewer.ActorOf(context)));
    }

    private static async Task<IResult> TakeOutAsync(string id, string? format, string? language, HttpContext context, RequestLife requests, CaseAnswers answers, RequestTools tools)
    {
        if (format is not (null or "json" or "csv"))
        {
            return Problems.InvalidRequest("format", "json or csv.");
        }

        if (language is not (null or "fi" or "sv" or "en"))
        {
            return Problems.InvalidRequest("language", "fi, sv or en.");
        }

        var view = Reviewer.ViewOf(context);
        var kept = await answers.FindAsync<LogRequest>(id, file => view is null || file.Case.Organisation == view, context.RequestAborted);
        await using var session = await tools.Database.ReadAsync(context.RequestAborted);
        if (kept is null || await requests.FindPackageAsync(session, id, context.RequestAborted) is not { } package)
        {
            return Problems.NotFound();
        }

        await tools.Reads.RecordAsync(context.GetCaller(), "package " + id, kept.File.Client, context.TraceIdentifier);
        return format == "csv" ? TypedResults.Bytes(PackageWriter.ToCsv(package, language ?? "fi"), "text/csv; charset=utf-8") : TypedResults.Bytes(package, "application/json");
    }

    private static async Task<IResult> HandOverAsync(string id, HandOver handed, HttpContext context, RequestLife requests, CaseAnswers answers) =>
        !HandOver.Ways.Contains(handed.How) ? Problems.InvalidRequest("how", $"One of {string.Join(", ", HandOver.Ways)}.")
        : Reviewer.Of(context) is { } officer ? answers.Tell(await requests.HandOverAsync(id, handed, officer, Reviewer.ActorOf(context)))
        : RequestEndpoints.NoIdentifier();
}
