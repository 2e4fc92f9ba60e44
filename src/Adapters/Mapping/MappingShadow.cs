// Maps beside the live mapping and counts what comes out otherwise; nothing of it is answered or sent.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Mapping;

/// <summary>A mapping on trial in the shadow of the live one. It sees the same records and entries, and its results go nowhere but into counts.</summary>
internal sealed class MappingShadow(SystemId system, MappingFile shadow, TimeProvider clock)
{
    private const string Read = "read";
    private const string Write = "write";
    private readonly DateTimeOffset since = clock.GetUtcNow();
    private readonly ConcurrentDictionary<(string Record, string Direction, string What), long> differences = new();
    private readonly ConcurrentDictionary<(string Record, string Direction, Verdict Verdict), long> verdicts = new();

    private enum Verdict
    {
        Same,
        Different,
        OnlyLiveRefused,
        OnlyShadowRefused,
        BothRefused,
    }

    /// <summary>Looks at a record that was read.</summary>
    /// <param name="kind">The live mapping's kind of record.</param>
    /// <param name="record">The record.</param>
    /// <param name="client">Whose it is, where a lookup said so.</param>
    /// <param name="today">The day at the product's place.</param>
    /// <param name="live">What the live mapping made; null = it refused.</param>
    public void LookAtRead(RecordKind kind, JsonObject record, KnownClient? client, DateOnly today, ImmutableArray<JsonObject>? live) => Apart(kind, Read, live, () =>
    {
        if (Find(kind) is not { } own)
        {
            Count(kind, Read, live, [], ["the shadow has no such record"]);
            return;
        }

        var made = RecordToFhir.Map(shadow, own, record, client, today);
        var faults = made.Unmapped.IsEmpty || shadow.WithholdsUnmapped ? made.Faults : made.Faults.Add("fields that the shadow does not know");
        if (faults.IsEmpty)
        {
            faults = [.. made.Resources.Where(static one => MadeResource.Parse(one, out _) is null).Select(static one => $"{FhirJson.Text(one["resourceType"])}: no FHIR R4")];
        }

        Count(kind, Read, live, faults.IsEmpty && live is { } given ? Compare(given, made.Resources) : [], faults);
    });

    /// <summary>Looks at an entry that was written.</summary>
    /// <param name="kind">The live mapping's kind of record.</param>
    /// <param name="resources">The entry.</param>
    /// <param name="facts">Who writes, and for whom.</param>
    /// <param name="today">The day at the product's place.</param>
    /// <param name="live">The record that the live mapping made; null = it refused.</param>
    public void LookAtWrite(RecordKind kind, ImmutableArray<JsonObject> resources, EntryFacts facts, DateOnly today, JsonObject? live) => Apart(kind, Write, live, () =>
    {
        if (Find(kind) is not { Create: not null } own)
        {
            Count(kind, Write, live, [], ["the shadow does not write such a record"]);
            return;
        }

        var written = FhirToRecord.Write(shadow, own, resources, facts, today);
        Count(kind, Write, live, written.Faults.IsEmpty && live is not null ? Differing(live, written.Record, string.Empty) : [], written.Faults);
    });

    /// <summary>The counts so far.</summary>
    public ShadowReport Report() => new()
    {
        System = system,
        Since = since,
        Records = [.. verdicts.GroupBy(static pair => (pair.Key.Record, pair.Key.Direction)).OrderBy(static group => group.Key.Record, StringComparer.Ordinal).ThenBy(static group => group.Key.Direction, StringComparer.Ordinal).Select(static group =>
        {
            long Of(Verdict verdict) => group.Where(pair => pair.Key.Verdict == verdict).Sum(static pair => pair.Value);
            return new ShadowCount(group.Key.Record, group.Key.Direction, group.Sum(static pair => pair.Value), Of(Verdict.Same), Of(Verdict.Different), Of(Verdict.OnlyLiveRefused), Of(Verdict.OnlyShadowRefused), Of(Verdict.BothRefused));
        })],
        Differences = [.. differences.Select(static pair => new ShadowDifference(pair.Key.Record, pair.Key.Direction, pair.Key.What, pair.Value))
            .OrderByDescending(static difference => difference.Records).ThenBy(static difference => difference.Record, StringComparer.Ordinal).ThenBy(static difference => difference.What, StringComparer.Ordinal)],
    };

    private void Apart(RecordKind kind, string direction, object? live, Action look)
    {
        try
        {
            look();
        }
#pragma warning disable CA1031 // INVARIANT: whatever happens in the shadow, the answer is the live mapping's
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Count(kind, direction, live, [], [$"it failed ({fault.GetType().Name})"]);
        }
    }

    private RecordKind? Find(RecordKind kind) => shadow.Records.FirstOrDefault(own => own.Name == kind.Name);

    private void Count(RecordKind kind, string direction, object? live, IEnumerable<string> differing, IEnumerable<string> faults)
    {
        var (found, refused) = (differing.Distinct(StringComparer.Ordinal).ToList(), faults.Distinct(StringComparer.Ordinal).ToList());
        var verdict = (live is null, refused.Count > 0) switch
        {
            (true, true) => Verdict.BothRefused,
            (true, false) => Verdict.OnlyLiveRefused,
            (false, true) => Verdict.OnlyShadowRefused,
            _ => found.Count > 0 ? Verdict.Different : Verdict.Same,
        };
        verdicts.AddOrUpdate((kind.Name, direction, verdict), 1, static (_, count) => count + 1);
        foreach (var what in found.Concat(refused.Select(static fault => $"refused by the shadow: {fault}")))
        {
            differences.AddOrUpdate((kind.Name, direction, what), 1, static (_, count) => count + 1);
        }
    }

    private static IEnumerable<string> Compare(ImmutableArray<JsonObject> live, ImmutableArray<JsonObject> own)
    {
        var left = own.GroupBy(Name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => new Queue<JsonObject>(group), StringComparer.Ordinal);
        foreach (var one in live)
        {
            if (!left.TryGetValue(Name(one), out var several) || !several.TryDequeue(out var same))
            {
                yield return $"{FhirJson.Text(one["resourceType"])}: only with the live mapping";
                continue;
            }

            foreach (var path in new FhirDifference().Find(one, same).Concat(Subjects(one, same)))
            {
                yield return $"{path}: differs";
            }
        }

        foreach (var one in left.Values.SelectMany(static several => several))
        {
            yield return $"{FhirJson.Text(one["resourceType"])}: only with the shadow";
        }
    }

    /// <summary>Whose a resource is is not compared with an entry, whose client is known; here it must be the same.</summary>
    private static IEnumerable<string> Subjects(JsonObject live, JsonObject own) =>
        new[] { "subject", "patient", "for" }.Where(name => !JsonNode.DeepEquals(live[name], own[name])).Select(name => $"{FhirJson.Text(live["resourceType"])}.{name}");

    private static string Name(JsonObject resource) => $"{FhirJson.Text(resource["resourceType"])}/{FhirJson.Text(resource["id"])}";

    /// <summary>Paths of native fields that differ; both sides come from mappings, so their names are known.</summary>
    private static IEnumerable<string> Differing(JsonNode? live, JsonNode? own, string path) => (live, own) switch
    {
        (JsonObject one, JsonObject other) => one.Select(static pair => pair.Key).Union(other.Select(static pair => pair.Key)).SelectMany(name => Differing(one[name], other[name], path.Length == 0 ? name : $"{path}.{name}")),
        (JsonArray one, JsonArray other) when one.Count == other.Count => one.Zip(other).SelectMany(pair => Differing(pair.First, pair.Second, path + "[]")),
        (null, not null) => [$"{path}: only with the shadow"],
        (not null, null) => [$"{path}: only with the live mapping"],
        _ => JsonNode.DeepEquals(live, own) ? [] : [$"{path}: differs"],
    };
}
