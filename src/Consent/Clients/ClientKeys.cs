// From a person to a key and back.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.States;

namespace Sisote.Consent.Clients;

/// <summary>
/// Makes the pseudonymous key of a client and seals what is known of the person. The pseudonym key never leaves this room: without it nobody can
/// go from a key to a person, nor try out national identifiers.
/// </summary>
internal sealed class ClientKeys(byte[] pseudonymKey, byte[] envelopeKey)
{
    public const string PseudonymFile = "consent.pseudonym.key";
    public const string EnvelopeFile = "consent.envelope.key";

    private readonly Envelope envelope = new(envelopeKey);

    /// <summary>A number that tells this pseudonym key from any other and nothing else; kept in the database so that a swapped key file is noticed.</summary>
    public long Fingerprint => BinaryPrimitives.ReadInt64BigEndian(Mac("fingerprint"));

    /// <summary>Reads both key files.</summary>
    /// <exception cref="ConsentStartException">A file is missing or unreadable.</exception>
    public static ClientKeys Read(string directory, bool make) =>
        new(KeyFile.Read(directory, PseudonymFile, make), KeyFile.Read(directory, EnvelopeFile, make));

    /// <summary>The key of a person: the first 16 bytes of HMAC-SHA256 over the national identifier.</summary>
    public ClientId KeyOf(Hetu identifier) => ClientId.Parse(Convert.ToHexStringLower(Mac("hetu" + identifier.Reveal()).AsSpan(0, 16)));

    /// <summary>A short mark for lists: the same for one client within one organisation's view, unrelated between organisations.</summary>
    public string MarkOf(ClientId client, OrganisationId viewer) => Convert.ToHexStringLower(Mac($"mark {viewer.Value} {client.Reveal()}").AsSpan(0, 4));

    /// <summary>The key of an organisation's names for clients.</summary>
    public byte[] AliasKeyOf(OrganisationId viewer) => Mac("alias " + viewer.Value);

    public byte[] Seal(ClientId client, Hetu identifier) => envelope.Seal(Encoding.ASCII.GetBytes(identifier.Reveal()), "identifier " + client.Reveal());

    public Hetu OpenIdentifier(ClientId client, byte[] sealedBytes) => Hetu.Parse(Encoding.ASCII.GetString(envelope.Open(sealedBytes, "identifier " + client.Reveal())));

    public byte[] Seal(ClientId client, ClientFacts facts) => envelope.Seal(JsonSerializer.SerializeToUtf8Bytes(facts, SisoteJson.Options), "facts " + client.Reveal());

    public ClientFacts OpenFacts(ClientId client, byte[] sealedBytes) =>
        JsonSerializer.Deserialize<ClientFacts>(envelope.Open(sealedBytes, "facts " + client.Reveal()), SisoteJson.Options)
        ?? throw new InvalidDataException("Sealed facts are empty.");

    /// <summary>The client's own key for commitments.</summary>
    public byte[] CommitmentKeyOf(ClientId client) => Mac("commitments " + client.Reveal());

    /// <summary>The commitment to inputs of decisions about a client.</summary>
    public Digest CommitTo(ClientId client, ReadOnlySpan<byte> inputs) => Commitment.Of(DecisionInputs.SaltOf(CommitmentKeyOf(client), inputs), inputs);

    public byte[] SealInputs(ClientId client, Digest commitment, ReadOnlySpan<byte> inputs) =>
        envelope.Seal([.. DecisionInputs.SaltOf(CommitmentKeyOf(client), inputs), .. inputs], $"inputs {client.Reveal()} {commitment}");

    /// <summary>The inputs; null where what is kept is not what was committed to.</summary>
    public DecisionInputs? OpenInputs(ClientId client, Digest commitment, byte[] sealedBytes)
    {
        byte[] opened;
        try
        {
            opened = envelope.Open(sealedBytes, $"inputs {client.Reveal()} {commitment}");
        }
        catch (CryptographicException)
        {
            return null;
        }

        return opened.Length > Commitment.SaltLength
            && Commitment.Of(opened.AsSpan(0, Commitment.SaltLength), opened.AsSpan(Commitment.SaltLength)) == commitment
            && DecisionInputs.TryRead(opened.AsSpan(Commitment.SaltLength), out var inputs) && inputs.State.Client == client
            ? inputs
            : null;
    }

    private byte[] Mac(string text) => HMACSHA256.HashData(pseudonymKey, Encoding.UTF8.GetBytes(text));
}
