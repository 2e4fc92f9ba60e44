// Where the codes of this house are looked up.
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Sisote.Consent.Fhir;

/// <summary><c>GET /fhir/CodeSystem</c>, <c>GET /fhir/ValueSet</c>, each with <c>?url=</c> or by id, and <c>GET /fhir/metadata</c></summary>
internal static class TerminologyEndpoints
{
    private const string Url = "url";

    public static void MapTerminology(this IEndpointRouteBuilder app)
    {
        var fhir = app.MapGroup("/fhir").RequireAuthorization(Admission.FhirCallers);
        fhir.MapGet("/metadata", static (TimeProvider clock) => FhirAnswers.Resource(FhirCapability.Of(clock.GetUtcNow())));
        Map(fhir, "CodeSystem", CodeSystem, static system => system.Address);
        Map(fhir, "ValueSet", ValueSet, static system => system.ValueSet);
    }

    private static void Map(RouteGroupBuilder fhir, string type, Func<PublishedSystem, string, JsonObject> write, Func<PublishedSystem, string> address)
    {
        fhir.MapGet($"/{type}", (HttpContext context, PublishedCodes codes) => Search(context.Request, type, codes.Systems, address, system => write(system, codes.Version)));
        fhir.MapGet($"/{type}/{{id}}", (string id, PublishedCodes codes) => codes.Systems.FirstOrDefault(system => system.Id == id) is { } found
            ? FhirAnswers.Resource(write(found, codes.Version))
            : FhirAnswers.Problem(Problems.NotFound()));
    }

    private static IResult Search(HttpRequest request, string type, IEnumerable<PublishedSystem> systems, Func<PublishedSystem, string> address, Func<PublishedSystem, JsonObject> write)
    {
        if (request.Query.Keys.Any(static name => name != Url))
        {
            return FhirAnswers.Problem(Problems.ParameterUnknown());
        }

        var asked = request.Query[Url];
        var at = $"{request.Scheme}://{request.Host}{request.PathBase}/fhir/{type}";
        var entries = systems.Where(system => StringValues.IsNullOrEmpty(asked) || asked.Contains(address(system)))
            .Select(system => new JsonObject { ["fullUrl"] = $"{at}/{system.Id}", ["resource"] = write(system), ["search"] = new JsonObject { ["mode"] = "match" } }).ToArray();
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["total"] = entries.Length };
        if (entries.Length > 0)
        {
            bundle["entry"] = new JsonArray(entries);
        }

        return FhirAnswers.Resource(bundle);
    }

    private static JsonObject CodeSystem(PublishedSystem system, string version)
    {
        var resource = Frame("CodeSystem", system, system.Address, version);
        resource["caseSensitive"] = true;
        resource["valueSet"] = system.ValueSet;
        resource["content"] = "complete";
        resource["count"] = system.Codes.Length;
        resource["concept"] = new JsonArray([.. system.Codes.Select(Concept)]);
        return resource;
    }

    private static JsonObject ValueSet(PublishedSystem system, string version)
    {
        var resource = Frame("ValueSet", system, system.ValueSet, version);
        resource["compose"] = new JsonObject { ["include"] = new JsonArray(new JsonObject { ["system"] = system.Address }) };
        return resource;
    }

    private static JsonObject Frame(string type, PublishedSystem system, string address, string version) => new()
    {
        ["resourceType"] = type,
        ["id"] = system.Id,
        ["url"] = address,
        ["version"] = version,
        ["name"] = string.Concat(system.Id.Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..])),
        ["title"] = system.Title,
        ["status"] = "active",
        ["experimental"] = false,
    };

    private static JsonObject Concept(PublishedCode code)
    {
        var concept = new JsonObject { ["code"] = code.Code, ["display"] = code.Names.En };
        if (code.Definition is { } definition)
        {
            concept["definition"] = definition;
        }

        concept["designation"] = new JsonArray(
            new JsonObject { ["language"] = "fi", ["value"] = code.Names.Fi }, new JsonObject { ["language"] = "sv", ["value"] = code.Names.Sv });
        return concept;
    }
}
