// Reads a file that somebody else put into a folder.
namespace Sisote.Adapters.Native;

/// <summary>What was dropped is not trusted: a link leads to somebody else's file, a pipe never ends. Only a regular file is read, and only so much of it.</summary>
internal static class DroppedFile
{
    /// <summary>Bytes of the largest file that is read.</summary>
    public const int Largest = 64 * 1024 * 1024;

    /// <summary>How far ahead another machine's clock may be. A file of a later time would stay new for as long.</summary>
    public static TimeSpan Ahead { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Why a file is not opened, or null. Pipes and devices have no length, so they are not opened either.</summary>
    public static string? Refusal(string path) => new FileInfo(path) switch
    {
        { LinkTarget: not null } => "is a link and no file",
        { Exists: false } => "is not there",
        { Length: 0 } => "is empty",
        { Length: > Largest } => "is larger than the adapter reads",
        _ => null,
    };

    /// <summary>What a file holds and when it was put there.</summary>
    /// <exception cref="NativeFaultException">It is no regular file, or too large.</exception>
    public static (byte[] Content, DateTimeOffset AsOf) Read(string path)
    {
        if (Refusal(path) is { } refusal)
        {
            throw new NativeFaultException(NativeFault.Unreadable, refusal);
        }

        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new FileStream(handle, FileAccess.Read);
        return (ReadAll(content), File.GetLastWriteTimeUtc(handle));
    }

    /// <summary>All of a stream, where it is not too large.</summary>
    /// <exception cref="NativeFaultException">It is too large.</exception>
    public static byte[] ReadAll(Stream content)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            if (whole.Length + read > Largest)
            {
                throw new NativeFaultException(NativeFault.Unreadable, "is larger than the adapter reads");
            }

            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }
}
