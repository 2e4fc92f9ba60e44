// Reads one dropped file: all of its records, or the reasons why none of them is used.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Adapters.Mapping;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Files;

/// <summary>What a file holds.</summary>
/// <param name="Resources">The resources of all its records.</param>
/// <param name="Clients">Whose numbers they are, where its records say a code.</param>
/// <param name="Faults">Why nothing of it is used: places and paths of the mapping, never a value.</param>
internal sealed record FileContent(ImmutableArray<Resource> Resources, ImmutableDictionary<string, Hetu> Clients, ImmutableArray<string> Faults)
{
    /// <summary>When it was put there.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>The fault of a record whose client no file names yet.</summary>
    public const string Unknown = "no file says who this client is";

    /// <summary>Whether it may be good when a file of clients comes.</summary>
    public bool Waits => !Faults.IsEmpty && Faults.All(static fault => fault.EndsWith(Unknown, StringComparison.Ordinal));
}

/// <summary>A file is taken or refused as a whole.</summary>
internal sealed class FileReader(MappingFile mapping, DateOnly today, DateTimeOffset now)
{
    private const int MostFaults = 100;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What kind of records it holds.</param>
    /// <param name="known">Clients by the product's number, from files that say codes.</param>
    public FileContent Read(string path, RecordKind kind, ImmutableDictionary<string, Hetu> known)
    {
        try
        {
            var (content, asOf) = DroppedFile.Read(path);
            return asOf > now + DroppedFile.Ahead
                ? Refuse("the time of the file lies in the future")
                : Make(kind, NativeRecords.Rows(NativeRecords.Read(content, mapping.Format), kind.Rows, mapping.Format), known) with { AsOf = asOf };
        }
        catch (NativeFaultException fault)
        {
            return Refuse(fault.Message);
        }
#pragma warning disable CA1031 // INVARIANT: whatever one file does, the one before it and the lists of other kinds stay in use
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return Refuse($"the file cannot be read ({fault.GetType().Name})");
        }
    }

    private FileContent Make(RecordKind kind, ImmutableArray<JsonObject> rows, ImmutableDictionary<string, Hetu> known)
    {
        var (resources, faults, ids) = (ImmutableArray.CreateBuilder<Resource>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var clients = ImmutableDictionary.CreateBuilder<string, Hetu>(StringComparer.Ordinal);
        var (numbers, knownNumbers) = (new Dictionary<Hetu, string>(), known.ToLookup(static pair => pair.Value, static pair => pair.Key));
        foreach (var (index, row) in rows.Index().TakeWhile(_ => faults.Count < MostFaults))
        {
            var number = NativePath.ClientNumber(kind, row);
            if (NativePath.ClientCode(kind, row) is { } code && number is not null)
            {
                if (IsOther(number, code))
                {
                    faults.Add($"record {index + 1}: the client's number stands for another client before");
                }

                if (HasOther(number, code))
                {
                    faults.Add($"record {index + 1}: the client's code stands under another number before");
                }
            }

            foreach (var (resource, fault) in TryMake(kind, row, number, known))
            {
                if (resource is not null && ids.Add($"{resource.TypeName}/{resource.Id}"))
                {
                    resources.Add(resource);
                    continue;
                }

                faults.Add($"record {index + 1}: {fault ?? "an id that stands in the file before"}");
            }
        }

        return faults.Count == 0 ? new FileContent(resources.ToImmutable(), clients.ToImmutable(), []) : Refuse([.. faults.Take(MostFaults)]);

        bool IsOther(string number, Hetu code) => (!clients.TryAdd(number, code) && clients[number] != code) || (known.TryGetValue(number, out var before) && before != code);

        // INVARIANT: one code under two numbers is two persons or one whom the product has twice; whose records are whose nobody can say
        bool HasOther(string number, Hetu code) => (!numbers.TryAdd(code, number) && numbers[code] != number) || knownNumbers[code].Any(one => one != number);
    }

    private ImmutableArray<(Resource? Resource, string? Fault)> TryMake(RecordKind kind, JsonObject row, string? number, ImmutableDictionary<string, Hetu> known)
    {
        try
        {
            return [.. Make(kind, row, number, known)];
        }
#pragma warning disable CA1031 // INVARIANT: a record that nobody foresaw is a fault of its file, not of the system
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return [(null, $"cannot be read ({fault.GetType().Name})")];
        }
    }

    private IEnumerable<(Resource? Resource, string? Fault)> Make(RecordKind kind, JsonObject row, string? number, ImmutableDictionary<string, Hetu> known)
    {
        KnownClient? client = null;
        if (kind.Client.Code is null)
        {
            if (number is null || !known.TryGetValue(number, out var code))
            {
                return [(null, $"{kind.Client.Id}: {FileContent.Unknown}")];
            }

            client = new KnownClient(number, code);
        }

        var mapped = RecordToFhir.Map(mapping, kind, row, client, today);
        var faults = mapped.Unmapped.IsEmpty || mapping.WithholdsUnmapped ? mapped.Faults : mapped.Faults.Add($"{mapped.Unmapped.Length} fields that the mapping does not know");
        return faults.IsEmpty
            ? mapped.Resources.Select(static made => MadeResource.Parse(made, out var what) is { } resource ? (resource, (string?)null) : (null, $"makes no FHIR R4 ({what})"))
            : faults.Select(static fault => ((Resource?)null, (string?)fault));
    }

    private static FileContent Refuse(params ImmutableArray<string> faults) => new([], ImmutableDictionary<string, Hetu>.Empty, faults);
}
