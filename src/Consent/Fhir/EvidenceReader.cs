// Reads what stands behind a consent.
using Sisote.Consent.Consents;
using Sisote.Policy.Catalogues;

namespace Sisote.Consent.Fhir;

/// <summary>Reads the extension of <see cref="EvidenceJson"/>. Who recorded it and which capacity decisions carry it the room finds out itself.</summary>
internal static class EvidenceReader
{
    private const string WhatStandsHere = "Exactly one extension stands here: the evidence, with way and giver (docs/consents-fhir.md).";

    public static ImportedEvidence? Read(FhirNode root, Viewer viewer)
    {
        if (root.Many("extension") is not [var extension] || extension.Text("url") != ConsentCodes.Evidence)
        {
            root.Refuse("extension", ConsentFault.Extension, WhatStandsHere);
            return null;
        }

        var parts = extension.Many("extension");
        extension.Close();
        return ReadParts(extension, Values(parts), viewer);
    }

    private static ImportedEvidence? ReadParts(FhirNode extension, Dictionary<string, (FhirNode Part, string? Value)> values, Viewer viewer)
    {
        var way = WayOf(extension, values, viewer);
        var giver = values.GetValueOrDefault(EvidenceJson.Giver).Value;
        if (giver is null || !ConsentGiving.Givers.Contains(giver) || (viewer is Viewer.Client && giver != ConsentGiving.Client))
        {
            Refuse(extension, values, EvidenceJson.Giver, viewer is Viewer.Client ? "client: who signs in gives it." : string.Join(", ", ConsentGiving.Givers) + ".");
            giver = null;
        }

        return way is null || giver is null
            ? null
            : new ImportedEvidence(way.Value, giver, values.GetValueOrDefault(EvidenceJson.Reference).Value, values.GetValueOrDefault(EvidenceJson.Authority).Value);
    }

    private static ConsentWay? WayOf(FhirNode extension, Dictionary<string, (FhirNode Part, string? Value)> values, Viewer viewer)
    {
        if (ConsentWays.TryParse(values.GetValueOrDefault(EvidenceJson.Way).Value, out var way) && way != ConsentWay.Mirrored && way == ConsentWay.SignedIn == viewer is Viewer.Client)
        {
            return way;
        }

        Refuse(extension, values, EvidenceJson.Way, viewer is Viewer.Client ? "signed-in: in no other way does the client say it here." : "paper, oral or assisted.");
        return null;
    }

    private static Dictionary<string, (FhirNode Part, string? Value)> Values(IReadOnlyList<FhirNode> parts)
    {
        var values = new Dictionary<string, (FhirNode, string?)>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var name = part.NeededText("url", "Every extension has an address.");
            var value = ValueOf(part, name);
            part.Close();
            if (name is not null and not EvidenceJson.Capacity && !values.TryAdd(name, (part, value)))
            {
                part.Refuse(ConsentFault.Extension, "It stands there twice.");
            }
        }

        return values;
    }

    private static string? ValueOf(FhirNode part, string? name)
    {
        switch (name)
        {
            case EvidenceJson.Way or EvidenceJson.Giver:
                return part.NeededText("valueCode", "A code stands here.");
            case EvidenceJson.Reference or EvidenceJson.Authority:
                return part.NeededText("valueString", "A text stands here.");
            case EvidenceJson.Capacity:
                part.NeededText("valueString", "A text stands here.");
                return null;
            case EvidenceJson.Recorder:
                _ = part.Needed("valueReference", "A Practitioner stands here.") is { } recorder ? FhirCodings.Named(recorder, "Practitioner") : null;
                return null;
            default:
                part.Refuse(ConsentFault.Extension, "This extension is not taken here.");
                part.Pass("valueCode", "valueString", "valueInstant");
                return null;
        }
    }

    private static void Refuse(FhirNode extension, Dictionary<string, (FhirNode Part, string? Value)> values, string name, string whatToDo)
    {
        if (values.TryGetValue(name, out var found))
        {
            found.Part.Refuse("valueCode", ConsentFault.Code, whatToDo);
        }
        else
        {
            extension.Refuse(ConsentFault.Required, $"{name}: {whatToDo}");
        }
    }
}
