// The folder of rejected files beside the dropped ones.
using System.Collections.Immutable;
using System.Globalization;

namespace Sisote.Adapters.Files;

/// <summary>What tells one file from another that is put under its name.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Written">When it was written last.</param>
internal readonly record struct FileMark(long Length, DateTime Written)
{
    /// <summary>The mark of what stands at a path now; the default one where nothing does.</summary>
    public static FileMark Of(string path) => new FileInfo(path) is { Exists: true } file ? new FileMark(file.Length, file.LastWriteTimeUtc) : default;
}

/// <summary>
/// Puts refused files aside with their reasons. The reasons are written whole under another name and then named, a file is only ever moved and never written over another, and one that took the place of
/// the refused file meanwhile stays where it is: it was not read yet.
/// </summary>
internal sealed class RejectedFiles(string folder)
{
    private const string Name = "rejected";
    private const int MostOfOneName = 1000;

    /// <summary>Puts a file aside.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">Its mark when it was read.</param>
    /// <param name="faults">The reasons.</param>
    /// <exception cref="IOException">It cannot be moved, or somebody else moved it.</exception>
    public void Put(string file, FileMark read, ImmutableArray<string> faults)
    {
        var aside = new DirectoryInfo(Path.Combine(folder, Name));
        aside.Create();
        if (aside.LinkTarget is not null)
        {
            throw new IOException("a link in place of the folder of rejected files");
        }

        var reasons = Path.Combine(aside.FullName, $".{Guid.CreateVersion7():N}");
        WriteReasons(reasons, faults);
        try
        {
            if (FileMark.Of(file) == read && MoveToFreeName(file, aside.FullName) is var place && IsStill(read, place, file))
            {
                File.Move(reasons, ReasonsOf(place), overwrite: false);
            }
        }
        finally
        {
            File.Delete(reasons);
        }
    }

    /// <summary>Whether what was moved is what was read; another file goes back, unless a third one stands there.</summary>
    private static bool IsStill(FileMark read, string place, string file)
    {
        if (FileMark.Of(place) == read)
        {
            return true;
        }

        File.Move(place, file, overwrite: false);
        return false;
    }

    private static string MoveToFreeName(string file, string aside)
    {
        for (var number = 1; number <= MostOfOneName; number++)
        {
            var place = Path.Combine(aside, Path.GetFileName(file) + (number == 1 ? string.Empty : "." + number.ToString(CultureInfo.InvariantCulture)));
            if (IsFree(place) && IsFree(ReasonsOf(place)) && TryMove(file, place))
            {
                return place;
            }
        }

        throw new IOException("too many rejected files of one name");
    }

    private static bool TryMove(string file, string place)
    {
        try
        {
            File.Move(file, place, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(place) && File.Exists(file))
        {
            return false; // somebody else took the name meanwhile
        }
    }

    /// <summary>Whether a name is free; a link that somebody laid there is removed and not followed.</summary>
    private static bool IsFree(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            File.Delete(path);
        }

        return !Path.Exists(path);
    }

    private static string ReasonsOf(string place) => place + ".reason.txt";

    private static void WriteReasons(string path, ImmutableArray<string> faults)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        using (var text = new StreamWriter(file, leaveOpen: true))
        {
            foreach (var fault in faults)
            {
                text.WriteLine(fault);
            }
        }

        file.Flush(flushToDisk: true);
    }
}
