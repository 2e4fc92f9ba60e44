// Tries a mapping on a sample, without a network and without starting anything.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Doors.Adapters;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Mapping;

/// <summary>A mapping file on the table, with samples of what the product writes or of what is sent to it.</summary>
public sealed class MappingTrial
{
    private readonly MappingFile? mapping;
    private readonly DateOnly today;

    private MappingTrial(MappingFile? mapping, ImmutableArray<MappingFault> faults, DateOnly today) => (this.mapping, Faults, this.today) = (mapping, faults, today);

    /// <summary>What is wrong with the file; with any fault nothing can be tried.</summary>
    public ImmutableArray<MappingFault> Faults { get; }

    /// <summary>Kinds of records that the file has.</summary>
    public ImmutableArray<string> Records => mapping is null ? [] : [.. mapping.Records.Select(static kind => kind.Name)];

    /// <summary>Reads a mapping file.</summary>
    /// <param name="file">Its name, for faults.</param>
    /// <param name="text">Its text.</param>
    /// <param name="catalogue">The law that says what can leave.</param>
    /// <param name="today">The day of the trial.</param>
    public static MappingTrial Read(string file, string text, LegalCatalogue catalogue, DateOnly today)
    {
        var (mapping, faults) = MappingFileReader.Read(file, text, new CarriedElements(catalogue));
        return new MappingTrial(mapping, faults, today);
    }

    /// <summary>Maps what the product wrote.</summary>
    /// <param name="sample">A file as the product writes it, with one record or many.</param>
    /// <param name="record">The kind of record.</param>
    public MappingTrialResult ToFhir(byte[] sample, string record)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var kind = Kind(record);
        try
        {
            var rows = NativeRecords.Rows(NativeRecords.Read(sample, mapping!.Format), kind.Rows, mapping.Format);
            return new MappingTrialResult { Records = [.. rows.Select((row, index) => Try(kind, row, index + 1))], Fields = Fields(kind, rows) };
        }
        catch (NativeFaultException fault)
        {
            return new MappingTrialResult { Records = [new TriedRecord(1, [], [fault.Message], 0)], Fields = [] };
        }
    }

    /// <summary>Maps what would be sent to the product: one resource, or a transaction of several about one client.</summary>
    /// <param name="sample">FHIR R4 JSON.</param>
    /// <param name="record">The kind of record.</param>
    public MappingTrialResult ToNative(byte[] sample, string record)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var kind = Kind(record);
        if (kind.Create is null && kind.Steps is null)
        {
            return Refused($"`{record}` is not written: it has neither `create` nor `steps`");
        }

        ImmutableArray<Resource> resources = FhirBody.Parse(sample) switch
        {
            null => [],
            Bundle bundle => [.. bundle.Entry.Select(static entry => entry.Resource).OfType<Resource>()],
            var only => [only],
        };
        if (resources.Select(SubjectReader.ReadClient).Distinct().ToList() is not [{ } client])
        {
            return Refused("the sample holds no FHIR R4 resources about one client with a personal identity code");
        }

        ImmutableArray<JsonObject> sent = [.. resources.Select(MadeResource.ToJson)];
        if (kind.Steps is { } steps && resources is [Hl7.Fhir.Model.Task])
        {
            (kind, sent) = (steps.Written, [StepRule.Said(sent[0])]);
        }
        else if (kind.Create is null)
        {
            return Refused($"`{record}` takes steps only: the sample is no Task alone");
        }

        var written = FhirToRecord.Write(mapping!, kind, sent, new EntryFacts(client, null, SomeSender(), "sample-key"), today);
        var fields = new RecordFields(kind, mapping!.Format);
        return new MappingTrialResult
        {
            Records = [new TriedRecord(1, written.Faults.IsEmpty ? [written.Record] : [], written.Faults, 0)],
            Fields = [.. RecordFields.In(written.Record).Distinct(StringComparer.Ordinal).Select(path => new FieldWay(path, [.. fields.WaysOf(path)], 1))],
        };
    }

    private RecordKind Kind(string record) => mapping?.Records.FirstOrDefault(kind => kind.Name == record) ?? throw new ArgumentException($"There is no record `{record}`.", nameof(record));

    private static MappingTrialResult Refused(string why) => new() { Records = [new TriedRecord(1, [], [why], 0)], Fields = [] };

    private TriedRecord Try(RecordKind kind, JsonObject row, int number)
    {
        var mapped = RecordToFhir.Map(mapping!, kind, row, null, today);
        var unmapped = mapping!.WithholdsUnmapped ? [] : mapped.Unmapped.Select(static path => $"{path}: neither mapped nor withheld");
        var faults = mapped.Faults.AddRange(unmapped).AddRange(mapped.Resources.SelectMany(static made => MadeResource.Parse(made, out var what) is null ? [$"{FhirJson.Text(made["resourceType"])}: what was made is no FHIR R4 ({what})"] : Array.Empty<string>()));
        return new TriedRecord(number, faults.IsEmpty ? [.. mapped.Resources] : [], faults, mapped.Withheld);
    }

    private ImmutableArray<FieldWay> Fields(RecordKind kind, ImmutableArray<JsonObject> rows)
    {
        var fields = new RecordFields(kind, mapping!.Format);
        var found = rows.SelectMany(static row => RecordFields.In(row).Distinct(StringComparer.Ordinal)).CountBy(static path => path.Replace("{}", string.Empty, StringComparison.Ordinal), StringComparer.Ordinal)
            .Select(pair => new FieldWay(pair.Key, [.. fields.WaysOf(pair.Key).Concat(fields.WaysOf(pair.Key + "{}")).Distinct(StringComparer.Ordinal)], pair.Value)).ToList();
        var unseen = fields.Paths.Where(path => found.TrueForAll(way => way.Path != path)).Select(path => new FieldWay(path, [.. fields.WaysOf(path)], 0));
        return [.. found.Concat(unseen).OrderBy(static way => way.Path, StringComparer.Ordinal)];
    }

    private static SenderInfo SomeSender() => new()
    {
        System = SystemId.Parse("sample-system"),
        Organisation = OrganisationId.Parse("sample-organisation"),
        OrganisationName = "Sample organisation",
        Role = RoleId.Parse("sample-role"),
        Professional = ProfessionalId.Parse("sample-professional"),
        ProfessionalName = "Sample Professional",
        Rule = RuleId.Parse("SAMPLE"),
    };
}

/// <summary>What came of a trial.</summary>
public sealed record MappingTrialResult
{
    /// <summary>Each record of the sample.</summary>
    public required ImmutableArray<TriedRecord> Records { get; init; }

    /// <summary>Each field, and where it goes.</summary>
    public required ImmutableArray<FieldWay> Fields { get; init; }

    /// <summary>Whether anything is refused.</summary>
    public bool IsRefused => Records.Any(static record => !record.Faults.IsEmpty);
}

/// <summary>One record of a sample.</summary>
/// <param name="Number">Its place in the sample, from 1.</param>
/// <param name="Made">What was made of it: resources, or the native record; nothing where it is refused.</param>
/// <param name="Faults">Why it is refused.</param>
/// <param name="Withheld">Resources or parts left out because a table withholds their code.</param>
public sealed record TriedRecord(int Number, ImmutableArray<JsonNode> Made, ImmutableArray<string> Faults, int Withheld);

/// <summary>One field of the native records.</summary>
/// <param name="Path">Its path; lists are written <c>name[]</c>.</param>
/// <param name="Ways">Elements that it makes, <c>withheld</c>, <c>client</c>, <c>written only</c>; empty = unmapped.</param>
/// <param name="Records">How many records of the sample have it.</param>
public sealed record FieldWay(string Path, ImmutableArray<string> Ways, int Records);
