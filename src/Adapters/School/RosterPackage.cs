// One OneRoster CSV package: a folder or a zip file with a manifest.
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.School;

/// <summary>A row as it is written.</summary>
/// <param name="Package">The package.</param>
/// <param name="Number">The row, the header is 1.</param>
/// <param name="Cells">Cells by column.</param>
internal sealed record RosterRow(string Package, int Number, ImmutableDictionary<string, string> Cells)
{
    /// <summary>A cell; empty where the column is missing.</summary>
    public string this[string column] => Cells.GetValueOrDefault(column) ?? string.Empty;
}

/// <summary>Reads a package and checks every file by itself: manifest, headers, mandatory cells, dates, words, ids that are there twice.</summary>
internal sealed class RosterPackage
{
    private const long MostCells = 10_000_000;
    private readonly string path;
    private readonly RosterFaults faults;
    private long cells;

    private RosterPackage(string path, RosterFaults faults) => (this.path, this.faults, Name) = (path, faults, Path.GetFileName(path.TrimEnd(Path.DirectorySeparatorChar)));

    /// <summary>The folder's or the file's name.</summary>
    public string Name { get; }

    /// <summary>Whether it changes what was before it; otherwise it is a whole register.</summary>
    public bool IsDelta { get; private set; }

    /// <summary>Rows by file.</summary>
    public Dictionary<string, List<RosterRow>> Rows { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a folder or a file is a package.</summary>
    public static bool Is(string path) => File.Exists(Path.Combine(path, "manifest.csv")) || (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && File.Exists(path));

    /// <summary>When a package was put there.</summary>
    public static DateTimeOffset TimeOf(string path) => File.GetLastWriteTimeUtc(File.Exists(path) ? path : Path.Combine(path, "manifest.csv"));

    /// <summary>Reads a package; with any fault it must not be used.</summary>
    /// <param name="path">Folder or zip file.</param>
    /// <param name="faults">Where its faults are noted.</param>
    /// <param name="mayBeLink">Whether the folder may be a link: the one of the settings may, what lies in it may not.</param>
    public static RosterPackage Read(string path, RosterFaults faults, bool mayBeLink)
    {
        var package = new RosterPackage(path, faults);
        try
        {
            if (Refusal(path, mayBeLink) is { } refusal)
            {
                faults.Add(package.Name, "manifest.csv", 0, string.Empty, $"the package {refusal}");
                return package;
            }

            using var zip = File.Exists(path) ? ZipFile.OpenRead(path) : null;
            package.ReadFiles(zip);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            faults.Add(package.Name, "manifest.csv", 0, string.Empty, "the package cannot be read");
        }

        return package;
    }

    private static string? Refusal(string path, bool mayBeLink) =>
        File.Exists(path) ? DroppedFile.Refusal(path) : !mayBeLink && new DirectoryInfo(path).LinkTarget is not null ? "is a link and no folder" : null;

    private void ReadFiles(ZipArchive? zip)
    {
        var manifest = ReadManifest(zip);
        foreach (var file in OneRosterCsv.Files.Keys.Order(StringComparer.Ordinal).Where(file => manifest.GetValueOrDefault(file) is "bulk" or "delta"))
        {
            ReadFile(zip, file);
        }
    }

    private Dictionary<string, string> ReadManifest(ZipArchive? zip)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (row, number) in ReadCsv(zip, "manifest.csv", ["propertyName", "value"]))
        {
            if (!said.TryAdd(row["propertyName"], row["value"]))
            {
                faults.Add(Name, "manifest.csv", number, "propertyName", "is there twice");
            }
            else if (row["propertyName"] is ['f', 'i', 'l', 'e', '.', .. var file] && (!OneRosterCsv.Known.Contains(file) || row["value"] is not ("bulk" or "delta" or "absent")))
            {
                faults.Add(Name, "manifest.csv", number, OneRosterCsv.Known.Contains(file) ? "value" : "propertyName", OneRosterCsv.Known.Contains(file) ? "is none of bulk, delta, absent" : "is no file of OneRoster 1.2");
            }
        }

        foreach (var (property, value) in new[] { ("manifest.version", "1.0"), ("oneroster.version", "1.2") }.Where(pair => said.GetValueOrDefault(pair.Item1) != pair.Item2))
        {
            faults.Add(Name, "manifest.csv", 0, property, $"is not {value}");
        }

        var files = said.Where(static pair => pair.Key.StartsWith("file.", StringComparison.Ordinal)).ToDictionary(static pair => pair.Key[5..], static pair => pair.Value, StringComparer.Ordinal);
        CheckManifest(zip, files);
        return files;
    }

    private void CheckManifest(ZipArchive? zip, Dictionary<string, string> files)
    {
        var ways = files.Values.Where(static way => way != "absent").Distinct().ToList();
        IsDelta = ways is ["delta"];
        if (ways.Count > 1)
        {
            faults.Add(Name, "manifest.csv", 0, "value", "says bulk of some files and delta of others: send one or the other");
        }

        foreach (var file in OneRosterCsv.Files.Keys.Where(file => !files.ContainsKey(file)))
        {
            faults.Add(Name, "manifest.csv", 0, $"file.{file}", "is not said");
        }

        foreach (var file in OneRosterCsv.Needed.Where(file => !IsDelta && files.GetValueOrDefault(file) == "absent"))
        {
            faults.Add(Name, "manifest.csv", 0, $"file.{file}", "is absent, and without it there is no register");
        }

        foreach (var file in OneRosterCsv.Files.Keys.Where(file => files.GetValueOrDefault(file) == "absent" && Exists(zip, file + ".csv")))
        {
            faults.Add(Name, file + ".csv", 0, string.Empty, "is there, and the manifest says that it is absent");
        }
    }

    private void ReadFile(ZipArchive? zip, string file)
    {
        var columns = OneRosterCsv.Files[file];
        var (rows, seen) = (new List<RosterRow>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (cells, number) in ReadCsv(zip, file + ".csv", [.. columns.Where(static column => !column.IsLate).Select(static column => column.Name)], [.. columns.Where(static column => column.IsLate).Select(static column => column.Name)]))
        {
            foreach (var column in columns)
            {
                var cell = cells.GetValueOrDefault(column.Name) ?? string.Empty;
                if ((IsDelta && cell.Length == 0 && column.Name is ("status" or "dateLastModified") ? "is empty, and a delta needs it" : column.Check(cell)) is { } wrong)
                {
                    faults.Add(Name, file + ".csv", number, column.Name, wrong);
                }
            }

            if (!seen.Add(cells["sourcedId"]))
            {
                faults.Add(Name, file + ".csv", number, "sourcedId", "is there twice");
            }

            CheckOrder(file, cells, number);
            rows.Add(new RosterRow(Name, number, cells));
        }

        Rows[file] = rows;
    }

    private void CheckOrder(string file, ImmutableDictionary<string, string> cells, int number)
    {
        var begin = cells.GetValueOrDefault("beginDate") ?? cells.GetValueOrDefault("startDate");
        if (begin is { Length: 10 } && cells.GetValueOrDefault("endDate") is { Length: 10 } end && string.CompareOrdinal(end, begin) < 0)
        {
            faults.Add(Name, file + ".csv", number, "endDate", "lies before the beginning");
        }
    }

    private IEnumerable<(ImmutableDictionary<string, string> Cells, int Number)> ReadCsv(ZipArchive? zip, string file, ImmutableArray<string> columns, params ImmutableArray<string> late)
    {
        if (Text(zip, file) is not { } text || Parse(file, text) is not { IsDefaultOrEmpty: false } rows)
        {
            return [];
        }

        foreach (var missing in columns.Where(column => !rows[0].Contains(column)))
        {
            faults.Add(Name, file, 1, missing, "the header lacks this column");
        }

        foreach (var (column, index) in rows[0].Select(static (column, index) => (column, index)).Where(one => (!columns.Contains(one.column) && !late.Contains(one.column) && !one.column.StartsWith("metadata.", StringComparison.Ordinal)) || rows[0].IndexOf(one.column) < one.index))
        {
            faults.Add(Name, file, 1, string.Empty, $"column {index + 1} of the header is unknown or there twice");
        }

        return columns.All(rows[0].Contains) && rows[0].Distinct().Count() == rows[0].Length
            ? rows.Skip(1).Select((cells, index) => (rows[0].Zip(cells).ToImmutableDictionary(static pair => pair.First, static pair => pair.Second), index + 2))
            : [];
    }

    private ImmutableArray<ImmutableArray<string>> Parse(string file, string text)
    {
        try
        {
            var rows = CsvText.Read(text, ',');
            cells += rows.IsEmpty ? 0 : (long)rows.Length * rows[0].Length;
            if (!rows.IsEmpty && cells <= MostCells)
            {
                return rows;
            }

            faults.Add(Name, file, 0, string.Empty, rows.IsEmpty ? "is empty" : "makes the package larger than the adapter reads");
        }
        catch (CsvFaultException fault)
        {
            faults.Add(Name, file, fault.Row, string.Empty, fault.Message);
        }

        return [];
    }

    private string? Text(ZipArchive? zip, string file)
    {
        if (!Exists(zip, file))
        {
            faults.Add(Name, file, 0, string.Empty, "is not there");
            return null;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(zip, file)).TrimStart('\uFEFF');
        }
        catch (NativeFaultException fault)
        {
            faults.Add(Name, file, 0, string.Empty, fault.Message);
            return null;
        }
        catch (DecoderFallbackException)
        {
            faults.Add(Name, file, 0, string.Empty, "is not written in UTF-8");
            return null;
        }
    }

    private byte[] Bytes(ZipArchive? zip, string file)
    {
        if (zip is null)
        {
            return DroppedFile.Read(Path.Combine(path, file)).Content;
        }

        using var content = zip.GetEntry(file)!.Open();
        return DroppedFile.ReadAll(content);
    }

    private bool Exists(ZipArchive? zip, string file) => zip is null ? File.Exists(Path.Combine(path, file)) : zip.GetEntry(file) is not null;
}

/// <summary>Faults up to a bound: a file of a million wrong rows is told by its first ones.</summary>
internal sealed class RosterFaults
{
    /// <summary>How many are told.</summary>
    public const int Most = 100;

    private readonly List<RosterFault> told = [];

    /// <summary>The first ones.</summary>
    public ImmutableArray<RosterFault> Told => [.. told];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a fault.</summary>
    public void Add(string package, string file, int row, string field, string message)
    {
        if (++Count <= Most)
        {
            told.Add(new RosterFault(package, file, row, field, message));
        }
    }
}
