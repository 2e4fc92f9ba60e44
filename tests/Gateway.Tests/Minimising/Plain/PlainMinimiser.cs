// Copies from a resource what its mask names, and nothing else.
using System.Text;
using System.Text.Json;
using Sisote.Gateway.Minimising;

namespace Sisote.Tests.Gateway.Minimising.Plain;

/// <summary>
/// One pass over the UTF-8 text of a resource that copies permitted slices into a new text. Nothing is taken over by default: an element that the mask does not name, a value of
/// another shape than FHIR R4 gives it, an object that loses a mandatory part all stay behind, and a resource that loses one is not written at all (docs/minimising.md).
/// </summary>
/// <remarks>The text has passed <see cref="PlainJson"/>. A faster implementation replaces this class and must equal it on every input.</remarks>
internal sealed partial class PlainMinimiser(PooledBytes output, string? clientReference, CodeLabels labels)
{
    /// <summary>Id and meta of a resource that leaves: the recipient's handle, and the tag that it is not the whole (on every resource, so that the tag tells nothing).</summary>
    internal static byte[] Identity(string handle) =>
        Encoding.ASCII.GetBytes($$""","id":"{{handle}}","meta":{"tag":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}]}""");

    /// <summary>Writes the minimised resource; false = it may not leave, and nothing was written.</summary>
    /// <param name="resource">The resource as it came.</param>
    /// <param name="type">Its type.</param>
    /// <param name="own">Members of our own that come first, each with a comma before it: id and meta, or the address of an entry.</param>
    /// <param name="mask">What may be copied; it names none of the members of our own.</param>
    internal bool TryWriteResource(ReadOnlySpan<byte> resource, string type, ReadOnlySpan<byte> own, MaskNode mask)
    {
        var start = output.Length;
        output.Add("{\"resourceType\":\""u8);
        output.Add(Encoding.ASCII.GetBytes(type));
        output.Add((byte)'"');
        output.Add(own);
        var reader = new Utf8JsonReader(resource, PlainJson.Options);
        reader.Read();
        if (TryWriteMembers(ref reader, mask, isFirst: false))
        {
            output.Add((byte)'}');
            return true;
        }

        output.CutTo(start);
        return false;
    }

    private bool TryWriteObject(ref Utf8JsonReader reader, MaskNode mask)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        output.Add((byte)'{');
        var written = TryWriteMembers(ref reader, mask, isFirst: true);
        output.Add((byte)'}');
        return written;
    }

    private bool TryWriteMembers(ref Utf8JsonReader reader, MaskNode mask, bool isFirst)
    {
        var (fulfilled, any, kept) = (0UL, false, true);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = mask.Find(reader.ValueSpan);
            var name = reader.GetString()!;
            reader.Read();
            var changes = mask.Modifiers.Contains(name) && !IsOrdinary(ref reader, name);
            if (field is null)
            {
                kept &= !changes;
                reader.Skip();
                continue;
            }

            var before = output.Length;
            WriteName(field, isFirst && !any);
            if (TryWriteField(ref reader, field))
            {
                any = true;
                fulfilled |= field.Fulfils;
            }
            else
            {
                kept &= !changes;
                output.CutTo(before);
            }
        }

        return kept && any && (fulfilled & mask.Mandatory) == mask.Mandatory;
    }

    /// <summary>A modifier element whose value is the ordinary one changes nothing.</summary>
    private static bool IsOrdinary(ref Utf8JsonReader reader, string name) => name switch
    {
        "use" => reader.TokenType == JsonTokenType.String && IsOrdinaryUse(reader.GetString()),
        "active" => reader.TokenType == JsonTokenType.True,
        _ => reader.TokenType == JsonTokenType.False,
    };

    private static bool IsOrdinaryUse(string? use) => use is "official" or "usual" or "secondary" or "home" or "work" or "mobile";

    private void WriteName(MaskField field, bool isFirst)
    {
        if (!isFirst)
        {
            output.Add((byte)',');
        }

        output.Add(field.Label);
    }

    private bool TryWriteField(ref Utf8JsonReader reader, MaskField field)
    {
        if (!field.Repeats)
        {
            return TryWriteValue(ref reader, field);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return false;
        }

        output.Add((byte)'[');
        var any = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var before = output.Length;
            if (any)
            {
                output.Add((byte)',');
            }

            if (TryWriteValue(ref reader, field))
            {
                any = true;
            }
            else
            {
                output.CutTo(before);
            }
        }

        output.Add((byte)']');
        return any;
    }

    private bool TryWriteValue(ref Utf8JsonReader reader, MaskField field) => field.Kind switch
    {
        FieldKind.Primitive => TryWritePrimitive(ref reader, field),
        FieldKind.Object => TryWriteObject(ref reader, field.Node!),
        FieldKind.Coding => TryWriteCoding(ref reader, field),
        FieldKind.Quantity => TryWriteQuantity(ref reader),
        FieldKind.Identifier => TryWriteIdentifier(ref reader, field),
        FieldKind.Subject => TryWriteLink(ref reader, isSubject: true),
        FieldKind.Reference => TryWriteLink(ref reader, isSubject: false),
        _ => throw new InvalidOperationException("A mask names a kind that the minimiser does not know."),
    };

    private bool TryWritePrimitive(ref Utf8JsonReader reader, MaskField field)
    {
        if (!PlainShapes.Fits(ref reader, field))
        {
            reader.Skip();
            return false;
        }

        WriteToken(ref reader);
        return true;
    }

    private void WriteToken(ref Utf8JsonReader reader)
    {
        var isText = reader.TokenType == JsonTokenType.String;
        if (isText)
        {
            output.Add((byte)'"');
        }

        output.Add(reader.ValueSpan);
        if (isText)
        {
            output.Add((byte)'"');
        }
    }
}
