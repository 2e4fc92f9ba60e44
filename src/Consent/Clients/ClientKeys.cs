// From a person to a key and back.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sisote.Consent.Clients.Keys;
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
internal sealed class ClientKeys(byte[] pseudonymKey, EnvelopeKeys envelope)
{
    public const string PseudonymFile = "consent.pseudonym.key";

    /// <summary>A number that tells this pseudonym key from any other and nothing else; kept in the database so that a swapped key file is noticed.</summary>
    public long Fingerprint => BinaryPrimitives.ReadInt64BigEndian(Mac("fingerprint"));

    /// <summary>Reads the key files.</summary>
    /// <exception cref="ConsentStartException">A file is missing or unreadable.</exception>
    public static ClientKeys Read(string directory, bool make) => Read(directory, make, EnvelopeKeys.Read(directory, make));

    /// <inheritdoc cref="Read(string, bool)"/>
    public static ClientKeys Read(string directory, bool make, EnvelopeKeys envelope) => new(KeyFile.Read(directory, PseudonymFile, make), envelope);

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

    /// <summary>Seals what a professional recorded of a minor.</summary>
    public byte[] SealMinor(ClientId client, string id, ReadOnlySpan<byte> content) => envelope.Seal(content, $"minor {client.Reveal()} {id}");

    public byte[] OpenMinor(ClientId client, string id, byte[] sealedBytes) => envelope.Open(sealedBytes, $"minor {client.Reveal()} {id}");

    /// <summary>Seals what a child is called.</summary>
    public byte[] SealName(ClientId child, string name) => envelope.Seal(Encoding.UTF8.GetBytes(name), "name " + child.Reveal());

    public string OpenName(ClientId child, byte[] sealedBytes) => Encoding.UTF8.GetString(envelope.Open(sealedBytes, "name " + child.Reveal()));

    /// <summary>The name under which one guardian, and nobody else, finds a child. Nothing can be read from it, and no guardian can make another's.</summary>
    public string ChildNameFor(ClientId guardian, ClientId child) => Convert.ToHexStringLower(Mac($"child {guardian.Reveal()} {child.Reveal()}").AsSpan(0, 16));

    /// <summary>The mark of a guardian among those of one child: tells the same guardian again, and nothing of the person.</summary>
    public string GuardianMarkOf(ClientId child, ClientId guardian) => Convert.ToHexStringLower(Mac($"guardian {child.Reveal()} {guardian.Reveal()}").AsSpan(0, 8));

    /// <summary>Seals a case of review, or what belongs to it.</summary>
    public byte[] SealCase(string id, ReadOnlySpan<byte> content) => envelope.Seal(content, "case " + id);

    public byte[] OpenCase(string id, byte[] sealedBytes) => envelope.Open(sealedBytes, "case " + id);

    /// <summary>A mark that is the same for the same name or address, and tells nothing of it to whoever lacks the key.</summary>
    public string LikenessOf(string kind, string text) => Convert.ToHexStringLower(Mac($"likeness {kind} {text}").AsSpan(0, 16));

    private byte[] Mac(string text) => HMACSHA256.HashData(pseudonymKey, Encoding.UTF8.GetBytes(text));
}
