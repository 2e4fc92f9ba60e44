// What is said of the room as a whole.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Sisote.Consent.Describing;

/// <summary>Title, the bearer token, the shape of problems and an example of each.</summary>
internal sealed class DocumentDescriber : IOpenApiDocumentTransformer
{
    public const string Scheme = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Sisote: the consent room",
            Version = "0.1",
            Description = "Consents, relationships, agreements, facts and the disclosure log. Inner doors: docs/consents.md, docs/reviewing.md and docs/operating.md say who uses them. Clients are named in bodies only.",
        };
        document.Servers = [];
        document.Tags = DoorBook.All.Select(static door => door.Key.Split('/')[1]).Where(static area => area != "openapi").Distinct().Order(StringComparer.Ordinal).Select(static area => new OpenApiTag { Name = area }).ToHashSet();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT (RFC 9068)",
                Description = "A signed-in person's token (scope sisote.person), a room's (sisote.inner), or a connected system's with the professional behind it (sisote.exchange).",
            },
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[OperationDescriber.Problem] = ProblemSchema();
        document.Components.Schemas[OperationDescriber.Outcome] = OutcomeSchema();
        document.Components.Examples = DoorBook.Problems.OrderBy(static pair => pair.Key, StringComparer.Ordinal).ToDictionary(static pair => pair.Key, static pair => ExampleOf(pair.Value));
        return Task.CompletedTask;
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457. The type is permanent; docs/problems.md explains each.",
        Required = new HashSet<string> { "type", "title", "status", "detail" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri" },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What to do." },
            ["field"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The field it is about." },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };

    private static OpenApiSchema OutcomeSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "FHIR R4 OperationOutcome: the problem's name in issue.details.coding, its place in issue.expression.",
        Required = new HashSet<string> { "resourceType", "issue" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["resourceType"] = new OpenApiSchema { Const = "OperationOutcome" },
            ["issue"] = new OpenApiSchema { Type = JsonSchemaType.Array, MinItems = 1, Items = new OpenApiSchema { Type = JsonSchemaType.Object } },
        },
    };

    private static IOpenApiExample ExampleOf(ProblemHttpResult problem)
    {
        var details = problem.ProblemDetails;
        var value = new JsonObject { ["type"] = details.Type, ["title"] = details.Title, ["status"] = problem.StatusCode, ["detail"] = details.Detail };
        foreach (var (name, more) in details.Extensions)
        {
            value[name] = more?.ToString();
        }

        return new OpenApiExample { Value = value };
    }
}
