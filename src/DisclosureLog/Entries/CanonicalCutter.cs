// Takes bytes of one fixed shape apart.
using System.Buffers.Text;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Entries;

/// <summary>Walks over bytes whose shape is fixed but for a few values; after the first thing that is not as expected, nothing fits any more.</summary>
internal ref struct CanonicalCutter(ReadOnlySpan<byte> bytes)
{
    internal const int Base64Length = 44;

    /// <summary>What has not been taken yet.</summary>
    internal ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    /// <summary>Steps over bytes that must stand here.</summary>
    internal bool Skip(ReadOnlySpan<byte> expected)
    {
        var fits = Rest.StartsWith(expected);
        Rest = fits ? Rest[expected.Length..] : Rest;
        return fits;
    }

    /// <summary>Takes so many bytes.</summary>
    internal bool Take(int length, out ReadOnlySpan<byte> taken)
    {
        var fits = length > 0 && length <= Rest.Length;
        taken = fits ? Rest[..length] : default;
        Rest = fits ? Rest[length..] : Rest;
        return fits;
    }

    /// <summary>Takes a digest in base64.</summary>
    internal bool Take(out Digest digest)
    {
        digest = default;
        return Take(Base64Length, out var ascii) && Digest.TryParse(ascii, out digest);
    }

    /// <summary>Takes a whole number without sign and without leading zeros.</summary>
    internal bool Take(out long number)
    {
        number = 0;
        var digits = Rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return Take(digits, out var ascii)
            && (ascii.Length == 1 || ascii[0] != '0')
            && Utf8Parser.TryParse(ascii, out number, out var used)
            && used == ascii.Length;
    }

    /// <summary>Takes an instant.</summary>
    internal bool Take(out DateTimeOffset time)
    {
        time = default;
        return Take(CanonicalTime.Length, out var ascii) && CanonicalTime.TryRead(ascii, out time);
    }
}
