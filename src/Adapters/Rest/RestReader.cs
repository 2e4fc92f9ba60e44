// Reads a REST system's records and maps them.
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Mapping;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Rest;

/// <summary>Finds records by client, by id or all, and makes resources of them. A record that cannot be told exactly makes the answer unavailable, not shorter.</summary>
internal sealed class RestReader(MappingFile mapping, RestHttpClient rest, MappingShadow? shadow, TimeProvider clock)
{
    private readonly RecordKind? persons = mapping.Records.FirstOrDefault(static kind => kind.Read?.Lookup is not null);

    /// <summary>The day at the product's place.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), mapping.Format.Zone).DateTime);

    /// <summary>Whether the system can be asked for the resources of all clients.</summary>
    public bool CanReadAll(string type) => KindsOf(type).All(static kind => kind.Read!.All is not null);

    /// <summary>The resources of a type, of one client or of all.</summary>
    public async IAsyncEnumerable<Resource> SearchAsync(FacadeQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (KindsOf(query.Type).IsEmpty)
        {
            yield break; // the system has none
        }

        var found = query.Client is { } client ? OfClientAsync(query.Type, client, cancellation) : OfAllAsync(query.Type, cancellation);
        var ids = new HashSet<string?>(StringComparer.Ordinal);
        await foreach (var resource in found.Where(one => one.TypeName == query.Type))
        {
            yield return ids.Add(resource.Id) ? resource : throw new NativeFaultException(NativeFault.Unreadable, "one id twice: the same page again, or rows that moved between pages");
        }
    }

    /// <summary>One resource, or null.</summary>
    public async Task<Resource?> ReadAsync(string type, string id, CancellationToken cancellation)
    {
        foreach (var kind in KindsOf(type))
        {
            if (kind.Read!.One is null || !kind.IsFoundByOwnId(type))
            {
                if (await AllOfAsync(kind, cancellation).FirstOrDefaultAsync(one => one.TypeName == type && one.Id == id, cancellation) is { } among)
                {
                    return among;
                }
            }
            else if (await rest.OneAsync(kind, id, cancellation) is { } record
                && Make(kind, record, await WhoseAsync(kind, record, [], cancellation)).FirstOrDefault(one => one.TypeName == type && one.Id == id) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>A record with the task that it makes, or null.</summary>
    public async Task<(JsonObject Record, Hl7.Fhir.Model.Task Task)?> TaskAsync(RecordKind kind, string id, CancellationToken cancellation) =>
        await rest.OneAsync(kind, id, cancellation) is { } record
        && Make(kind, record, await WhoseAsync(kind, record, [], cancellation)).OfType<Hl7.Fhir.Model.Task>().FirstOrDefault(task => task.Id == id) is { } task ? (record, task) : null;

    /// <summary>The client as the system knows it, or null.</summary>
    public async Task<(JsonObject Record, KnownClient Client)?> FindAsync(Policy.Ids.Hetu client, CancellationToken cancellation) =>
        await rest.FindClientAsync(persons!, client, cancellation) is { } record
            ? (record, new KnownClient(NativePath.ClientNumber(persons!, record) ?? throw new NativeFaultException(NativeFault.Unreadable, "a client without a number"), client))
            : null;

    private ImmutableArray<RecordKind> KindsOf(string type) => [.. mapping.Records.Where(kind => kind.Read is not null && kind.Resources.Any(resource => resource.Type == type))];

    private async IAsyncEnumerable<Resource> OfClientAsync(string type, Policy.Ids.Hetu client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await FindAsync(client, cancellation) is not var (person, known))
        {
            yield break;
        }

        foreach (var kind in KindsOf(type))
        {
            var records = kind == persons ? AsyncEnumerable.Repeat(person, 1) : rest.OfClientAsync(kind, known.Id, cancellation);
            await foreach (var record in records)
            {
                foreach (var resource in Make(kind, record, known))
                {
                    yield return resource;
                }
            }
        }
    }

    private async IAsyncEnumerable<Resource> OfAllAsync(string type, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var kind in KindsOf(type))
        {
            await foreach (var resource in AllOfAsync(kind, cancellation))
            {
                yield return resource;
            }
        }
    }

    private async IAsyncEnumerable<Resource> AllOfAsync(RecordKind kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var known = new Dictionary<string, KnownClient>(StringComparer.Ordinal);
        await foreach (var record in rest.AllAsync(kind, cancellation))
        {
            foreach (var resource in Make(kind, record, await WhoseAsync(kind, record, known, cancellation)))
            {
                yield return resource;
            }
        }
    }

    /// <summary>Whose a record is that says only the product's number: the person's record says the code.</summary>
    private async Task<KnownClient?> WhoseAsync(RecordKind kind, JsonObject record, Dictionary<string, KnownClient> known, CancellationToken cancellation)
    {
        if (kind.Client.Code is not null)
        {
            return null; // it says so itself
        }

        if (NativePath.ClientNumber(kind, record) is not { } number)
        {
            throw new NativeFaultException(NativeFault.Unreadable, "a record that does not say whose it is");
        }

        if (!known.TryGetValue(number, out var client))
        {
            client = persons?.Read!.One is not null && await rest.OneAsync(persons, number, cancellation) is { } person
                && NativePath.ClientNumber(persons, person) == number && NativePath.ClientCode(persons, person) is { } code
                ? new KnownClient(number, code)
                : throw new NativeFaultException(NativeFault.Unreadable, "a record whose client cannot be found");
            known.Add(number, client);
        }

        return client;
    }

    private IEnumerable<Resource> Make(RecordKind kind, JsonObject record, KnownClient? client)
    {
        var mapped = RecordToFhir.Map(mapping, kind, record, client, Today);
        var isRefused = !mapped.Faults.IsEmpty || (!mapped.Unmapped.IsEmpty && !mapping.WithholdsUnmapped);
        shadow?.LookAtRead(kind, record, client, Today, isRefused ? null : mapped.Resources);
        if (isRefused)
        {
            var what = mapped.Faults.IsEmpty ? $"{mapped.Unmapped.Length} fields that the mapping does not know" : mapped.Faults[0];
            throw new NativeFaultException(NativeFault.UnknownCode, $"a record `{kind.Name}`: {what}");
        }

        return mapped.Resources.Select(made => WithVersion(kind, record, MadeResource.Parse(made, out var what) ?? throw new NativeFaultException(NativeFault.Unreadable, $"a record `{kind.Name}` makes no FHIR R4 ({what})")));
    }

    /// <summary>A task whose steps the system takes has the version of its record.</summary>
    private static Resource WithVersion(RecordKind kind, JsonObject record, Resource resource)
    {
        if (resource is Hl7.Fhir.Model.Task task && kind.Steps is { } steps)
        {
            (task.Meta ??= new Meta()).VersionId = steps.VersionOf(record);
        }

        return resource;
    }
}
