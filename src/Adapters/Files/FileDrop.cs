// A folder in which a system drops files.
using System.Collections.Immutable;
using System.Globalization;
using Hl7.Fhir.Model;
using Sisote.Adapters.Mapping;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Files;

/// <summary>The newest good file of one kind of record.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="AsOf">When the file was put there, or the oldest of the files that say who its clients are.</param>
/// <param name="Resources">What it holds.</param>
internal sealed record DroppedList(RecordKind Kind, DateTimeOffset AsOf, ImmutableArray<Resource> Resources);

/// <summary>
/// Each file is the whole list of one kind of record: <c>kind-anything.csv</c>, the last name counts. A broken file goes to the folder <c>rejected</c> with a file of reasons beside it, and the file
/// before it stays in use. A list that knows its clients by number only is read with the lists of all kinds that say codes, none of them missing or too old, since else a number may be another's. Names that begin with a dot are not looked at: a file is written under such a name and renamed.
/// </summary>
internal sealed class FileDrop(SystemId system, MappingFile mapping, string folder, TimeSpan longest, TimeProvider clock, ILogger log)
{
    private readonly RejectedFiles rejected = new(folder);
    private readonly Lock gate = new();
    private (string State, DateOnly Day, ImmutableArray<DroppedList> Lists)? kept;

    /// <summary>Kinds of records that make resources of a type.</summary>
    public IEnumerable<RecordKind> Kinds(string type) => mapping.Records.Where(kind => kind.Resources.Any(resource => resource.Type == type));

    /// <summary>The lists as they are now; a kind of record without a good file has none.</summary>
    public ImmutableArray<DroppedList> Read()
    {
        lock (gate)
        {
            var (now, state) = (clock.GetUtcNow(), State()); // before reading: what lands meanwhile is seen the next time
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, mapping.Format.Zone).DateTime);
            if (kept is not { } last || last.State != state || last.Day != today)
            {
                kept = last = (state, today, ReadAll(new FileReader(mapping, today, now), now));
            }

            return last.Lists;
        }
    }

    /// <summary>Lists that say codes come first: they say who the clients of the others are.</summary>
    private ImmutableArray<DroppedList> ReadAll(FileReader reader, DateTimeOffset now)
    {
        var (lists, known) = (ImmutableArray.CreateBuilder<DroppedList>(), ImmutableDictionary<string, Hetu>.Empty);
        var (areAllKnown, oldest) = (true, DateTimeOffset.MaxValue);
        foreach (var kind in mapping.Records.OrderBy(static kind => kind.Client.Code is null))
        {
            var saysCodes = kind.Client.Code is not null;
            var content = ReadNewest(reader, kind, saysCodes || areAllKnown ? known : ImmutableDictionary<string, Hetu>.Empty);
            var isFresh = content is not null && content.AsOf + longest > now;
            if (saysCodes && isFresh)
            {
                (known, oldest) = (known.SetItems(content!.Clients), content.AsOf < oldest ? content.AsOf : oldest);
            }

            areAllKnown &= isFresh || !saysCodes;
            if (content is not null)
            {
                lists.Add(new DroppedList(kind, saysCodes || content.AsOf < oldest ? content.AsOf : oldest, content.Resources));
            }
        }

        return lists.ToImmutable();
    }

    /// <summary>The newest good file of a kind; broken ones before it are put aside.</summary>
    private FileContent? ReadNewest(FileReader reader, RecordKind kind, ImmutableDictionary<string, Hetu> known)
    {
        foreach (var file in Files(kind))
        {
            var read = FileMark.Of(file); // before reading: what takes its place meanwhile is another file
            var content = reader.Read(file, kind, known);
            if (content.Faults.IsEmpty)
            {
                return content;
            }

            if (!content.Waits)
            {
                Reject(file, read, kind, content.Faults);
            }
        }

        return null;
    }

    private void Reject(string file, FileMark read, RecordKind kind, ImmutableArray<string> faults)
    {
        Log.FileRejected(log, system, kind.Name, faults.Length);
        try
        {
            rejected.Put(file, read, faults);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.FileNotMoved(log, system, kind.Name); // it is not used all the same
        }
    }

    /// <summary>Files of a kind, the newest name first.</summary>
    private IEnumerable<string> Files(RecordKind kind) => Names().Where(path => KindOf(path) == kind).OrderByDescending(Path.GetFileName, StringComparer.Ordinal);

    private IEnumerable<string> Names() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*." + mapping.Format.Kind).Where(static path => !Path.GetFileName(path).StartsWith('.'))
        : [];

    /// <summary>The kind whose name a file's name begins with; of two such the longer one.</summary>
    private RecordKind? KindOf(string path) => mapping.Records.Where(kind => Path.GetFileName(path).StartsWith(kind.Name + "-", StringComparison.Ordinal)).MaxBy(static kind => kind.Name.Length);

    private string State() => string.Join('\n', Names().Order(StringComparer.Ordinal).Select(static path => new FileInfo(path))
        .Select(static file => string.Create(CultureInfo.InvariantCulture, $"{file.Name}|{(file.Exists ? file.Length : 0)}|{file.LastWriteTimeUtc.Ticks}")));
}
