// From an entry of the gateway to what a FHIR server takes.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.Fhir;

/// <summary>Drafts a delivery in the server's own codes. What cannot be said there refuses the entry as a whole; a referral gets its task, where the server keeps tasks.</summary>
internal sealed class FhirOutgoing(FhirParts parts)
{
    /// <summary>The draft, or why there is none.</summary>
    public (FhirDraft? Draft, string? Refusal) Draft(EntryToCreate entry)
    {
        if (entry.Resources.FirstOrDefault(resource => !parts.Writes.Contains(resource.TypeName)) is { } foreign)
        {
            return (null, $"The receiving system takes no {foreign.TypeName}.");
        }

        if (entry.Resources.OfType<Patient>().Count() > 1)
        {
            return (null, "An entry is about one Patient.");
        }

        var texts = entry.Resources.Select(static resource => JsonSerializer.SerializeToUtf8Bytes(resource, FhirBody.Options)).ToList();
        var digest = Convert.ToHexStringLower(SHA256.HashData([.. texts.SelectMany(static text => text.Append((byte)'\n'))]))[..32];
        var made = ImmutableArray.CreateBuilder<FhirDraftPart>();
        foreach (var (place, text) in texts.Index())
        {
            var (part, refusal) = DraftOne(entry, place, FhirJson.Parse(text)!, digest);
            if (part is null)
            {
                return (null, refusal);
            }

            made.Add(part);
        }

        if (parts.Writes.Contains("Task") && made.FirstOrDefault(static part => part.Type == "ServiceRequest") is { } request && !made.Any(static part => part.Type == "Task"))
        {
            made.Add(TaskOf(request, entry, digest, made.Count));
        }

        return (new FhirDraft(made.ToImmutable(), digest), null);
    }

    private (FhirDraftPart? Part, string? Refusal) DraftOne(EntryToCreate entry, int place, JsonObject json, string digest)
    {
        var type = FhirJson.Text(json, "resourceType")!;
        var writer = new FhirWriter(parts, entry.Names);
        var security = FhirJson.Objects(json["meta"], "security").Select(static label => label.DeepClone()).ToArray();
        json.Remove("id");
        json.Remove("meta");
        if (writer.Rewrite(json, type) is { } refusal)
        {
            return (null, refusal);
        }

        var meta = new JsonObject { ["tag"] = new JsonArray(FhirCodes.ToCoding(new Token(FhirDraft.DigestSystem, digest))) };
        var labels = security.Length > 0 ? new JsonObject { ["security"] = new JsonArray(security) } : [];
        if (writer.Rewrite(labels, type + ".meta") is { } unknown)
        {
            return (null, unknown);
        }

        if (labels["security"]?.DeepClone() is { } kept)
        {
            meta["security"] = kept;
        }

        json["meta"] = meta;
        return (Mark(json, type, entry, place), null);
    }

    private FhirDraftPart Mark(JsonObject json, string type, EntryToCreate entry, int place)
    {
        var mark = $"{entry.IdempotencyKey}.{place}";
        var identifiers = new JsonArray(new JsonObject { ["system"] = FhirDraft.MarkSystem, ["value"] = mark });
        if (type == "Patient")
        {
            identifiers = [new JsonObject { ["system"] = parts.Clients.IdentifierSystem, ["value"] = entry.Client.Reveal() }];
        }
        else if (type is "ServiceRequest" or "Task")
        {
            identifiers.Add(new JsonObject { ["system"] = FhirProjection.DeliverySystem, ["value"] = entry.IdempotencyKey });
        }

        json["identifier"] = identifiers;
        return new FhirDraftPart(type, json, (place < entry.Names.Length ? entry.Names[place] : null) ?? $"urn:uuid:{new Guid(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(mark))[..16])}", mark);
    }

    /// <summary>The task of HL7 Physical Activity: the receiving organisation is asked to fulfil the request.</summary>
    private FhirDraftPart TaskOf(FhirDraftPart request, EntryToCreate entry, string digest, int place)
    {
        var json = new JsonObject
        {
            ["resourceType"] = "Task",
            ["meta"] = new JsonObject { ["tag"] = new JsonArray(FhirCodes.ToCoding(new Token(FhirDraft.DigestSystem, digest))) },
            ["status"] = "requested",
            ["intent"] = "order",
            ["code"] = new JsonObject { ["coding"] = new JsonArray(FhirCodes.ToCoding(new Token("http://hl7.org/fhir/CodeSystem/task-code", "fulfill"))) },
            ["focus"] = new JsonObject { ["reference"] = request.Name },
            ["authoredOn"] = FhirJson.Text(request.Json, "authoredOn") ?? parts.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssK", null),
            ["requester"] = Organisation(entry.Sender.Organisation.Value, entry.Sender.OrganisationName),
            ["owner"] = Organisation(parts.Organisation, null),
        };
        return Mark(json, "Task", entry, place);
    }

    private static JsonObject Organisation(string id, string? name)
    {
        var made = new JsonObject { ["type"] = "Organization", ["identifier"] = new JsonObject { ["system"] = "https://sisote.example/fhir/sid/organisation", ["value"] = id } };
        if (name is not null)
        {
            made["display"] = name;
        }

        return made;
    }
}
