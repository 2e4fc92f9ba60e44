// Whom a resource is about.
using Hl7.Fhir.Model;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Facade;

/// <summary>Reads and writes the client of a resource: a Patient's identifier, or the identifier of <c>subject</c>, <c>patient</c> or <c>for</c>.</summary>
internal static class SubjectReader
{
    private static readonly string[] Elements = ["subject", "patient", "for"];

    /// <summary>The client, or null where the resource names none or not by a Finnish personal identity code.</summary>
    public static Hetu? ReadClient(Resource resource)
    {
        var identifier = resource is Patient patient
            ? patient.Identifier.FirstOrDefault(static identifier => identifier.System == Hetu.System)
            : Elements.Select(element => resource.TryGetValue(element, out var value) ? (value as ResourceReference)?.Identifier : null)
                .FirstOrDefault(static identifier => identifier is not null);
        return identifier is { System: Hetu.System } && Hetu.TryParse(identifier.Value, out var hetu) ? hetu : null;
    }

    /// <summary>A reference to a client as every resource of the facade carries it: the facade's Patient id and the national identifier.</summary>
    public static ResourceReference Reference(string patientId, Hetu client) => new($"Patient/{patientId}")
    {
        Identifier = new Identifier(Hetu.System, client.Reveal()),
    };
}
