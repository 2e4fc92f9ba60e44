// What the gateway must know of a resource before it decides what of it may leave.
using System.Text.Json;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Gateway.Minimising.Plain;

/// <summary>The facts of one resource that decide: whose it is, its labels, its codings under filtered elements, what would change its meaning.</summary>
internal sealed class PlainIndex
{
    private readonly Dictionary<string, List<(string System, string Code)>> codings = new(StringComparer.Ordinal);
    private readonly HashSet<string> clientIdentifiers = new(StringComparer.Ordinal);

    private PlainIndex(ReadOnlyMemory<byte> json) => Json = json;

    internal ReadOnlyMemory<byte> Json { get; }

    internal string? Type { get; private set; }

    internal string? Id { get; private set; }

    /// <summary>The national identifier of the client, where exactly one stands there.</summary>
    internal string? ClientIdentifier => clientIdentifiers.Count == 1 ? clientIdentifiers.First() : null;

    /// <summary>The literal reference to the client.</summary>
    internal string? ClientReference { get; private set; }

    /// <summary>Names of the elements that stand in the resource.</summary>
    internal HashSet<string> Elements { get; } = new(StringComparer.Ordinal);

    /// <summary>Codes of <c>meta.security</c>; an empty text stands for a label without a code.</summary>
    internal SortedSet<string> Labels { get; } = new(StringComparer.Ordinal);

    internal bool HasModifierExtension { get; private set; }

    /// <summary>Elements present that change the meaning of the resource.</summary>
    internal HashSet<string> Modifiers { get; } = new(StringComparer.Ordinal);

    internal bool HasCoding(string path, string system, Func<string, bool> isAccepted) =>
        codings.TryGetValue(path, out var found) && found.Any(coding => coding.System == system && isAccepted(coding.Code));

    /// <summary>The type that a resource states, without reading further than needed; null where it states none.</summary>
    internal static string? TypeOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, PlainJson.Options);
        reader.Read();
        while (reader.TokenType != JsonTokenType.None && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("resourceType"u8);
            reader.Read();
            if (isType)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }

    /// <summary>Reads the facts. The text has passed <see cref="PlainJson"/> and is a JSON object.</summary>
    internal static PlainIndex Read(ReadOnlyMemory<byte> json, TypeShape shape)
    {
        var index = new PlainIndex(json);
        var reader = new Utf8JsonReader(json.Span, PlainJson.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            index.ReadElement(ref reader, name, shape);
        }

        return index;
    }

    private void ReadElement(ref Utf8JsonReader reader, string name, TypeShape shape)
    {
        Elements.Add(name);
        HasModifierExtension |= name == "modifierExtension" || (name != "contained" && HoldsModifierExtension(reader));
        if (shape.Modifiers.Contains(name) && !IsWithoutEffect(ref reader, name))
        {
            Modifiers.Add(name);
        }

        switch (name)
        {
            case "resourceType":
                Type = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                break;
            case "id":
                Id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                break;
            case "meta":
                ReadMeta(reader);
                break;
            case "identifier" when shape.SubjectElement is null:
                ReadClientIdentifiers(reader);
                break;
            case var _ when name == shape.SubjectElement:
                ReadSubject(reader);
                break;
            case var _ when PlainMatching.IsFiltered(shape, name):
                ReadCodings(reader, name);
                break;
        }

        reader.Skip();
    }

    private static bool HoldsModifierExtension(Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return false;
        }

        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("modifierExtension"u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A modifier element whose value is the ordinary one changes nothing: not deceased, not forbidden, record in use.</summary>
    private static bool IsWithoutEffect(ref Utf8JsonReader reader, string name) =>
        name == "active" ? reader.TokenType == JsonTokenType.True : reader.TokenType == JsonTokenType.False;

    private void ReadMeta(Utf8JsonReader reader)
    {
        foreach (var (path, _, code) in PlainCodings.Read(reader, "meta"))
        {
            if (path == "meta.security")
            {
                Labels.Add(code);
            }
        }
    }

    private void ReadCodings(Utf8JsonReader reader, string name)
    {
        foreach (var (path, system, code) in PlainCodings.Read(reader, name))
        {
            if (!codings.TryGetValue(path, out var found))
            {
                codings[path] = found = [];
            }

            found.Add((system, code));
        }
    }

    private void ReadSubject(Utf8JsonReader reader)
    {
        var found = PlainReferences.Read(ref reader);
        ClientReference = found.Literal;
        if (found is { IdentifierSystem: Hetu.System, IdentifierValue: { } value })
        {
            clientIdentifiers.Add(value);
        }
    }

    private void ReadClientIdentifiers(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (PlainReferences.ReadIdentifier(ref reader) is { System: Hetu.System, Value: { } value })
            {
                clientIdentifiers.Add(value);
            }
        }
    }
}
