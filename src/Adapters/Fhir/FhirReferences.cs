// References of a FHIR server.
namespace Sisote.Adapters.Fhir;

/// <summary>Reads literal references: relative ones and absolute ones below the server's base, with or without a version.</summary>
internal static class FhirReferences
{
    /// <summary>Type and id, or null where the reference leads elsewhere.</summary>
    public static (string Type, string Id)? Read(string? reference, Uri address)
    {
        var rest = reference?.StartsWith(address.AbsoluteUri, StringComparison.Ordinal) == true ? reference[address.AbsoluteUri.Length..] : reference;
        return rest?.Split('/') is [var type, var id, .. var version] && version is [] or ["_history", _] && type.Length > 0 && type.All(char.IsAsciiLetter) && FhirIds.IsUpstream(id) ? (type, id) : null;
    }
}
