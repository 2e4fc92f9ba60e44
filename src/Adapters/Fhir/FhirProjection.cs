// From the resources of a FHIR server to the facade's.
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Fhir;

/// <summary>
/// Builds each resource anew from the elements of its shape: own ids, the client by reference and code, codings of the catalogue, references to types that are read. Narrative, contained resources,
/// extensions, displays and foreign identifiers stay behind; what would change the meaning of the rest (a modifier extension, implicit rules) makes the answer unusable.
/// </summary>
internal sealed class FhirProjection(FhirCodes codes, FhirIds ids, Uri address, ImmutableArray<string> reads, TimeProvider clock)
{
    /// <summary>The key of the delivery that brought a referral.</summary>
    public const string DeliverySystem = "https://sisote.example/fhir/sid/delivery";

    /// <summary>The facade's resource; null where the mapping withholds it, or where it is a relationship that does not hold today.</summary>
    /// <exception cref="NativeFaultException">It cannot be told exactly.</exception>
    public Resource? ToFacade(string type, JsonObject upstream, FhirPerson person)
    {
        if (upstream.ContainsKey("implicitRules") || upstream.ContainsKey("modifierExtension"))
        {
            throw FhirJson.Unreadable("a resource under rules that nobody here knows");
        }

        if (type == "Observation" && upstream.Any(static member => member.Key == "focus" || IsForeignValue(member.Key)))
        {
            throw FhirJson.Unreadable("an observation whose value or object nobody here knows");
        }

        if (type == "RelatedPerson" && !FhirPeriod.Holds(upstream["period"], clock.GetUtcNow()))
        {
            return null; // INVARIANT: whoever was a guardian once is none; the period itself goes nowhere
        }

        try
        {
            return Build(type, upstream, person) is { } json ? FhirBody.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())) ?? throw FhirJson.Unreadable("a resource that is none of R4") : null;
        }
        catch (InvalidOperationException fault)
        {
            throw new NativeFaultException(NativeFault.Unreadable, "a value of another kind than agreed", fault);
        }
    }

    /// <summary>An observation without its value, or about something else than its client, says another thing than it said.</summary>
    private static bool IsForeignValue(string name) => name.TrimStart('_').StartsWith("value", StringComparison.Ordinal) && !FhirShapes.Look("Observation", name).Passes;

    private JsonObject? Build(string type, JsonObject upstream, FhirPerson person)
    {
        var walk = new FhirWalk(codes, ids, address, reads, type);
        var made = new JsonObject { ["resourceType"] = type, ["id"] = ids.Give(type, FhirJson.Text(upstream, "id")) };
        if (walk.Meta(upstream) is { Count: > 0 } meta)
        {
            made["meta"] = meta;
        }

        foreach (var (name, value) in upstream.Where(static member => member.Key is not ("resourceType" or "id" or "meta")))
        {
            if (name == "identifier")
            {
                AddIdentifiers(made, type, upstream, person);
            }
            else if (name == FhirShapes.SubjectOf(type))
            {
                made[name] = Subject(person);
            }
            else if (walk.Member(name, value) is { } kept)
            {
                made[name] = kept;
            }
        }

        return walk.IsWithheld ? null : made;
    }

    private static void AddIdentifiers(JsonObject made, string type, JsonObject upstream, FhirPerson person)
    {
        var kept = type == "Patient"
            ? [new JsonObject { ["system"] = Hetu.System, ["value"] = person.Client.Reveal() }]
            : FhirShapes.Look(type, "identifier").Passes
                ? FhirJson.Objects(upstream, "identifier").Where(static one => FhirJson.Text(one, "system") == DeliverySystem).Select(static one => (JsonNode)new JsonObject { ["system"] = DeliverySystem, ["value"] = FhirJson.Text(one, "value") }).ToArray()
                : Array.Empty<JsonNode>();
        if (kept.Length > 0)
        {
            made["identifier"] = new JsonArray(kept);
        }
    }

    private JsonObject Subject(FhirPerson person) => new()
    {
        ["reference"] = $"Patient/{ids.Give("Patient", person.Id)}",
        ["identifier"] = new JsonObject { ["system"] = Hetu.System, ["value"] = person.Client.Reveal() },
    };
}
