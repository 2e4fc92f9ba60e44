// The FHIR door to the log, for data-protection officers and auditors.
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Sisote.Consent.Review;
using Sisote.Consent.Storage;
using Sisote.Doors.Tokens;

namespace Sisote.Consent.Audit;

/// <summary><c>GET /fhir/AuditEvent</c>, <c>POST /fhir/AuditEvent/_search</c> (IHE ITI-81), <c>GET /fhir/AuditEvent/{id}</c>, <c>GET /fhir/metadata</c></summary>
internal static class AuditEndpoints
{
    private const string Form = "application/x-www-form-urlencoded";
    private const int LargestForm = 16 * 1024;

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var fhir = app.MapGroup("/fhir").RequireAuthorization(Admission.OfficerOrAuditor);
        fhir.MapGet("/metadata", static (TimeProvider clock) => FhirAnswers.Capability(clock.GetUtcNow()));
        fhir.MapGet("/AuditEvent", static (HttpContext context, AuditDoor door) => door.SearchAsync(context, context.Request.Query, inBody: false));
        fhir.MapPost("/AuditEvent/_search", SearchAsync).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        fhir.MapGet("/AuditEvent/{id}", static (string id, HttpContext context, AuditDoor door) => door.ReadAsync(context, id));
    }

    private static async Task<IResult> SearchAsync(HttpContext context, AuditDoor door)
    {
        if (context.Request.ContentType?.Split(';')[0].Trim().Equals(Form, StringComparison.OrdinalIgnoreCase) != true)
        {
            return FhirAnswers.Problem(Problems.MediaTypeUnsupported());
        }

        if (context.Request.QueryString.HasValue)
        {
            return FhirAnswers.Problem(Problems.InvalidRequest("query", "Send all parameters in the body."));
        }

        try
        {
            return await door.SearchAsync(context, await context.Request.ReadFormAsync(context.RequestAborted), inBody: true);
        }
        catch (Exception fault) when (fault is BadHttpRequestException or InvalidDataException)
        {
            return FhirAnswers.Problem(Problems.InvalidRequest("body", "Send a form of at most 16 KiB."));
        }
    }
}

/// <summary>Answers searches and reads; each is recorded before anything is shown.</summary>
internal sealed class AuditDoor(Database database, AuditSearch search, AuditQueryReader queries, LogReads reads)
{
    public async Task<IResult> SearchAsync(HttpContext context, IEnumerable<KeyValuePair<string, StringValues>> parameters, bool inBody)
    {
        var (who, reader) = ReaderOf(context);
        var reading = queries.Read(parameters, reader, inBody);
        if (reading.Query is not { } query)
        {
            return FhirAnswers.Problem(reading.Problem!);
        }

        var client = query.Clients is [[var only], ..] ? only : (Policy.Ids.ClientId?)null;
        await reads.RecordAsync(who, "AuditEvent" + query.ToRecord(), client, context.TraceIdentifier);
        await using var session = await database.ReadAsync(context.RequestAborted);
        var page = await search.FindAsync(session, reader, query, context.RequestAborted);
        return FhirAnswers.Page(page, AddressOf(context), query);
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
        return FhirAnswers.Resource(audit);
    }

    private static (Caller.Person Who, Policy.Ids.OrganisationId Reader) ReaderOf(HttpContext context) =>
        context.GetCaller() is Caller.Person { Organisation: { } organisation } person ? (person, organisation) : throw new InvalidOperationException("Not a reader of the log.");

    private static string AddressOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/fhir/AuditEvent";
}
