// A growing buffer of bytes that can be cut back.
using System.Buffers;

namespace Sisote.Gateway.Minimising;

/// <summary>Bytes being written, in memory of the shared pool; what turned out not to leave is cut off again with <see cref="CutTo"/>.</summary>
internal sealed class PooledBytes(int capacity = 4096) : IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(capacity);

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

    /// <summary>Room for at least so many bytes; <see cref="Advance"/> says how many were written.</summary>
    internal Memory<byte> Room(int size)
    {
        Reserve(size);
        return bytes.AsMemory(Length);
    }

    internal void Advance(int count) => Length += count;

    internal void CutTo(int length) => Length = Math.Min(length, Length);

    public void Dispose()
    {
        var returned = bytes;
        bytes = [];
        Length = 0;
        if (returned.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(returned, clearArray: true); // personal data does not linger in the pool
        }
    }

    private void Reserve(int more)
    {
        if (bytes.Length - Length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, Length + more));
        bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        bytes = larger;
    }
}
