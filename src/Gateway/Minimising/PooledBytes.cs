// A growing buffer of bytes that can be cut back.
using System.Buffers;
using System.Text;

namespace Sisote.Gateway.Minimising;

/// <summary>Bytes being written, in memory of the shared pool; what turned out not to leave is cut off again with <see cref="CutTo"/>.</summary>
internal sealed class PooledBytes(int capacity = 4096) : IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int touched;

    internal int Length { get; private set; }

    internal ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    internal void Add(byte one)
    {
        var at = Length;
        if (at >= bytes.Length)
        {
            Reserve(1);
        }

        bytes[at] = one;
        Length = at + 1;
    }

    internal void Add(ReadOnlySpan<byte> many)
    {
        var at = Length;
        if (many.Length > bytes.Length - at)
        {
            Reserve(many.Length);
        }

        many.CopyTo(bytes.AsSpan(at));
        Length = at + many.Length;
    }

    /// <summary>Adds a text of ASCII characters alone.</summary>
    internal void AddAscii(string text)
    {
        Reserve(text.Length);
        Length += Encoding.ASCII.GetBytes(text, bytes.AsSpan(Length));
    }

    /// <summary>Room for at least so many bytes; <see cref="Advance"/> says how many were written. All of it counts as written when the memory goes back: a read that was broken off may have left something there.</summary>
    internal Memory<byte> Room(int size)
    {
        Reserve(size);
        touched = bytes.Length;
        return bytes.AsMemory(Length);
    }

    internal void Advance(int count) => Length += count;

    internal void CutTo(int length)
    {
        touched = Math.Max(touched, Length);
        Length = Math.Min(length, Length);
    }

    public void Dispose()
    {
        var returned = bytes;
        bytes = [];
        if (returned.Length > 0)
        {
            GiveBack(returned);
        }

        (Length, touched) = (0, 0);
    }

    /// <summary>Personal data does not linger in the pool: whatever was written is cleared first, also what was cut off again.</summary>
    private void GiveBack(byte[] returned)
    {
        returned.AsSpan(0, Math.Max(touched, Length)).Clear();
        ArrayPool<byte>.Shared.Return(returned);
    }

    private void Reserve(int more)
    {
        if (bytes.Length - Length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, Length + more));
        bytes.AsSpan(0, Length).CopyTo(larger);
        GiveBack(bytes);
        (bytes, touched) = (larger, Length);
    }
}
