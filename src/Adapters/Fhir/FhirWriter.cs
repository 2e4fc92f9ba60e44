// Codes and references on their way into a FHIR server.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Adapters.Fhir;

/// <summary>Puts the server's own codes and ids in place of the catalogue's and the facade's; the first thing that has none is named.</summary>
internal sealed class FhirWriter(FhirParts parts, ImmutableArray<string?> names)
{
    /// <summary>Rewrites an element in place; null, or what the server cannot be told.</summary>
    public string? Rewrite(JsonObject element, string path)
    {
        if (element.ContainsKey("code") && element.ContainsKey("system"))
        {
            return RewriteCode(element, path);
        }

        if (FhirJson.Text(element, "reference") is { } reference)
        {
            return RewriteReference(element, reference, path);
        }

        foreach (var (name, value) in element.ToList())
        {
            var below = $"{path}.{name}";
            var refusal = value switch
            {
                JsonObject inner => Rewrite(inner, below),
                JsonArray list => list.OfType<JsonObject>().Select(one => Rewrite(one, below)).OfType<string>().FirstOrDefault(),
                _ => null,
            };
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>A coding, or the unit of a quantity.</summary>
    private string? RewriteCode(JsonObject coding, string path)
    {
        if (coding["code"]!.GetValueKind() != JsonValueKind.String || parts.Codes.ToNative(FhirJson.Text(coding, "system"), FhirJson.Text(coding, "code")) is not { } native)
        {
            return $"The receiving system does not know a code in {path}.";
        }

        (coding["system"], coding["code"]) = (native.System, native.Code);
        return null;
    }

    private string? RewriteReference(JsonObject element, string reference, string path)
    {
        if (names.Contains(reference))
        {
            return null; // another resource of the same delivery
        }

        if (reference.Split('/') is [var type, var id] && parts.Ids.Find(type, id) is { } upstream)
        {
            element["reference"] = $"{type}/{upstream}";
            return null;
        }

        return $"The receiving system does not know what {path} refers to.";
    }
}
