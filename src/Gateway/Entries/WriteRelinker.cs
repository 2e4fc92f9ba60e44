// References in what is sent to a target.
using System.Text;
using System.Text.Json;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Entries;

/// <summary>
/// The client is addressed by national identifier, which the target's adapter needs to find the record. Other references may point to resources of the same entry, or to what the
/// sender knows of the target by handle; a logical reference may carry any identifier but a person's, and no words.
/// </summary>
internal sealed class WriteRelinker(Handles.Handles handles, SystemId target, ClientId? client, string identifier, IReadOnlyDictionary<string, string> names) : Relinker
{
    internal override bool TryWriteSubject(PooledBytes output)
    {
        output.Add("{\"identifier\":"u8);
        output.Add(JsonSerializer.SerializeToUtf8Bytes(new { system = Hetu.System, value = identifier }));
        output.Add((byte)'}');
        return true;
    }

    internal override bool TryWriteReference(FoundReference found, PooledBytes output)
    {
        if (found.Literal is { } literal)
        {
            if (Resolve(literal) is not { } resolved)
            {
                return false;
            }

            Write(output, found.Type, "reference", resolved);
            return true;
        }

        if (found is not { IdentifierSystem: { } system, IdentifierValue: { } value } || !IsName(system, value))
        {
            return false;
        }

        Write(output, found.Type, "identifier", new { system, value });
        return true;
    }

    private static void Write(PooledBytes output, string? type, string name, object content)
    {
        var written = new Dictionary<string, object>(StringComparer.Ordinal) { [name] = content };
        if (type is not null)
        {
            written["type"] = type;
        }

        output.Add(JsonSerializer.SerializeToUtf8Bytes(written, UnescapedJson.Options));
    }

    /// <summary>Whether an identifier is one: a code of some system, not a text, and not a person's under whatever system.</summary>
    private static bool IsName(string system, string value) =>
        PrimitiveShapes.IsAddress(Encoding.UTF8.GetBytes(system)) && PrimitiveShapes.IsCode(Encoding.UTF8.GetBytes(value)) && !Hetu.TryParse(value, out _);

    /// <summary>Whether a reference can stand in an entry.</summary>
    internal bool CanLink(FoundReference found)
    {
        using var nowhere = new PooledBytes(256);
        return TryWriteReference(found, nowhere);
    }

    private string? Resolve(string literal)
    {
        if (names.TryGetValue(literal, out var name))
        {
            return name;
        }

        return literal.Split('/') is [var type, var handle] && type != "Patient" && handles.ReadResource(target, type, handle) is { } content && (client is null || content.Client == client)
            ? $"{type}/{content.UpstreamId}"
            : null;
    }
}
