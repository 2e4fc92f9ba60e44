// What waits is readable for the gateway alone.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sisote.Doors.Json;
using Sisote.Doors.Sealing;
using Sisote.Gateway.Handles;

namespace Sisote.Gateway.Outbox;

/// <summary>Seals entries and answers for the room that keeps them. The key is made of the gateway's own secret, so every replica of the gateway opens what another one sealed, and no other room does.</summary>
internal sealed class OutboxSeal(HandleKey key)
{
    private readonly Envelope envelope = new(key.Derive("outbox", string.Empty));
    private readonly byte[] digestKey = key.Derive("outbox-digest", string.Empty);

    internal byte[] Seal(HeldContent content, string id) => envelope.Seal(JsonSerializer.SerializeToUtf8Bytes(content, SisoteJson.Options), "entry " + id);

    internal byte[] Seal(KeptAnswer answer, string id) => envelope.Seal(JsonSerializer.SerializeToUtf8Bytes(answer, SisoteJson.Options), "answer " + id);

    /// <summary>Tells two contents under one key apart, for a room that shall not be able to guess at them.</summary>
    internal byte[] DigestOf(string? type, byte[] body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, digestKey);
        hash.AppendData(Encoding.UTF8.GetBytes((type ?? string.Empty) + '\n'));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    /// <exception cref="System.Security.Cryptography.CryptographicException">Another key, another entry, or changed bytes.</exception>
    internal HeldContent OpenContent(byte[] content, string id) => Read<HeldContent>(envelope.Open(content, "entry " + id));

    /// <exception cref="System.Security.Cryptography.CryptographicException">Another key, another entry, or changed bytes.</exception>
    internal KeptAnswer OpenAnswer(byte[] answer, string id) => Read<KeptAnswer>(envelope.Open(answer, "answer " + id));

    private static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, SisoteJson.Options) ?? throw new InvalidDataException("A sealed value is empty.");
}
