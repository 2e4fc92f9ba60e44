// What is said of one endpoint.
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Sisote.Consent.Describing;

/// <summary>Writes summary, callers, answers and problems of an endpoint from the book of doors.</summary>
internal sealed class OperationDescriber : IOpenApiOperationTransformer
{
    public const string Problem = "Problem";
    public const string Outcome = "OperationOutcome";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var (method, route) = (context.Description.HttpMethod!, context.Description.RelativePath!);
        var door = DoorBook.Find(method, route) ?? throw new InvalidOperationException($"{method} {route} is not described.");
        operation.Summary = door.Summary;
        operation.Tags = new HashSet<OpenApiTagReference> { new(door.Key.Split('/')[1], context.Document) };
        operation.Responses = Answers(door, operation.Responses ?? []);
        AddQuery(operation, door);
        AddBody(operation, door);
        AddCallers(operation, context);
        foreach (var problems in door.Problems.Select(static slug => (Slug: slug, DoorBook.Problems[slug].StatusCode)).GroupBy(static one => one.StatusCode, static one => one.Slug))
        {
            Add(operation.Responses, door, problems.Key, [.. problems], context.Document!);
        }

        return Task.CompletedTask;
    }

    /// <summary>Good answers: their schemas are those that the framework found for the types.</summary>
    private static OpenApiResponses Answers(Door door, OpenApiResponses found)
    {
        var answers = new OpenApiResponses();
        foreach (var status in door.Statuses)
        {
            answers[Text(status)] = new OpenApiResponse
            {
                Description = status switch { 201 => "It is new.", 204 => "Done.", 503 => "Not now.", _ => "As asked." },
                Content = status == StatusCodes.Status204NoContent ? null
                    : door.Answer is null ? new Dictionary<string, OpenApiMediaType> { [door.Media] = new() }
                    : found[Text(status)].Content?.ToDictionary(static pair => pair.Key, static pair => pair.Value),
            };
        }

        return answers;
    }

    private static void AddCallers(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
            return;
        }

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentDescriber.Scheme, context.Document)] = [] }];
        operation.Responses!["401"] = new OpenApiResponse { Description = "No token, or one that is not good. No body." };
        operation.Responses["403"] = new OpenApiResponse { Description = "Not for this caller. No body." };
    }

    private static void AddQuery(OpenApiOperation operation, Door door)
    {
        foreach (var (name, sample) in door.Query)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = sample });
        }
    }

    private static void AddBody(OpenApiOperation operation, Door door)
    {
        if (operation.RequestBody is not null && door.Body is null)
        {
            operation.Responses!["400"] = new OpenApiResponse { Description = "No strict JSON, or a member that is missing, unknown or of another kind. No body." };
            operation.Responses["415"] = new OpenApiResponse { Description = "The body is no application/json. No body." };
        }

        if (door.Body is { } media)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { [media] = new() } };
        }

        if (door.Example is { } example && operation.RequestBody?.Content is { } content && content.TryGetValue(Door.Json, out var body))
        {
            body.Example = JsonNode.Parse(example);
        }
    }

    /// <summary>A status may stand for several problems: each by its name, with an example.</summary>
    private static void Add(OpenApiResponses responses, Door door, int status, string[] slugs, OpenApiDocument document)
    {
        var media = new OpenApiMediaType { Schema = new OpenApiSchemaReference(door.IsFhir ? Outcome : Problem, document) };
        if (!door.IsFhir)
        {
            media.Examples = slugs.ToDictionary(static slug => slug, slug => (IOpenApiExample)new OpenApiExampleReference(slug, document));
        }

        responses[Text(status)] = new OpenApiResponse
        {
            Description = (responses.TryGetValue(Text(status), out var before) ? before.Description + " Else: " : null) + string.Join(", ", slugs.Select(static slug => $"`{slug}`")),
            Content = new Dictionary<string, OpenApiMediaType> { [door.IsFhir ? Door.FhirJson : "application/problem+json"] = media },
        };
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
