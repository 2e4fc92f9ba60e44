// Logical ids of FHIR Consents.
using System.Security.Cryptography;
using System.Text;
using Sisote.Consent.Audit;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>
/// A consent that was given here has its own number as id. What another register keeps has a number of that register's, which another client's may have too and which FHIR may not take:
/// its id says whose it is in a name that this room alone can read, and which one by its hash.
/// </summary>
internal sealed class ConsentIds(ClientAliases aliases)
{
    private const int AliasLength = 32;
    private static readonly OrganisationId Names = OrganisationId.Parse("consent-ids");

    public string Of(ClientId client, string id) => FreshId.Is(id) ? id : $"{aliases.Of(client, Names).Value}.{HashOf(id)}";

    /// <summary>Whose consent from another register an id names; null where it is the id of no such consent.</summary>
    public ClientId? ClientIn(string id) => id.Length > AliasLength + 1 && id[AliasLength] == '.' ? aliases.Find(id[..AliasLength], Names) : null;

    private static string HashOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 8));
}
