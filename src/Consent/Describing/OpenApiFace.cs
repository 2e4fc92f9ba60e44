// The room's OpenAPI document.
using Microsoft.OpenApi;

namespace Sisote.Consent.Describing;

/// <summary>Adds and maps <c>GET /openapi/consent.json</c>.</summary>
internal static class OpenApiFace
{
    public const string Document = "consent";

    public static void AddOpenApiFace(this IServiceCollection services) => services.AddOpenApi(Document, static options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddSchemaTransformer<SchemaDescriber>();
        options.AddOperationTransformer<OperationDescriber>();
        options.AddDocumentTransformer<DocumentDescriber>();
    });

    /// <summary>Says of each endpoint of a group what it answers, so that the document refers to one schema for each type.</summary>
    public static RouteGroupBuilder AddDescriptions(this RouteGroupBuilder doors)
    {
        ((IEndpointConventionBuilder)doors).Finally(static builder =>
        {
            if (builder is RouteEndpointBuilder { RoutePattern.RawText: { } route } && builder.Metadata.OfType<HttpMethodMetadata>().LastOrDefault() is { HttpMethods: [var method] } && DoorBook.Find(method, route) is { Answer: { } answer } door)
            {
                foreach (var status in door.Statuses)
                {
                    builder.Metadata.Add(new ProducesResponseTypeMetadata(status, answer, [door.Media]));
                }
            }
        });
        return doors;
    }

    public static void MapOpenApiFace(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization();
}
