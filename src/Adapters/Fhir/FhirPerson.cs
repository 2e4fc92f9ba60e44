// A client as a FHIR server knows them.
using System.Text.Json.Nodes;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Fhir;

/// <summary>The one Patient of the server that carries a personal identity code.</summary>
/// <param name="Id">The server's id.</param>
/// <param name="Client">The code.</param>
/// <param name="Patient">The resource as the server has it.</param>
internal sealed record FhirPerson(string Id, Hetu Client, JsonObject Patient);
