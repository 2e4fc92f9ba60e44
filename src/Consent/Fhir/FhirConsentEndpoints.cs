// The FHIR door to consents.
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Sisote.Consent.Consents;

namespace Sisote.Consent.Fhir;

/// <summary><c>POST /fhir/Consent</c>, <c>GET /fhir/Consent/{id}</c>, <c>POST /fhir/Consent/_search</c>, <c>GET /fhir/Consent</c> (IHE ITI-108)</summary>
internal static class FhirConsentEndpoints
{
    private const int LargestBody = 64 * 1024;
    private const int LargestForm = 16 * 1024;

    public static void MapFhirConsents(this IEndpointRouteBuilder app)
    {
        var consents = app.MapGroup("/fhir/Consent");
        consents.MapPost("/", CreateAsync).RequireAuthorization(Admission.ConsentTellers).WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        consents.MapGet("/", static (HttpContext context, ConsentDoor door) => door.SearchAsync(context, context.Request.Query, inBody: false)).RequireAuthorization(Admission.ConsentReaders);
        consents.MapPost("/_search", SearchAsync).RequireAuthorization(Admission.ConsentReaders).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        consents.MapGet("/{id}", static (string id, HttpContext context, ConsentDoor door) => door.ReadAsync(context, id)).RequireAuthorization(Admission.ConsentReaders);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ConsentDoor door)
    {
        if (FhirBodies.TypeOf(context) is not ("application/fhir+json" or "application/json"))
        {
            return FhirAnswers.Problem(Problems.MediaTypeUnsupported("application/fhir+json"));
        }

        if (context.Request.Headers.ContainsKey("If-None-Exist"))
        {
            return FhirAnswers.Problem(Problems.InvalidRequest("If-None-Exist", "Leave it out: the identifier of a Consent makes sending it twice one consent."));
        }

        using var body = await FhirBodies.ReadAsync(context);
        return body is null
            ? FhirAnswers.Problem(Problems.InvalidRequest("body", $"Send strict JSON of at most {LargestBody / 1024} KiB, no member twice."))
            : await door.CreateAsync(context, body.RootElement);
    }

    private static async Task<IResult> SearchAsync(HttpContext context, ConsentDoor door) => await FhirBodies.FormProblemAsync(context, LargestForm) is { } problem
        ? FhirAnswers.Problem(problem)
        : await door.SearchAsync(context, context.Request.Form, inBody: true);
}

/// <summary>Answers creates, reads and searches.</summary>
internal sealed class ConsentDoor(ViewerDesk viewers, ConsentImport import, ConsentShelf shelf, ConsentQueryReader queries, ConsentAnswering answering)
{
    public async Task<IResult> CreateAsync(HttpContext context, JsonElement body)
    {
        if (viewers.Of(context) is not { } viewer)
        {
            return FhirAnswers.Problem(Problems.ConsentRecorder());
        }

        var imported = await import.TakeInAsync(body, viewer, context.TraceIdentifier, answering.Now);
        return imported switch
        {
            { Refusal: { } refusal } => refusal,
            { Outcome: ConsentOutcome.Stands stands } => answering.Created(context, stands, (await shelf.OfAsync(viewer, imported.Client, CancellationToken.None)).First(one => one.Consent.Consent.Id == stands.Versions[^1].Record.Id)),
            { Outcome: { } refused } => ConsentImport.Refused(ConsentAnswers.ProblemOf(refused)),
            _ => throw new InvalidOperationException("An import has an outcome or a refusal."),
        };
    }

    public async Task<IResult> ReadAsync(HttpContext context, string id)
    {
        if (viewers.Of(context) is not { } viewer)
        {
            return FhirAnswers.Problem(Problems.ConsentRecorder());
        }

        if (await shelf.FindAsync(viewer, id, context.RequestAborted) is not var (client, consent))
        {
            return FhirAnswers.Problem(Problems.NotFound());
        }

        await answering.RecordAsync(context, viewer, client, isShown: true);
        return ConsentAnswering.Shown(consent, StatusCodes.Status200OK);
    }

    public async Task<IResult> SearchAsync(HttpContext context, IEnumerable<KeyValuePair<string, StringValues>> parameters, bool inBody)
    {
        if (viewers.Of(context) is not { } viewer)
        {
            return FhirAnswers.Problem(Problems.ConsentRecorder());
        }

        var reading = queries.Read(parameters, viewer, inBody);
        if (reading.Query is not { } query)
        {
            return FhirAnswers.Problem(reading.Problem!);
        }

        var found = (await shelf.OfAsync(viewer, query.Client, context.RequestAborted)).Where(query.Matches).ToList();
        await answering.RecordAsync(context, viewer, query.Client, isShown: found.Count > 0);
        return ConsentAnswering.Found(context, query, found);
    }
}
