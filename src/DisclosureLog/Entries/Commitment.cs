// What stands in the tree instead of the record.
using System.Buffers;
using System.Security.Cryptography;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Entries;

/// <summary>SHA-256(salt || record): binds the log to the record, tells nothing of it, and cannot be matched to it once salt and record are erased.</summary>
public static class Commitment
{
    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltLength = 32;

    /// <summary>A fresh random salt; every entry has its own.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltLength);

    /// <summary>The commitment to a record.</summary>
    /// <exception cref="FormatException">The salt is not 32 bytes: a shorter one could be guessed, and the border to the record would be open.</exception>
    public static Digest Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> record)
    {
        if (salt.Length != SaltLength)
        {
            throw new FormatException("A salt is 32 bytes.");
        }

        var length = SaltLength + record.Length;
        var input = ArrayPool<byte>.Shared.Rent(length);
        salt.CopyTo(input);
        record.CopyTo(input.AsSpan(SaltLength));
        var commitment = Hash(input.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(input, clearArray: true);
        return commitment;
    }

    private static Digest Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> digest = stackalloc byte[Digest.Length];
        SHA256.HashData(input, digest);
        return new Digest(digest);
    }
}
