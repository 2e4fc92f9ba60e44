// The cipher and the keyed hash of one recipient's handles, ready for use.
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace Sisote.Gateway.Handles;

/// <summary>To set up a key costs more than to use it, so both are kept. One request at a time has a pair of them.</summary>
internal sealed class HandleTools : IDisposable
{
    /// <summary>How many handles are made together.</summary>
    internal const int Most = 64;

    internal const int DigestSize = HMACSHA256.HashSizeInBytes;

    private const int ContentSize = 32;
    private readonly IncrementalHash hash;
    private readonly Aes aes = Aes.Create();
    private readonly ICryptoTransform cipher;
    private readonly byte[] blocks = new byte[Most * ContentSize];
    private readonly byte[] digests = new byte[Most * DigestSize];
    private byte[] message = new byte[128];

    private HandleTools(byte[] vectorKey, byte[] contentKey)
    {
        hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, vectorKey);
#pragma warning disable CA5358 // of counters only: the key stream of the counter mode, which the framework does not have (NIST SP 800-38A §6.5)
        (aes.Key, aes.Mode, aes.Padding) = (contentKey, CipherMode.ECB, PaddingMode.None);
#pragma warning restore CA5358
        cipher = aes.CreateEncryptor();
    }

    /// <summary>A supply of them for one pair of keys.</summary>
    internal static ObjectPool<HandleTools> Pool(byte[] vectorKey, byte[] contentKey) => new DefaultObjectPool<HandleTools>(new Policy(vectorKey, contentKey));

    /// <summary>HMAC-SHA-256 over the name of a place, a zero and a content, for each content; to be used before the next call.</summary>
    internal ReadOnlySpan<byte> Hash(string place, ReadOnlySpan<byte> contents)
    {
        var start = Encoding.UTF8.GetByteCount(place) + 1;
        if (message.Length < start + ContentSize)
        {
            message = new byte[start + ContentSize];
        }

        message[Encoding.UTF8.GetBytes(place, message)] = 0;
        var whole = message.AsSpan(0, start + ContentSize);
        for (var (from, to) = (0, 0); from < contents.Length; (from, to) = (from + ContentSize, to + DigestSize))
        {
            contents.Slice(from, ContentSize).CopyTo(whole[start..]);
            hash.AppendData(whole);
            hash.GetHashAndReset(digests.AsSpan(to, DigestSize));
        }

        return digests;
    }

    /// <summary>Encrypts whole blocks where they stand, each by itself.</summary>
    internal void Encrypt(Span<byte> content)
    {
        content.CopyTo(blocks);
        cipher.TransformBlock(blocks, 0, content.Length, blocks, 0);
        blocks.AsSpan(0, content.Length).CopyTo(content);
    }

    public void Dispose()
    {
        cipher.Dispose();
        aes.Dispose();
        hash.Dispose();
    }

    private sealed class Policy(byte[] vectorKey, byte[] contentKey) : IPooledObjectPolicy<HandleTools>
    {
        public HandleTools Create() => new(vectorKey, contentKey);

        public bool Return(HandleTools obj) => true;
    }
}
