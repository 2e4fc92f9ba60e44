// A disk that is soon full.
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Sisote.Tests.Consent.Keeping;

/// <summary>A small file system in memory, mounted for one test. Only root may mount: for others the database's lock, held by somebody else, stands in for the lack of room.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string folder;
    private readonly bool isMounted;
    private SqliteConnection? holder;

    private SmallDisk(string folder, bool isMounted) => (this.folder, this.isMounted) = (folder, isMounted);

    public string Database => Path.Combine(folder, "consent.db");

    private string Ballast => Path.Combine(folder, "ballast");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("sisote-disk-").FullName;
        return new SmallDisk(folder, OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) == 0);
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        if (!isMounted)
        {
            holder = new SqliteConnection("Data Source=" + Database);
            holder.Open();
            holder.BeginTransaction();
            return;
        }

        using var file = File.OpenHandle(Ballast, FileMode.CreateNew, FileAccess.Write);
        for (var (size, at) = (1 << 20, 0L); size >= 1;)
        {
            try
            {
                RandomAccess.Write(file, new byte[size], at);
                at += size;
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    public void MakeRoom()
    {
        holder?.Dispose();
        File.Delete(Ballast);
    }

    public async ValueTask DisposeAsync()
    {
        holder?.Dispose();
        SqliteConnection.ClearAllPools();
        if (isMounted)
        {
            await RunAsync("umount", "--lazy", folder);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1; // no such program
        }
    }
}
