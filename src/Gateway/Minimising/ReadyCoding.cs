// A coding that the catalogue knows, ready to be written.
using System.Text;
using System.Text.Json;

namespace Sisote.Gateway.Minimising;

/// <summary>System, code and our own label as one JSON object: a known coding leaves by a single copy.</summary>
internal sealed class ReadyCoding
{
    internal ReadyCoding(int number, string system, string code, string? label)
    {
        (Number, System, Code, HasLabel) = (checked((ushort)number), system, code, label is not null);
        Json = Encoding.UTF8.GetBytes($$"""{"system":{{Quote(system)}},"code":{{Quote(code)}}{{(label is null ? string.Empty : $",\"display\":{Quote(label)}")}}}""");
    }

    /// <summary>Its number in <see cref="CodeLabels"/>, from 1 on.</summary>
    internal ushort Number { get; }

    internal string System { get; }

    internal string Code { get; }

    internal bool HasLabel { get; }

    internal byte[] Json { get; }

    /// <summary>Whether system and code have the shape that FHIR R4 gives them.</summary>
    internal static bool CanLeave(string system, string code) => PrimitiveShapes.IsAddress(Encoding.UTF8.GetBytes(system)) && PrimitiveShapes.IsCode(Encoding.UTF8.GetBytes(code));

    private static string Quote(string text) => JsonSerializer.Serialize(text, UnescapedJson.Options);
}
