// Names of clients and resources that mean something to one recipient only.
using System.Buffers;
using System.Runtime.InteropServices;
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

    /// <summary>About four megabytes at most for each recipient.</summary>
    private const int Remembered = 8192;

    private readonly ObjectPool<HandleTools> tools;
    private readonly RecentHandles recent = new(Remembered);

    internal Handles(HandleKey key, SystemId recipient) => tools = HandleTools.Pool(key.Derive("handle-vector", recipient.Value), key.Derive("handle-content", recipient.Value));

    /// <summary>The handle of a client.</summary>
    internal string ForClient(ClientId client) => Make("Patient", client, [string.Empty])[0];

    /// <summary>The handle of a resource; null where the source's id is too long to be carried.</summary>
    internal string? ForResource(SystemId source, string type, ClientId client, string upstreamId) => ForResources(source, type, client, [upstreamId])[0];

    /// <summary>The handles of resources of one client in their order, each as <see cref="ForResource"/> makes it. Those of a Bundle are made in one pass.</summary>
    internal string?[] ForResources(SystemId source, string type, ClientId client, IReadOnlyList<string?> upstreamIds)
    {
        var handles = new string?[upstreamIds.Count];
        if (type == "Patient")
        {
            var only = ForClient(client);
            return Array.ConvertAll(handles, _ => only);
        }

        var owner = new RecentHandles.Owner(source, type, client);
        recent.Find(owner, upstreamIds, handles);
        var missing = new List<string>();
        for (var place = 0; place < handles.Length; place++)
        {
            if (handles[place] is null && IsUpstreamId(upstreamIds[place]))
            {
                missing.Add(upstreamIds[place]!);
            }
        }

        if (missing.Count > 0)
        {
            Complete(owner, upstreamIds, handles, CollectionsMarshal.AsSpan(missing));
        }

        return handles;
    }

    private void Complete(RecentHandles.Owner owner, IReadOnlyList<string?> upstreamIds, string?[] handles, ReadOnlySpan<string> missing)
    {
        var made = Make($"{owner.Source}/{owner.Type}", owner.Client, missing);
        recent.Add(owner, missing, made);
        for (int place = 0, next = 0; place < handles.Length; place++)
        {
            if (handles[place] is null && next < missing.Length && ReferenceEquals(missing[next], upstreamIds[place]))
            {
                handles[place] = made[next++];
            }
        }
    }

    /// <summary>The client that a Patient handle stands for, or null.</summary>
    internal ClientId? ReadClient(string handle) => Read("Patient", handle)?.Client;

    /// <summary>What a resource's handle stands for, or null.</summary>
    internal HandleContent? ReadResource(SystemId source, string type, string handle) =>
        type == "Patient" ? Read("Patient", handle) : Read($"{source}/{type}", handle) is { UpstreamId.Length: > 0 } content ? content : null;

    internal static bool IsUpstreamId(string? id) => id is { Length: > 0 and <= LongestUpstreamId } && !id.AsSpan().ContainsAnyExcept(IdCharacters);

    private string[] Make(string place, ClientId client, ReadOnlySpan<string> upstreamIds)
    {
        Span<byte> key = stackalloc byte[ClientSize];
        Convert.FromHexString(client.Reveal(), key, out _, out _);
        var texts = new string[upstreamIds.Length];
        var own = tools.Get();
        for (var done = 0; done < texts.Length; done += HandleTools.Most)
        {
            var count = Math.Min(HandleTools.Most, texts.Length - done);
            Make(own, place, key, upstreamIds.Slice(done, count), texts.AsSpan(done, count));
        }

        tools.Return(own);
        return texts;
    }

    private static void Make(HandleTools own, string place, ReadOnlySpan<byte> client, ReadOnlySpan<string> upstreamIds, Span<string> texts)
    {
        Span<byte> contents = stackalloc byte[upstreamIds.Length * ContentSize];
        contents.Clear();
        for (var one = 0; one < upstreamIds.Length; one++)
        {
            var id = upstreamIds[one];
            var content = contents.Slice(one * ContentSize, ContentSize);
            client.CopyTo(content);
            content[ClientSize] = (byte)id.Length;
            Encoding.ASCII.GetBytes(id, content[(ClientSize + 1)..]);
        }

        var vectors = own.Hash(place, contents);
        Span<byte> streams = stackalloc byte[contents.Length];
        for (var one = 0; one < texts.Length; one++)
        {
            WriteCounters(vectors.Slice(one * HandleTools.DigestSize, VectorSize), streams.Slice(one * ContentSize, ContentSize));
        }

        own.Encrypt(streams);
        Mix(contents, streams);
        Span<byte> handle = stackalloc byte[HandleText.Bytes];
        for (var one = 0; one < texts.Length; one++)
        {
            vectors.Slice(one * HandleTools.DigestSize, VectorSize).CopyTo(handle);
            contents.Slice(one * ContentSize, ContentSize).CopyTo(handle[VectorSize..]);
            texts[one] = HandleText.Write(handle);
        }
    }

    private HandleContent? Read(string place, string text)
    {
        Span<byte> handle = stackalloc byte[HandleText.Bytes];
        if (!HandleText.TryRead(text, handle))
        {
            return null;
        }

        Span<byte> stream = stackalloc byte[ContentSize];
        WriteCounters(handle[..VectorSize], stream);
        var content = handle[VectorSize..];
        var own = tools.Get();
        own.Encrypt(stream);
        Mix(content, stream);
        var isHandle = CryptographicOperations.FixedTimeEquals(own.Hash(place, content)[..VectorSize], handle[..VectorSize]);
        tools.Return(own);
        if (!isHandle || content[ClientSize] > LongestUpstreamId)
        {
            return null;
        }

        return new HandleContent(
            ClientId.Parse(Convert.ToHexStringLower(content[..ClientSize])), Encoding.ASCII.GetString(content.Slice(ClientSize + 1, content[ClientSize])));
    }

    /// <summary>AES-256 in counter mode over two blocks: what is encrypted for its key stream.</summary>
    private static void WriteCounters(ReadOnlySpan<byte> vector, Span<byte> counters)
    {
        vector.CopyTo(counters);
        vector.CopyTo(counters[VectorSize..]);
        counters[^1] ^= 1;
    }

    /// <summary>Encrypts with a key stream; the same call decrypts.</summary>
    private static void Mix(Span<byte> content, ReadOnlySpan<byte> stream)
    {
        for (var i = 0; i < content.Length; i++)
        {
            content[i] ^= stream[i];
        }
    }

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");
}
