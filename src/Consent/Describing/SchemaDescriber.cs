// How codes and other values of one word look in JSON.
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Describing;

/// <summary>Values with a converter of their own are texts; the exporter of schemas cannot know that.</summary>
internal sealed class SchemaDescriber : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (IsText(type) && schema.Type is null && schema.Enum is null or { Count: 0 })
        {
            Describe(schema, type, isNullable: type != context.JsonTypeInfo.Type);
        }
        else if (schema.Items is null && context.JsonTypeInfo.ElementType is { } element && IsText(element))
        {
            var items = new OpenApiSchema();
            Describe(items, element, isNullable: false);
            schema.Items = items;
        }

        return Task.CompletedTask;
    }

    private static void Describe(OpenApiSchema schema, Type type, bool isNullable)
    {
        schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        schema.Pattern = IsCode(type) ? "^[A-Za-z0-9._-]{1,64}$" : null;
    }

    /// <summary>Codes, digests, versions: everything of the house that is one value with a converter.</summary>
    private static bool IsText(Type type) => type.IsValueType && !type.IsPrimitive && !type.IsEnum && type.Namespace?.StartsWith("Sisote.", StringComparison.Ordinal) == true
        && Attribute.IsDefined(type, typeof(System.Text.Json.Serialization.JsonConverterAttribute));

    private static bool IsCode(Type type) => type.GetInterfaces().Any(static one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ICode<>));
}
