// The FHIR door to the log, for data-protection officers and auditors.
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Sisote.Consent.Fhir;
using Sisote.Consent.Review;
using Sisote.Consent.Storage;
using Sisote.Doors.Tokens;

namespace Sisote.Consent.Audit;

/// <summary><c>GET /fhir/AuditEvent</c>, <c>POST /fhir/AuditEvent/_search</c> (IHE ITI-81), <c>GET /fhir/AuditEvent/{id}</c></summary>
internal static class AuditEndpoints
{
    private const int LargestForm = 16 * 1024;

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var fhir = app.MapGroup("/fhir").RequireAuthorization(Admission.OfficerOrAuditor);
        fhir.MapGet("/AuditEvent", static (HttpContext context, AuditDoor door) => door.SearchAsync(context, context.Request.Query, inBody: false));
        fhir.MapPost("/AuditEvent/_search", SearchAsync).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        fhir.MapGet("/AuditEvent/{id}", static (string id, HttpContext context, AuditDoor door) => door.ReadAsync(context, id));
    }

    private static async Task<IResult> SearchAsync(HttpContext context, AuditDoor door) => await FhirBodies.FormProblemAsync(context, LargestForm) is { } problem
        ? FhirAnswers.Problem(problem)
        : await door.SearchAsync(context, context.Request.Form, inBody: true);
}

/// <summary>Answers searches and reads; each is recorded before anything is shown.</summary>
internal sealed class AuditDoor(Database database, AuditSearch search, AuditQueryReader queries, ClientAliases aliases, LogReads reads)
{
    public async Task<IResult> SearchAsync(HttpContext context, IEnumerable<KeyValuePair<string, StringValues>> parameters, bool inBody)
    {
        var (who, reader) = ReaderOf(context);
        var reading = queries.Read(parameters, reader, inBody);
        if (reading.Query is not { } query)
        {
            return FhirAnswers.Problem(reading.Problem!);
        }

        var subjects = await FindSubjectsAsync(reader, query, context.RequestAborted);
        if (subjects.Clients.Count > AuditSubjects.Most)
        {
            return FhirAnswers.Problem(Problems.InvalidRequest("patient", $"Ask for at most {AuditSubjects.Most} clients at once."));
        }

        await reads.RecordEachAsync(who, "AuditEvent" + query.ToRecord(subjects.Names), subjects.Clients, context.TraceIdentifier);
        await using var session = await database.ReadAsync(context.RequestAborted);
        var page = await search.FindAsync(session, reader, query, context.RequestAborted);
        return AuditAnswers.Page(page, AddressOf(context), query);
    }

    public async Task<IResult> ReadAsync(HttpContext context, string id)
    {
        var (who, reader) = ReaderOf(context);
        await using var session = await database.ReadAsync(context.RequestAborted);
        if (await search.FindAsync(session, reader, id, context.RequestAborted) is not var (audit, client))
        {
            return FhirAnswers.Problem(Problems.NotFound());
        }

        await reads.RecordAsync(who, "AuditEvent/" + audit.Id, client, context.TraceIdentifier);
        return AuditAnswers.Resource(audit);
    }

    private async Task<AuditSubjects> FindSubjectsAsync(Policy.Ids.OrganisationId reader, AuditQuery query, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await AuditSubjects.FindAsync(session, aliases, reader, query, cancellation);
    }

    private static (Caller.Person Who, Policy.Ids.OrganisationId Reader) ReaderOf(HttpContext context) =>
        context.GetCaller() is Caller.Person { Organisation: { } organisation } person ? (person, organisation) : throw new InvalidOperationException("Not a reader of the log.");

    private static string AddressOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/fhir/AuditEvent";
}
