// Reads a mapping file and checks it as a whole: all faults at once, each with file, line and path.
using System.Collections.Immutable;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Mapping;

/// <summary>Reads one file. Nothing is used of a file with faults.</summary>
internal sealed class MappingFileReader
{
    private readonly string file;
    private readonly CarriedElements carried;
    private readonly List<MappingFault> faults = [];
    private readonly Dictionary<string, CodeTable> tables = new(StringComparer.Ordinal);

    private MappingFileReader(string file, CarriedElements carried) => (this.file, this.carried) = (file, carried);

    /// <summary>The mapping, or null with at least one fault.</summary>
    public static (MappingFile? Mapping, ImmutableArray<MappingFault> Faults) Read(string file, string text, CarriedElements carried)
    {
        var reader = new MappingFileReader(file, carried);
        var mapping = MappingNode.Parse(file, text, reader.faults) is { } root ? reader.ReadRoot(root) : null;
        return reader.faults.Count == 0 ? (mapping, []) : (null, [.. reader.faults.Distinct().OrderBy(static fault => fault.Line).ThenBy(static fault => fault.Path, StringComparer.Ordinal)]);
    }

    private MappingFile ReadRoot(MappingNode root)
    {
        var format = ReadFormat(root);
        ReadTables(root.Map("tables"));
        var read = new MappingFile
        {
            Name = file,
            Format = format,
            WithholdsUnmapped = root.OneOf("unmapped", "refuse", "withhold") == "withhold",
            Records = ReadRecords(root, format),
            Pages = ReadPages(root.Map("pages")),
        };
        CheckTogether(root, read);
        root.Close();
        return read;
    }

    private ImmutableArray<RecordKind> ReadRecords(MappingNode root, NativeFormat format)
    {
        var records = root.Map("records");
        var kinds = ImmutableArray.CreateBuilder<RecordKind>();
        foreach (var name in records?.Keys ?? [])
        {
            if (records!.Map(name) is { } node)
            {
                kinds.Add(new RecordKindReader(node, tables, carried, format).Read(name));
            }
        }

        if (records is null || kinds.Count == 0)
        {
            root.Fault("`records` names no kind of record");
        }

        return kinds.ToImmutable();
    }

    private static NativeFormat ReadFormat(MappingNode root)
    {
        var zone = root.Optional("zone") ?? "Europe/Helsinki";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            root.Fault($"`{zone}` is no time zone", "zone");
        }

        var kind = root.OneOf("format", "json", "xml", "csv");
        var delimiter = root.OneOf("delimiter", ",", ";", "tab");
        return new NativeFormat(kind, root.OneOf("encoding", "utf-8", "iso-8859-1"), delimiter == "tab" ? '\t' : delimiter[0], root.Optional("namespace") ?? string.Empty, found ?? TimeZoneInfo.Utc);
    }

    private void ReadTables(MappingNode? all)
    {
        foreach (var name in all?.Keys ?? [])
        {
            if (all!.Map(name) is not { } node)
            {
                continue;
            }

            var written = new WrittenTable { Rows = [.. node.Maps("rows").Select(ReadRow)], Withheld = [.. node.Texts("withheld")], Absent = [.. node.Texts("absent")] };
            node.Close();
            if (CodeTable.IsSound(written))
            {
                tables[name] = new CodeTable(name, written);
            }
            else
            {
                node.Fault("maps something twice");
                tables[name] = new CodeTable(name, new WrittenTable());
            }
        }

        all?.Close();
    }

    private static CodeRow ReadRow(MappingNode row)
    {
        var read = new CodeRow { Native = row.Require("native"), System = row.Optional("system") ?? string.Empty, Code = row.Require("code"), Way = row.OneOf("way", "both", "to-fhir", "to-native") };
        row.Close();
        return read;
    }

    private static PageRule? ReadPages(MappingNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var by = node.OneOf("by", "page", "offset", "link");
        var rule = new PageRule(
            by,
            by == "link" ? string.Empty : node.Require("parameter"),
            node.Optional("sizeParameter") ?? string.Empty,
            node.Number("size", 200, 1, 5000),
            node.Number("first", 1, 0, 1),
            by == "link" ? node.Require("next") : string.Empty);
        node.Close();
        return rule;
    }

    private static void CheckTogether(MappingNode root, MappingFile read)
    {
        var lookups = read.Records.Count(static kind => kind.Read?.Lookup is not null);
        var isRead = read.Records.Any(static kind => kind.Read is not null);
        if (lookups != 1 && isRead)
        {
            root.Fault("exactly one kind of record has `read.lookup`: it says who a client is", "records");
        }

        foreach (var kind in read.Records.Where(static kind => kind.Client.Code is null && kind.Client.Id is null))
        {
            root.Fault($"record `{kind.Name}` does not say whose it is", "records");
        }

        foreach (var kind in read.Records.Where(kind => kind.Create is not null && kind.Client.Code is null && lookups == 0))
        {
            root.Fault($"record `{kind.Name}` would be written without its client: `client.code` or a `read.lookup` says who that is", "records");
        }

        if (read.Pages is not null && !isRead)
        {
            root.Fault("there is nothing to read page by page", "pages");
        }
    }
}
