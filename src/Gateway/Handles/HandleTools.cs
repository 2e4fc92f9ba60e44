// The cipher and the keyed hash of one recipient's handles, ready for use.
using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace Sisote.Gateway.Handles;

/// <summary>To set up a key costs more than to use it, so both are kept. One request at a time has a pair of them.</summary>
internal sealed class HandleTools : IDisposable
{
    private readonly IncrementalHash hash;
    private readonly Aes aes = Aes.Create();
    private readonly ICryptoTransform cipher;
    private readonly byte[] block = new byte[32];

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

    /// <summary>HMAC-SHA-256 over parts in their order.</summary>
    internal void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest)
    {
        hash.AppendData(first);
        hash.AppendData(second);
        hash.GetHashAndReset(digest);
    }

    /// <summary>Two blocks, each encrypted by itself.</summary>
    internal ReadOnlySpan<byte> Encrypt(ReadOnlySpan<byte> blocks)
    {
        blocks.CopyTo(block);
        cipher.TransformBlock(block, 0, block.Length, block, 0);
        return block;
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
