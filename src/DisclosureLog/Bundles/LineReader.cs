// Cuts a stream into lines, with memory for the longest line only.
namespace Sisote.DisclosureLog.Bundles;

/// <summary>Reads a stream line by line; each line includes its newline, and is valid until the next is read.</summary>
internal sealed class LineReader(Stream input)
{
    /// <summary>No line of a bundle is longer; a longer one is given out cut, without its newline.</summary>
    internal const int LongestLine = 16 * 1024 * 1024;

    private byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    /// <summary>The next line, or nothing at the end. The last line lacks its newline where the stream was cut.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        for (var searched = start; ;)
        {
            var newline = buffer.AsSpan(searched..end).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                return Take(searched - start + newline + 1);
            }

            if (end - start >= LongestLine)
            {
                return Take(end - start);
            }

            searched = MakeRoom();
            var read = await input.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                return Take(end - start);
            }

            end += read;
        }
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        var line = buffer.AsMemory(start, length);
        start += length;
        return line;
    }

    /// <summary>Moves what is left to the front, enlarges a full buffer, and says where the unsearched part begins.</summary>
    private int MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start..end).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        else if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        return end;
    }
}
