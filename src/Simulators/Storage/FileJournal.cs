// What a simulated system remembers: one line of JSON per event, only ever appended.
using System.Text;
using System.Text.Json;

namespace Sisote.Simulators.Storage;

/// <summary>An append-only file of events. Everything a simulated system knows beyond its people is replayed from here at start.</summary>
/// <remarks>A line is durable before <see cref="Append"/> returns. A last line that was cut off by a crash is removed at start; a broken line before it stops the start.</remarks>
internal sealed class FileJournal<TEvent> : IDisposable
    where TEvent : class
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly FileStream file;

    /// <summary>Opens or creates the file and hands every event in it to <paramref name="replay"/>.</summary>
    /// <exception cref="InvalidDataException">A line before the last one is broken.</exception>
    public FileJournal(string path, Action<TEvent> replay)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            Replay(path, replay);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes one event; the caller holds the lock of its state.</summary>
    public void Append(TEvent written)
    {
        file.Write([.. JsonSerializer.SerializeToUtf8Bytes(written, Json), (byte)'\n']);
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    private void Replay(string path, Action<TEvent> replay)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            replay(Read(line) ?? throw new InvalidDataException($"`{path}` line {number} is broken."));
        }

        file.SetLength(whole);
        file.Position = whole;
    }

    private static TEvent? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TEvent>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
