// What is kept of subscriptions is readable for the gateway alone.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sisote.Doors.Json;
using Sisote.Doors.Sealing;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Release;

namespace Sisote.Gateway.Subscriptions;

/// <summary>Seals questions, and makes the digests by which a changed answer is known: keyed, and bound to one subscription, so that nobody who reads the database can try what an answer was, or compare two.</summary>
internal sealed class SubscriptionSeal(HandleKey key)
{
    private const int DigestSize = 32;

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
        using var hash = Begin(id, "answer");
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var resource in draft.Resources)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, resource.Length);
            hash.AppendData(length);
            hash.AppendData(draft.Output.Written.Span.Slice(resource.Start, resource.Length));
        }

        return hash.GetHashAndReset();
    }

    /// <summary>What was decided, as far as it can show in an answer.</summary>
    internal byte[] DigestOf(string id, ReadExchange exchange)
    {
        using var hash = Begin(id, "ground");
        var ground = exchange.Client is { } client
            ? client.Permitted.Select(static item => item.Value).Order(StringComparer.Ordinal).Append(string.Empty).Concat(client.Masked.Order(StringComparer.Ordinal)).Prepend(exchange.Handles.ForClient(client.Known.Client))
            : [];
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', ground.Prepend(exchange.IsBlind ? "blind" : "seeing"))));
        return hash.GetHashAndReset();
    }

    /// <summary>Both digests as they are kept.</summary>
    internal static byte[] Join(byte[] answer, byte[] ground) => [.. answer, .. ground];

    internal static bool HasAnswer(byte[]? seen, byte[] answer) => seen is not null && CryptographicOperations.FixedTimeEquals(seen.AsSpan(0, DigestSize), answer);

    internal static bool HasGround(byte[]? seen, byte[] ground) => seen is not null && CryptographicOperations.FixedTimeEquals(seen.AsSpan(DigestSize), ground);

    private IncrementalHash Begin(string id, string use)
    {
        var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, digestKey);
        hash.AppendData(Encoding.UTF8.GetBytes($"{use}\n{id}\n"));
        return hash;
    }
}
