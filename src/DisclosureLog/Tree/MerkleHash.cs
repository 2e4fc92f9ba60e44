// How leaves and nodes of the tree are hashed.
using System.Security.Cryptography;

namespace Sisote.DisclosureLog.Tree;

/// <summary>The three hashes of the tree. RFC 9162 §2.1.1.</summary>
public static class MerkleHash
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int StackLimit = 512;

    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static Digest Empty { get; } = new(SHA256.HashData([]));

    /// <summary>SHA-256(0x00 || entry).</summary>
    public static Digest OfLeaf(ReadOnlySpan<byte> entry)
    {
        var input = entry.Length < StackLimit ? stackalloc byte[entry.Length + 1] : new byte[entry.Length + 1];
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        return Hash(input);
    }

    /// <summary>SHA-256(0x01 || left || right).</summary>
    public static Digest OfNode(Digest left, Digest right)
    {
        Span<byte> input = stackalloc byte[1 + Digest.Length + Digest.Length];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Digest.Length)..]);
        return Hash(input);
    }

    private static Digest Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> output = stackalloc byte[Digest.Length];
        SHA256.HashData(input, output);
        return new Digest(output);
    }
}
