// Copies from a resource what its mask names, and nothing else.
namespace Sisote.Gateway.Minimising;

/// <summary>
/// Goes through the rows of a resource and copies permitted slices of its text into a new text. Nothing is taken over by default: an element that the mask does not name, a value of
/// another shape than FHIR R4 gives it, an object that loses a mandatory part or one that changes its meaning all stay behind, and a resource that loses one is not written at all (docs/minimising.md).
/// </summary>
/// <remarks>The text has passed <see cref="StrictJson"/> whole. What is dropped is stepped over, not read.</remarks>
internal sealed partial class Minimiser(PooledBytes output, Relinker links, CodeLabels labels)
{
    private static ReadOnlySpan<byte> Tag => "\",\"meta\":{\"tag\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ObservationValue\",\"code\":\"SUBSETTED\"}]}"u8;

    private SoundJson json = null!;
    private int client;

    /// <summary>
    /// Writes a resource for a recipient: with the recipient's handle as id and the tag that it is not the whole (on every resource, so that the tag tells nothing). False = it may not leave,
    /// and nothing was written.
    /// </summary>
    internal bool TryWriteRelease(ResourceIndex resource, string handle, MaskNode mask)
    {
        var start = WriteStart(resource);
        output.Add(",\"id\":\""u8);
        output.AddAscii(handle);
        output.Add(Tag);
        return TryWriteRest(resource, mask, start);
    }

    /// <summary>Writes a resource for a target; false = something mandatory is missing, and nothing was written.</summary>
    /// <param name="resource">The resource as it came.</param>
    /// <param name="address">Members of our own that come first, each with a comma before it.</param>
    /// <param name="mask">What may be copied; it names none of the members of our own.</param>
    internal bool TryWriteEntry(ResourceIndex resource, ReadOnlySpan<byte> address, MaskNode mask)
    {
        var start = WriteStart(resource);
        output.Add(address);
        return TryWriteRest(resource, mask, start);
    }

    private int WriteStart(ResourceIndex resource)
    {
        var start = output.Length;
        output.Add(resource.Shape.Opening);
        return start;
    }

    private bool TryWriteRest(ResourceIndex resource, MaskNode mask, int start)
    {
        (json, client) = (resource.Source, resource.ClientLink);
        if (TryWriteMembers(resource.Row, mask, isFirst: false))
        {
            output.Add((byte)'}');
            return true;
        }

        output.CutTo(start);
        return false;
    }

    private bool TryWriteObject(int row, MaskNode mask)
    {
        if (!json.IsObject(row))
        {
            return false;
        }

        output.Add((byte)'{');
        var written = TryWriteMembers(row, mask, isFirst: true);
        output.Add((byte)'}');
        return written;
    }

    private bool TryWriteMembers(int row, MaskNode mask, bool isFirst)
    {
        var (fulfilled, any) = (0UL, false);
        for (int member = row + 1, end = json.EndOf(row); member < end; member = json.Next(member))
        {
            var number = json.NumberOf(member);
            if (mask.Find(number) is { } field && TryWriteMember(member, field, isFirst && !any))
            {
                any = true;
                fulfilled |= field.Fulfils;
            }
            else if (mask.FindModifier(number) is { } modifier && !modifier.IsOrdinary(json, member))
            {
                return false;
            }
        }

        return any && (fulfilled & mask.Mandatory) == mask.Mandatory;
    }

    private bool TryWriteMember(int row, MaskField field, bool isFirst)
    {
        if (field is { Kind: FieldKind.Primitive, Repeats: false })
        {
            return PrimitiveShapes.Fits(json, row, field) && WritePrimitive(row, field, isFirst);
        }

        var before = output.Length;
        output.Add(field.Opening.AsSpan(isFirst ? 1 : 0));
        if (field.Repeats ? TryWriteElements(row, field) : TryWriteValue(row, field))
        {
            return true;
        }

        output.CutTo(before);
        return false;
    }

    /// <summary>Where no white space stands between name and value, both are one slice.</summary>
    private bool WritePrimitive(int row, MaskField field, bool isFirst)
    {
        var member = json.Tight(row, field.Opening.Length, isFirst);
        if (member.IsEmpty)
        {
            output.Add(field.Opening.AsSpan(isFirst ? 1 : 0));
            member = json.Token(row);
        }

        output.Add(member);
        return true;
    }

    /// <summary>Writes the elements of an array that may leave, and its end.</summary>
    private bool TryWriteElements(int row, MaskField field)
    {
        if (!json.IsArray(row))
        {
            return false;
        }

        var any = false;
        for (int one = row + 1, end = json.EndOf(row); one < end; one = json.Next(one))
        {
            var before = output.Length;
            if (any)
            {
                output.Add((byte)',');
            }

            if (TryWriteValue(one, field))
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

    private bool TryWriteValue(int row, MaskField field) => field.Kind switch
    {
        FieldKind.Primitive => TryWritePrimitive(row, field),
        FieldKind.Object => TryWriteObject(row, field.Node!),
        FieldKind.Coding => TryWriteCoding(row, field),
        FieldKind.Quantity => TryWriteQuantity(row),
        FieldKind.Identifier => TryWriteIdentifier(row, field),
        FieldKind.Subject => json.IsObject(row) && links.TryWriteSubject(output),
        FieldKind.Reference => json.IsObject(row) && links.TryWriteReference(FoundReference.Read(json, row, client), output),
        _ => throw new InvalidOperationException("A mask names a kind that the minimiser does not know."),
    };

    private bool TryWritePrimitive(int row, MaskField field)
    {
        if (!PrimitiveShapes.Fits(json, row, field))
        {
            return false;
        }

        output.Add(json.Token(row));
        return true;
    }
}
