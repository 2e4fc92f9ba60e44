// A file with a secret that is there whole or not at all.
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sisote.Consent.Storage;

/// <summary>Writes files that only their owner can read and that outlive a power cut: what is under a key is not written before the key is on the disk.</summary>
internal static class SecretFile
{
    private const string Unfinished = ".unfinished";

    /// <summary>Makes the file, durable when this returns. INVARIANT: under its name stands the whole text or nothing; what a crash leaves has another name, by which nobody looks for it.</summary>
    /// <exception cref="IOException">The file stands there already, or cannot be written.</exception>
    public static void Write(string file, string text)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(directory);
        var unfinished = $"{file}.{Guid.CreateVersion7():N}{Unfinished}";
        try
        {
            WriteThrough(unfinished, text);
            File.Move(unfinished, file, overwrite: false);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }

        FlushDirectory(directory);
    }

    private static void WriteThrough(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write(Encoding.UTF8.GetBytes(text + Environment.NewLine));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>The name of a file is on the disk only when its folder is; Windows keeps names in a journal of its own.</summary>
    private static void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            using var folder = NativeMethods.Open(Encoding.UTF8.GetBytes(directory + '\0'), NativeMethods.ReadOnly);
            if (!folder.IsInvalid) // else a folder that may be written into and not read
            {
                RandomAccess.FlushToDisk(folder);
            }
        }
        catch (Exception fault) when (fault is IOException or DllNotFoundException or EntryPointNotFoundException)
        {
            return; // a system that flushes no folders writes the name down in its own time
        }
    }

    private static class NativeMethods
    {
        internal const int ReadOnly = 0;

        [DllImport("libc", EntryPoint = "open", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern SafeFileHandle Open(byte[] path, int flags);
    }
}
