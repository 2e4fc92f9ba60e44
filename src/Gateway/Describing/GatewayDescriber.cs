// Writes the OpenAPI document from the book of outer doors.
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Sisote.Gateway.Answers;

namespace Sisote.Gateway.Describing;

/// <summary>The gateway reads its requests itself, so the framework knows nothing of their shapes: paths, bodies, answers and problems come from <see cref="OuterDoors"/>.</summary>
internal static class GatewayDescriber
{
    private const string Scheme = "bearer";

    /// <summary>The document in OpenAPI 3.1, as JSON.</summary>
    internal static byte[] Write()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Make().SerializeAsV31(new OpenApiJsonWriter(text));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static OpenApiDocument Make()
    {
        var document = new OpenApiDocument();
        document.Info = new OpenApiInfo
        {
            Title = "Sisote: the gateway",
            Version = "0.1",
            Description = "What connected systems ask and send, and what anybody may see. docs/connecting.md and docs/client.md say how to begin; /fhir/{system}/metadata says what a caller may ask for of a system.",
        };
        document.Servers = [];
        document.Tags = new HashSet<OpenApiTag>(OuterDoors.All.Select(TagOf).Distinct().Order(StringComparer.Ordinal).Select(static tag => new OpenApiTag { Name = tag }));
        document.Components = new OpenApiComponents
        {
            SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT (RFC 9068)", Description = "A connected system's token with the professional behind it: client_credentials with private_key_jwt, scope sisote.exchange." },
            },
            Schemas = GatewaySchemas.Make(document),
            Examples = KnownProblems.All.OrderBy(static pair => pair.Key, StringComparer.Ordinal).ToDictionary(static pair => pair.Key, static pair => Example(pair.Value)),
        };
        document.Paths = [];
        foreach (var path in OuterDoors.All.GroupBy(static door => door.Path))
        {
            document.Paths[path.Key] = new OpenApiPathItem { Operations = path.ToDictionary(static door => new HttpMethod(door.Method), door => Describe(door, document)) };
        }

        return document;
    }

    private static OpenApiOperation Describe(OuterDoor door, OpenApiDocument document)
    {
        var operation = new OpenApiOperation
        {
            Summary = door.Summary,
            Tags = new HashSet<OpenApiTagReference> { new(TagOf(door), document) },
            Parameters = door.Parameters.IsEmpty ? null : [.. door.Parameters.Select(Describe)],
            RequestBody = door.Body is not var (media, schema, example) ? null : new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { [media] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(schema, document), Example = media.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(example) : JsonValue.Create(example) } },
            },
            Responses = [],
            Security = door.IsOpen ? [] : [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }],
        };
        foreach (var (status, answered, shape, what) in door.Answers)
        {
            operation.Responses[Number(status)] = new OpenApiResponse { Description = what, Content = answered is null ? null : Content(answered, shape, document) };
        }

        foreach (var problems in ProblemsOf(door).GroupBy(static slug => KnownProblems.All[slug].Status))
        {
            AddProblems(operation.Responses, door, Number(problems.Key), string.Join(", ", problems.Order(StringComparer.Ordinal).Select(static slug => $"`{slug}`")), document);
        }

        return operation;
    }

    private static void AddProblems(OpenApiResponses responses, OuterDoor door, string status, string slugs, OpenApiDocument document)
    {
        var (media, schema) = door.HasProblems ? ("application/problem+json", GatewaySchemas.Problem) : (OuterDoor.FhirJson, GatewaySchemas.Outcome);
        var before = responses.TryGetValue(status, out var good) ? good : null;
        var content = Content(media, schema, document);
        foreach (var (type, described) in before?.Content?.ToArray() ?? [])
        {
            content.TryAdd(type, described);
        }

        responses[status] = new OpenApiResponse { Description = before is null ? slugs : $"{before.Description} Or {slugs}", Content = content };
    }

    private static Dictionary<string, OpenApiMediaType> Content(string media, string? schema, OpenApiDocument document) => new()
    {
        [media] = new OpenApiMediaType { Schema = schema is null ? null : new OpenApiSchemaReference(schema, document) },
    };

    /// <summary>The door's own, and of a door with a lock the one of the lock.</summary>
    internal static IEnumerable<string> ProblemsOf(OuterDoor door) => (door.IsOpen ? door.Problems : door.Problems.Add(Refusal.NotSignedIn.Slug)).Distinct();

    /// <summary>The first word of the address, under which the doors are told together.</summary>
    internal static string TagOf(OuterDoor door) => door.Path.Contains(".well-known", StringComparison.Ordinal) ? "well-known" : door.Path.Split('/')[1];

    private static IOpenApiParameter Describe(OuterParameter parameter) => new OpenApiParameter
    {
        Name = parameter.Name,
        In = Enum.Parse<ParameterLocation>(parameter.In, ignoreCase: true),
        Required = parameter.IsRequired,
        Description = parameter.What,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(parameter.Sample),
    };

    private static IOpenApiExample Example(Refusal refusal) => new OpenApiExample
    {
        Summary = refusal.Text,
        Value = new JsonObject { ["type"] = $"{OutcomeWriter.SlugSystem}/{refusal.Slug}", ["title"] = refusal.Text, ["status"] = refusal.Status, ["instance"] = "urn:uuid:0197a1b2-c3d4-7000-8000-00000000c001" },
    };

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);
}
