// How what a replay needs stands in bytes.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Replaying;

/// <summary>JSON that says the same in the same bytes: members in the order of the types, nothing that is null, nothing unknown read.</summary>
internal static class ReplayJson
{
    internal static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
