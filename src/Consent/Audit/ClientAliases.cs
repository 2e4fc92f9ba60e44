// Names for clients that two organisations cannot compare.
using System.Security.Cryptography;
using Sisote.Consent.Clients;
using Sisote.DisclosureLog.Audit;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary>
/// A client's name for the readers of one organisation: 32 hexadecimal digits that stay the same there and mean nothing elsewhere. AuditEvents travel to other people's
/// audit repositories; by this name two of them cannot find out which clients they have in common. This room alone leads it back to the client.
/// </summary>
/// <remarks>A permutation of single blocks under a key of the organisation's own, so that nothing has to be kept.</remarks>
internal sealed class ClientAliases(ClientKeys keys)
{
    /// <summary>Identifier system of the names.</summary>
    public static string SystemOf(OrganisationId reader) => $"{AuditCodes.Identifiers}client/{reader.Value}";

    /// <summary>The client as the readers of an organisation know the client.</summary>
    public AuditReference Of(ClientId client, OrganisationId reader)
    {
        using var aes = Open(reader);
        return new("Patient", SystemOf(reader), Convert.ToHexStringLower(aes.EncryptEcb(Convert.FromHexString(client.Reveal()), PaddingMode.None)));
    }

    /// <summary>The client behind a name; null for a text that has not the form of one.</summary>
    public ClientId? Find(string alias, OrganisationId reader)
    {
        if (!ClientId.TryParse(alias, out _))
        {
            return null;
        }

        using var aes = Open(reader);
        return ClientId.Parse(Convert.ToHexStringLower(aes.DecryptEcb(Convert.FromHexString(alias), PaddingMode.None)));
    }

    private Aes Open(OrganisationId reader)
    {
        var aes = Aes.Create();
        aes.Key = keys.AliasKeyOf(reader);
        return aes;
    }
}
