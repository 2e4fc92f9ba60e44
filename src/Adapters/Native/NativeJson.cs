// Reads a sector system's JSON.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.Adapters.Native;

/// <summary>JSON of sector systems: duplicate members and missing required members are refused, members that we do not use are passed over, depth is bounded.</summary>
internal static class NativeJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        MaxDepth = 16,
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads a body.</summary>
    /// <exception cref="NativeFaultException">Not JSON of this shape.</exception>
    public static T Read<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Options) ?? throw new NativeFaultException(NativeFault.Unreadable, "an empty answer");
        }
        catch (JsonException fault)
        {
            throw new NativeFaultException(NativeFault.Unreadable, "not JSON of the agreed shape", fault);
        }
    }
}
