// How Sisote's own messages look in JSON.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sisote.Doors.Json;

/// <summary>The one set of JSON options between rooms: camel case (exactly), nulls left out; unknown members, duplicate members, numbers in quotes and nulls in lists refused.</summary>
public static class SisoteJson
{
    /// <summary>The options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Sets the same rules on options that somebody else owns (for example of HTTP endpoints).</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(RefuseNulls);
    }

    // The framework looks at members alone; a null in a list would be found where the list is used, perhaps in the middle of somebody else's transaction.
    private static void RefuseNulls(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable && type.Type.IsGenericType && type.Type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) && type.ElementType is { IsValueType: false })
        {
            type.OnDeserialized = static list =>
            {
                if (((IEnumerable<object?>)list).Contains(null))
                {
                    throw new JsonException("A list holds null.");
                }
            };
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
