// Who is who on a FHIR server.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Fhir;

/// <summary>Finds the Patient of a personal identity code, and the code of a Patient. Where the server has two Patients of one code, or a Patient of two, that is said: nothing is guessed.</summary>
/// <param name="http">The server.</param>
/// <param name="identifierSystem">The system under which the server keeps the code.</param>
internal sealed class FhirClients(FhirHttpClient http, string identifierSystem)
{
    /// <summary>The system under which the server keeps the code.</summary>
    public string IdentifierSystem => identifierSystem;

    /// <summary>The Patient of a code.</summary>
    /// <exception cref="NativeFaultException">The server gave somebody else.</exception>
    public async Task<FhirMatch> FindAsync(Hetu client, CancellationToken cancellation)
    {
        var found = await http.SearchAsync("Patient", [("identifier", $"{identifierSystem}|{client.Reveal()}")], client.Reveal(), cancellation);
        if (found.Any(patient => !CodesOf(patient).Contains(client.Reveal(), StringComparer.Ordinal)))
        {
            throw FhirJson.Unreadable("another client than the one asked for");
        }

        return found.IsEmpty ? new FhirMatch.Nobody()
            : found.Where(static patient => !IsReplaced(patient)).ToList() is [var only] && CodesOf(only) is [_] ? new FhirMatch.One(new FhirPerson(FhirJson.Text(only, "id")!, client, only))
            : new FhirMatch.Ambiguous();
    }

    /// <summary>The client behind a Patient's id; nobody where it has no code or another Patient has taken its place.</summary>
    public async Task<FhirMatch> FindByIdAsync(string id, CancellationToken cancellation)
    {
        if (await http.ReadAsync("Patient", id, cancellation) is not { } patient || CodesOf(patient) is not [var code, ..] codes || !codes.All(static one => Hetu.TryParse(one, out _)))
        {
            return new FhirMatch.Nobody();
        }

        return codes.Length > 1 ? new FhirMatch.Ambiguous()
            : await FindAsync(Hetu.Parse(code), cancellation) is var match && match is FhirMatch.One(var person) && person.Id != id ? new FhirMatch.Nobody()
            : match;
    }

    /// <summary>The id of the Patient that a resource is about.</summary>
    /// <exception cref="NativeFaultException">It names none, or not by a reference of this server.</exception>
    public string SubjectOf(string type, JsonObject resource) =>
        resource[FhirShapes.SubjectOf(type)!] is JsonObject subject && FhirReferences.Read(FhirJson.Text(subject, "reference"), http.Address) is ("Patient", var id)
            ? id
            : throw FhirJson.Unreadable("a resource that is about nobody known here");

    private ImmutableArray<string> CodesOf(JsonObject patient) =>
        [.. FhirJson.Objects(patient, "identifier").Where(identifier => FhirJson.Text(identifier, "system") == identifierSystem && FhirJson.Text(identifier, "use") != "old")
            .Select(static identifier => FhirJson.Text(identifier, "value") ?? string.Empty).Distinct(StringComparer.Ordinal)];

    private static bool IsReplaced(JsonObject patient) => FhirJson.Objects(patient, "link").Any(static link => FhirJson.Text(link, "type") == "replaced-by");
}
