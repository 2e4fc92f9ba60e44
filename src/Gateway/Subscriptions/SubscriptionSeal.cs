// What is kept of subscriptions is readable for the gateway alone.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sisote.Doors.Json;
using Sisote.Doors.Sealing;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Release;

namespace Sisote.Gateway.Subscriptions;

/// <summary>Seals questions, and makes the digests by which a changed answer is known: keyed, and bound to one subscription, so that nobody who reads the database can try what an answer was, or compare two.</summary>
internal sealed class SubscriptionSeal(HandleKey key)
{
    private readonly Envelope envelope = new(key.Derive("subscription", string.Empty));
    private readonly byte[] digestKey = key.Derive("subscription-digest", string.Empty);

    internal byte[] Seal(SubscriptionContent content, string id) => envelope.Seal(JsonSerializer.SerializeToUtf8Bytes(content, SisoteJson.Options), "subscription " + id);

    /// <summary>The question; null where it was sealed with another key, or changed.</summary>
    internal SubscriptionContent? Open(byte[] content, string id)
    {
        try
        {
            return JsonSerializer.Deserialize<SubscriptionContent>(envelope.Open(content, "subscription " + id), SisoteJson.Options);
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What the recipient would be given: every resource as it leaves, in the order in which it would stand.</summary>
    internal byte[] DigestOf(string id, ClientDraft draft)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, digestKey);
        hash.AppendData(Encoding.UTF8.GetBytes($"answer\n{id}\n"));
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var resource in draft.Resources)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, resource.Length);
            hash.AppendData(length);
            hash.AppendData(draft.Output.Written.Span.Slice(resource.Start, resource.Length));
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Whether a digest is that of an answer.</summary>
    internal static bool IsSame(byte[] seen, byte[] digest) => CryptographicOperations.FixedTimeEquals(seen, digest);
}
