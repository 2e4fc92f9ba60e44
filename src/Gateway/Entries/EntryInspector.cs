// Finds what in an entry may not be sent.
using System.Text;
using System.Text.Json;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Entries;

/// <summary>
/// Walks a resource beside its mask and names the first element that the minimiser would not carry whole. An entry is never trimmed in silence: it goes as it was written, or not at all.
/// </summary>
internal sealed class EntryInspector(CodeLabels labels, Func<FoundReference, bool> canLink)
{
    /// <summary>The FHIRPath of the first forbidden element, or null.</summary>
    internal string? FindForbidden(EntryResource resource, MaskNode mask)
    {
        using var document = JsonDocument.Parse(resource.Index.Json, new JsonDocumentOptions { MaxDepth = StrictJson.MaximumDepth });
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var path = $"{resource.Path}.{member.Name}";
            var forbidden = member.Name switch
            {
                "resourceType" => null,
                "identifier" when resource.Shape.SubjectElement is null => InspectAddress(member.Value, path),
                _ => InspectMember(member, path, mask),
            };
            if (forbidden is not null)
            {
                return forbidden;
            }
        }

        return null;
    }

    /// <summary>The FHIRPath of the first element that FHIR R4 demands and that is not there, at the root or in any object below, in a resource that holds nothing forbidden; or null.</summary>
    internal static string? FindMissing(EntryResource resource, MaskNode mask)
    {
        using var document = JsonDocument.Parse(resource.Index.Json, new JsonDocumentOptions { MaxDepth = StrictJson.MaximumDepth });
        return FindMissing(document.RootElement, resource.Path, mask);
    }

    private static string? FindMissing(JsonElement holder, string path, MaskNode mask)
    {
        var fulfilled = 0UL;
        foreach (var member in holder.EnumerateObject())
        {
            if (mask.Find(Encoding.UTF8.GetBytes(member.Name)) is not { } field)
            {
                continue;
            }

            fulfilled |= field.Fulfils;
            var below = $"{path}.{member.Name}";
            var missing = field.Kind != FieldKind.Object ? null
                : !field.Repeats ? FindMissing(member.Value, below, field.Node!)
                : member.Value.EnumerateArray().Select((value, place) => FindMissing(value, $"{below}[{place}]", field.Node!)).FirstOrDefault(static found => found is not null);
            if (missing is not null)
            {
                return missing;
            }
        }

        return mask.MandatoryNames.Where((_, bit) => (fulfilled >> bit & 1) == 0).Select(name => $"{path}.{name}").FirstOrDefault();
    }

    /// <summary>The national identifiers in a Patient are the address of the entry, not a data item.</summary>
    private static string? InspectAddress(JsonElement identifiers, string path) =>
        identifiers.ValueKind != JsonValueKind.Array || identifiers.GetArrayLength() == 0 ? path
        : identifiers.EnumerateArray().Select((identifier, place) => TextOf(identifier, "system") == Hetu.System ? InspectIdentifier(identifier, $"{path}[{place}]") : path).FirstOrDefault(static found => found is not null);

    /// <summary>The client's own identifier: what it is used for may be said where that is the ordinary use, because only system and value go on.</summary>
    private static string? InspectIdentifier(JsonElement identifier, string path) =>
        identifier.ValueKind != JsonValueKind.Object ? path
        : OnlyNames(identifier, path, "system", "value", "use")
            ?? (TextOf(identifier, "value") is null ? path : identifier.TryGetProperty("use", out _) && TextOf(identifier, "use") is not ("usual" or "official") ? $"{path}.use" : null);

    /// <summary>The reference to the client, who is addressed anew.</summary>
    private static string? InspectSubject(JsonElement subject, string path) =>
        OnlyNames(subject, path, "reference", "type", "identifier")
            ?? (subject.TryGetProperty("type", out _) && TextOf(subject, "type") != "Patient" ? $"{path}.type"
                : subject.TryGetProperty("identifier", out var identifier) ? InspectIdentifier(identifier, $"{path}.identifier") : null);

    /// <summary>Any other reference goes by literal or by identifier, and its type goes with it.</summary>
    private string? InspectReference(JsonElement reference, string path) =>
        OnlyNames(reference, path, "type", reference.TryGetProperty("reference", out _) ? "reference" : "identifier")
            ?? (reference.TryGetProperty("type", out _) && (TextOf(reference, "type") is not { } type || FhirTypes.Find(type) is null) ? $"{path}.type"
                : reference.TryGetProperty("identifier", out var identifier) && (identifier.ValueKind != JsonValueKind.Object ? path : OnlyNames(identifier, $"{path}.identifier", "system", "value")) is { } stranger ? stranger
                : CanLink(reference) ? null : path);

    private string? InspectMember(JsonProperty member, string path, MaskNode mask)
    {
        if (mask.Find(Encoding.UTF8.GetBytes(member.Name)) is not { } field)
        {
            return path;
        }

        if (!field.Repeats)
        {
            return InspectValue(member.Value, path, field);
        }

        if (member.Value.ValueKind != JsonValueKind.Array || member.Value.GetArrayLength() == 0)
        {
            return path;
        }

        return member.Value.EnumerateArray().Select((value, place) => InspectValue(value, $"{path}[{place}]", field)).FirstOrDefault(static found => found is not null);
    }

    private string? InspectValue(JsonElement value, string path, MaskField field) => field.Kind switch
    {
        FieldKind.Primitive => Fits(value, field) ? null : path,
        _ when value.ValueKind != JsonValueKind.Object || !value.EnumerateObject().Any() => path,
        FieldKind.Object => value.EnumerateObject().Select(member => InspectMember(member, $"{path}.{member.Name}", field.Node!)).FirstOrDefault(static found => found is not null),
        FieldKind.Coding => InspectCoding(value, path, field),
        FieldKind.Quantity => InspectQuantity(value, path),
        FieldKind.Identifier => OnlyNames(value, path, "system", "value")
            ?? (TextOf(value, "value") is { Length: > 0 } && field.IdentifierSystems!.Find(Encoding.UTF8.GetBytes(TextOf(value, "system") ?? string.Empty)) is not null ? null : path),
        FieldKind.Subject => InspectSubject(value, path),
        FieldKind.Reference => InspectReference(value, path),
        _ => path,
    };

    private string? InspectCoding(JsonElement coding, string path, MaskField field)
    {
        var (system, code, display) = (TextOf(coding, "system"), TextOf(coding, "code"), TextOf(coding, "display"));
        if (OnlyNames(coding, path, "system", "code", "display") is { } stranger)
        {
            return stranger;
        }

        if (system is null || code is null || !PrimitiveShapes.IsAddress(Encoding.UTF8.GetBytes(system)) || !PrimitiveShapes.IsCode(Encoding.UTF8.GetBytes(code))
            || (field.Codings is { } accepted && accepted.Find(system, code) is null))
        {
            return path;
        }

        return !coding.TryGetProperty("display", out _) || field.KeepsDisplay || (display is not null && labels.Says(system, code, display)) ? null : $"{path}.display";
    }

    private static string? InspectQuantity(JsonElement quantity, string path)
    {
        if (OnlyNames(quantity, path, "value", "comparator", "unit", "system", "code") is { } stranger)
        {
            return stranger;
        }

        var (system, code) = (TextOf(quantity, "system"), TextOf(quantity, "code"));
        if (system is null || code is null || !PrimitiveShapes.IsAddress(Encoding.UTF8.GetBytes(system)) || !PrimitiveShapes.IsCode(Encoding.UTF8.GetBytes(code))
            || !quantity.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Number
            || (quantity.TryGetProperty("comparator", out _) && TextOf(quantity, "comparator") is not ("<" or "<=" or ">" or ">=")))
        {
            return path;
        }

        return !quantity.TryGetProperty("unit", out _) || TextOf(quantity, "unit") == code ? null : $"{path}.unit";
    }

    private bool CanLink(JsonElement reference)
    {
        using var json = SoundJson.Read(Encoding.UTF8.GetBytes(reference.GetRawText()));
        return canLink(FoundReference.Read(json, 0));
    }

    private static bool Fits(JsonElement value, MaskField field)
    {
        using var json = SoundJson.Read(Encoding.UTF8.GetBytes(value.GetRawText()));
        return PrimitiveShapes.Fits(json, 0, field);
    }

    private static string? OnlyNames(JsonElement value, string path, params string[] names) =>
        value.EnumerateObject().Where(member => !names.Contains(member.Name)).Select(member => $"{path}.{member.Name}").FirstOrDefault();

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
