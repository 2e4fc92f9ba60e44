// Keeps a second instance off a data folder that is in use.
using System.Globalization;

namespace Sisote.Host.House;

/// <summary>
/// Holds a data folder for the life of the process: one locked file for each room that must be there once only. Rooms of one installation may be
/// in several processes and share the folder; the same room may not. The operating system lets go of the files however the process ends.
/// </summary>
internal sealed class HouseLock : IDisposable
{
    /// <summary>Where the locked files lie in the data folder.</summary>
    internal const string FolderName = ".running";

    private readonly string data;
    private readonly bool madeData;
    private readonly List<FileStream> held = [];
    private readonly List<string> notices = [];

    private HouseLock(string data, bool madeData) => (this.data, this.madeData) = (data, madeData);

    private string Folder => Path.Combine(data, FolderName);

    /// <summary>Takes the data folder, which is made where it is missing.</summary>
    /// <param name="options">What is to be opened.</param>
    /// <param name="everything">Whether no other process at all may use the folder.</param>
    /// <exception cref="StartFaultException">Another process has it, or it cannot be written.</exception>
    internal static HouseLock Take(HouseOptions options, bool everything)
    {
        var madeData = !Directory.Exists(options.Data);
        DataFolder.Require(options.Data);
        var taken = new HouseLock(options.Data, madeData);
        try
        {
            Directory.CreateDirectory(taken.Folder);
            foreach (var room in everything ? Enum.GetValues<RoomName>() : options.Rooms.Where(room => MustBeAlone(room, options)))
            {
                taken.Hold(room, options);
            }

            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Lets the folder go. One that was made for a start that failed, and holds nothing, goes too.</summary>
    public void Dispose()
    {
        notices.ForEach(File.Delete);
        held.ForEach(static file => file.Dispose());
        notices.Clear();
        held.Clear();
        RemoveIfEmpty(Folder);
        if (madeData)
        {
            RemoveIfEmpty(data);
        }
    }

    /// <summary>In the demonstration every room; else those that keep a file of their own as database. Others may have replicas on one folder.</summary>
    private static bool MustBeAlone(RoomName room, HouseOptions options) => options.Demo || room switch
    {
        RoomName.Consent => options.Configuration["Sisote:Consent:Database"] is not { } database || database.StartsWith("sqlite:", StringComparison.Ordinal),
        RoomName.Identity => options.Configuration["Sisote:Identity:PostgreSql"] is null or "",
        _ => false,
    };

    private void Hold(RoomName room, HouseOptions options)
    {
        var notice = Path.Combine(Folder, room.ToString().ToLowerInvariant());
        try
        {
            held.Add(new FileStream(notice + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
        }
        catch (IOException fault)
        {
            throw new StartFaultException($"Sisote already runs here{ReadNotice(notice)}: stop it, or give this one its own folder and ports with --data FOLDER --port NUMBER.", fault);
        }

        notices.Add(notice);
        var address = options.Address(options.Rooms.Contains(RoomName.Gateway) ? RoomName.Gateway : room);
        File.WriteAllText(notice, string.Create(CultureInfo.InvariantCulture, $" (process {Environment.ProcessId}, {address})"));
    }

    private static string ReadNotice(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return string.Empty; // its owner is just coming or going
        }
    }

    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // somebody else has just put something there
        }
    }
}
