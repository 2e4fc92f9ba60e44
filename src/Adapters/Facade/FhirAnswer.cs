// Writes FHIR answers.
using System.Text.Json;
using Hl7.Fhir.Model;

namespace Sisote.Adapters.Facade;

/// <summary>A FHIR R4 JSON answer.</summary>
internal sealed class FhirAnswer : IResult, IStatusCodeHttpResult
{
    private readonly Resource? body;
    private readonly string? location;
    private readonly string? version;

    private FhirAnswer(int status, Resource? body, string? location = null, string? version = null)
    {
        StatusCode = status;
        this.version = version;
        this.body = body;
        this.location = location;
    }

    /// <inheritdoc />
    public int? StatusCode { get; }

    /// <summary>One resource.</summary>
    public static FhirAnswer Resource(Resource resource) => new(StatusCodes.Status200OK, resource);

    /// <summary>A searchset.</summary>
    public static FhirAnswer Searchset(IEnumerable<Resource> resources) => new(StatusCodes.Status200OK, new Bundle
    {
        Type = Bundle.BundleType.Searchset,
        Entry = [.. resources.Select(static resource => new Bundle.EntryComponent
        {
            Resource = resource,
            Search = new Bundle.SearchComponent { Mode = Bundle.SearchEntryMode.Match },
        })],
    });

    /// <summary>A resource was created.</summary>
    public static FhirAnswer Created(string location) => new(StatusCodes.Status201Created, null, location);

    /// <summary>A resource was changed and has this version now.</summary>
    public static FhirAnswer Changed(string version) => new(StatusCodes.Status200OK, null, version: version);

    /// <summary>All resources of a transaction were created.</summary>
    public static FhirAnswer TransactionResponse(IEnumerable<string> locations) => new(StatusCodes.Status200OK, new Bundle
    {
        Type = Bundle.BundleType.TransactionResponse,
        Entry = [.. locations.Select(static place => new Bundle.EntryComponent
        {
            Response = new Bundle.ResponseComponent { Status = "201 Created", Location = place },
        })],
    });

    /// <summary>An outcome that says why not.</summary>
    public static FhirAnswer Outcome(int status, OperationOutcome outcome) => new(status, outcome);

    /// <inheritdoc />
    public async System.Threading.Tasks.Task ExecuteAsync(HttpContext httpContext)
    {
        var answer = httpContext.Response;
        answer.StatusCode = StatusCode!.Value;
        answer.Headers.CacheControl = "no-store";
        answer.Headers.Location = location;
        answer.Headers.ETag = version is null ? default : $"W/\"{version}\"";
        if (body is not null)
        {
            answer.ContentType = "application/fhir+json; charset=utf-8";
            var json = JsonSerializer.SerializeToUtf8Bytes(body, FhirBody.Options);
            answer.ContentLength = json.Length;
            await answer.Body.WriteAsync(json, httpContext.RequestAborted);
        }
    }
}
