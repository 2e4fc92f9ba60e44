// Finds a value by a name in UTF-8 without making a string of it.
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Sisote.Gateway.Minimising;

/// <summary>A fixed map from names to values, asked with slices of a message. Its names come from the catalogue and from FHIR R4, never from outside.</summary>
internal sealed class Utf8Map<T>
    where T : class
{
    private readonly Entry[] entries;
    private readonly int[] slots;

    internal Utf8Map(IEnumerable<KeyValuePair<string, T>> content)
    {
        entries = [.. content.Select(static pair => new Entry(Encoding.UTF8.GetBytes(pair.Key), pair.Value))];
        slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, entries.Length * 4))]; // three quarters stay free, so that most misses end at the first slot
        for (var i = 0; i < entries.Length; i++)
        {
            var slot = SlotOf(entries[i].Key);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = i + 1;
        }
    }

    internal IEnumerable<T> Values => entries.Select(static entry => entry.Value);

    /// <summary>The value of a name. First byte for byte what a name of up to 16 bytes is, its two ends; only a longer one is compared as a whole.</summary>
    internal T? Find(ReadOnlySpan<byte> name)
    {
        var key = Utf8Key.Of(name);
        for (var slot = SlotOf(key); slots[slot] is > 0 and var place; slot = (slot + 1) & (slots.Length - 1))
        {
            ref readonly var entry = ref entries[place - 1];
            if (entry.Key == key && (key.Length <= 16 || name.SequenceEqual(entry.Name)))
            {
                return entry.Value;
            }
        }

        return null;
    }

    private int SlotOf(Utf8Key key) => (int)(key.Hash >> 40) & (slots.Length - 1);

    private readonly struct Entry(byte[] name, T value)
    {
        internal readonly Utf8Key Key = Utf8Key.Of(name);
        internal readonly byte[] Name = name;
        internal readonly T Value = value;
    }
}

/// <summary>The length, the beginning and the end of a name: the whole of it, where it has no more than 16 bytes.</summary>
internal readonly record struct Utf8Key(ulong Head, ulong Tail, int Length)
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    internal ulong Hash => ((Head ^ BitOperations.RotateLeft(Tail, 23)) + (ulong)Length) * Odd;

    internal static Utf8Key Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        >= 8 => new Utf8Key(MemoryMarshal.Read<ulong>(name), MemoryMarshal.Read<ulong>(name[^8..]), name.Length),
        >= 4 => new Utf8Key(MemoryMarshal.Read<uint>(name), MemoryMarshal.Read<uint>(name[^4..]), name.Length),
        > 0 => new Utf8Key((ulong)name[0] | ((ulong)name[name.Length >> 1] << 8) | ((ulong)name[^1] << 16), 0, name.Length),
        _ => default,
    };
}
