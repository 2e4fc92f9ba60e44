// Names of clients and resources that mean something to one recipient only.
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.ObjectPool;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Handles;

/// <summary>What a handle stands for.</summary>
/// <param name="Client">Whose data it is.</param>
/// <param name="UpstreamId">The source's id; empty for the client itself.</param>
internal readonly record struct HandleContent(ClientId Client, string UpstreamId);

/// <summary>
/// Pairwise handles of one recipient system, without any store: synthetic-IV encryption (HMAC-SHA-256, then AES-256-CTR) of the client's key and the source's id, under keys of this
/// recipient alone. The same thing has the same handle at every call, another recipient's handle for it looks unrelated, and a handle that was changed in any bit is no handle.
/// </summary>
/// <remarks>Bound to the resource type and, except for Patient, to the source system: a handle is read back only in the place it was made for.</remarks>
internal sealed class Handles
{
    private const int VectorSize = 16;
    private const int ContentSize = 32;
    private const int ClientSize = 16;
    internal const int LongestUpstreamId = 15;

    private readonly ObjectPool<HandleTools> tools;

    internal Handles(HandleKey key, SystemId recipient) => tools = HandleTools.Pool(key.Derive("handle-vector", recipient.Value), key.Derive("handle-content", recipient.Value));

    /// <summary>The handle of a client.</summary>
    internal string ForClient(ClientId client) => Make("Patient", client, string.Empty);

    /// <summary>The handle of a resource; null where the source's id is too long to be carried.</summary>
    internal string? ForResource(SystemId source, string type, ClientId client, string upstreamId) =>
        type == "Patient" ? ForClient(client) : IsUpstreamId(upstreamId) ? Make($"{source}/{type}", client, upstreamId) : null;

    /// <summary>The client that a Patient handle stands for, or null.</summary>
    internal ClientId? ReadClient(string handle) => Read("Patient", handle)?.Client;

    /// <summary>What a resource's handle stands for, or null.</summary>
    internal HandleContent? ReadResource(SystemId source, string type, string handle) =>
        type == "Patient" ? Read("Patient", handle) : Read($"{source}/{type}", handle) is { UpstreamId.Length: > 0 } content ? content : null;

    internal static bool IsUpstreamId(string? id) =>
        id is { Length: > 0 and <= LongestUpstreamId } && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');

    private string Make(string place, ClientId client, string upstreamId)
    {
        Span<byte> content = stackalloc byte[ContentSize];
        content.Clear();
        Convert.FromHexString(client.Reveal(), content[..ClientSize], out _, out _);
        content[ClientSize] = (byte)upstreamId.Length;
        Encoding.ASCII.GetBytes(upstreamId, content[(ClientSize + 1)..]);

        Span<byte> handle = stackalloc byte[HandleText.Bytes];
        var own = tools.Get();
        MakeVector(own, place, content, handle[..VectorSize]);
        Encrypt(own, handle[..VectorSize], content, handle[VectorSize..]);
        tools.Return(own);
        return HandleText.Write(handle);
    }

    private HandleContent? Read(string place, string text)
    {
        Span<byte> handle = stackalloc byte[HandleText.Bytes];
        if (!HandleText.TryRead(text, handle))
        {
            return null;
        }

        Span<byte> content = stackalloc byte[ContentSize];
        Span<byte> vector = stackalloc byte[VectorSize];
        var own = tools.Get();
        Encrypt(own, handle[..VectorSize], handle[VectorSize..], content);
        MakeVector(own, place, content, vector);
        tools.Return(own);
        if (!CryptographicOperations.FixedTimeEquals(vector, handle[..VectorSize]) || content[ClientSize] > LongestUpstreamId)
        {
            return null;
        }

        return new HandleContent(
            ClientId.Parse(Convert.ToHexStringLower(content[..ClientSize])), Encoding.ASCII.GetString(content.Slice(ClientSize + 1, content[ClientSize])));
    }

    private static void MakeVector(HandleTools tools, string place, ReadOnlySpan<byte> content, Span<byte> vector)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var size = Encoding.UTF8.GetByteCount(place);
        Span<byte> name = size < 256 ? stackalloc byte[size + 1] : new byte[size + 1]; // ends with a zero
        Encoding.UTF8.GetBytes(place, name);
        name[size] = 0;
        tools.Hash(name, content, digest);
        digest[..VectorSize].CopyTo(vector);
    }

    /// <summary>AES-256 in counter mode over two blocks; the same call decrypts.</summary>
    private static void Encrypt(HandleTools tools, ReadOnlySpan<byte> vector, ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> counters = stackalloc byte[ContentSize];
        vector.CopyTo(counters);
        vector.CopyTo(counters[VectorSize..]);
        counters[^1] ^= 1;
        var stream = tools.Encrypt(counters);
        for (var i = 0; i < ContentSize; i++)
        {
            output[i] = (byte)(input[i] ^ stream[i]);
        }
    }
}
