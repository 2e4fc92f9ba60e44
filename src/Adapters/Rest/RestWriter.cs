// Writes entries into a REST system.
using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Adapters.Mapping;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.Rest;

/// <summary>An entry that is ready to be sent.</summary>
/// <param name="Kind">What kind of record it becomes.</param>
/// <param name="Record">The record.</param>
/// <param name="There">The record as the system has it already, where it was asked and has.</param>
/// <param name="Resources">What it was made of.</param>
/// <param name="Facts">Who writes, and for whom.</param>
internal sealed record PreparedRecord(RecordKind Kind, JsonObject Record, JsonObject? There, ImmutableArray<JsonObject> Resources, EntryFacts Facts);

/// <summary>Makes one record of an entry and sends it once under its key.</summary>
internal sealed class RestWriter(string system, MappingFile mapping, RestHttpClient rest, MappingShadow? shadow, TimeProvider clock, ILogger log)
{
    private const int MostReasons = 3;
    private readonly RestReader reader = new(mapping, rest, null, clock);

    /// <summary>The record of an entry, or why there is none.</summary>
    public async Task<(PreparedRecord? Prepared, CreateOutcome? Outcome)> PrepareAsync(EntryToCreate entry, CancellationToken cancellation)
    {
        ImmutableArray<JsonObject> resources = [.. entry.Resources.Select(MadeResource.ToJson)];
        var facts = new EntryFacts(entry.Client, null, entry.Sender, entry.IdempotencyKey);
        var tried = mapping.Records.Where(static kind => kind.Create is not null)
            .Select(kind => (Kind: kind, Written: FhirToRecord.Write(mapping, kind, resources, facts, reader.Today))).OrderBy(static one => one.Written.Faults.Length).ToList();
        if (tried is not [{ Written.Faults.IsEmpty: true } chosen, ..])
        {
            tried.Take(1).ToList().ForEach(nearest => shadow?.LookAtWrite(nearest.Kind, resources, facts, reader.Today, null));
            return (null, tried is [var nearest, ..] ? CannotTake(nearest.Written) : new CreateOutcome.Refused("The receiving system takes no entries."));
        }

        var (named, number, refused) = await NameAsync(entry, chosen.Kind, chosen.Written, resources, facts, cancellation);
        if (!named.Faults.IsEmpty)
        {
            shadow?.LookAtWrite(chosen.Kind, resources, facts, reader.Today, null);
        }

        if (refused is not null)
        {
            return (null, refused);
        }

        var there = chosen.Kind.Create!.ReadBack is null ? null : await rest.WrittenAsync(chosen.Kind, entry.IdempotencyKey, cancellation);
        return (new PreparedRecord(chosen.Kind, named.Record, there, resources, facts with { ClientNumber = number }), null);
    }

    /// <summary>The record with the product's own number of the client, where it has a place for one.</summary>
    private async Task<(WrittenRecord Named, string? Number, CreateOutcome.Refused? Refused)> NameAsync(
        EntryToCreate entry, RecordKind kind, WrittenRecord written, ImmutableArray<JsonObject> resources, EntryFacts facts, CancellationToken cancellation)
    {
        if (kind.Client.Id is null || !mapping.Records.Any(static one => one.Read?.Lookup is not null))
        {
            return (written, null, null);
        }

        var known = await reader.FindAsync(entry.Client, cancellation);
        if (known is null && kind.Client.Code is null)
        {
            return (written, null, new CreateOutcome.Refused("The receiving system does not know the client."));
        }

        var named = FhirToRecord.Write(mapping, kind, resources, facts with { ClientNumber = known?.Client.Id }, reader.Today);
        return (named, known?.Client.Id, named.Faults.IsEmpty ? null : CannotTake(named)); // the number may stand in the way of something that fitted before
    }

    /// <summary>Sends the record, unless the system has it already; the shadow looks when the entry is on its way, so that it cannot keep it waiting.</summary>
    public async Task<CreateOutcome> SendAsync(EntryToCreate entry, PreparedRecord prepared, CancellationToken cancellation)
    {
        try
        {
            return await DeliverAsync(entry, prepared, cancellation);
        }
        finally
        {
            shadow?.LookAtWrite(prepared.Kind, prepared.Resources, prepared.Facts, reader.Today, prepared.Record);
        }
    }

    private async Task<CreateOutcome> DeliverAsync(EntryToCreate entry, PreparedRecord prepared, CancellationToken cancellation)
    {
        if (prepared.There is { } there)
        {
            return IsOurs(prepared, there) ? new CreateOutcome.Created(Ids(entry, prepared.Kind, there)) : new CreateOutcome.Unknown();
        }

        var answer = await rest.WriteAsync(prepared.Kind, prepared.Record, entry.IdempotencyKey, cancellation);
        if (answer.IsGood)
        {
            var taken = prepared.Kind.Create!.Ids.IsEmpty ? new JsonObject() : rest.Read(answer);
            return RecordOfKey.IsOfAnother(prepared.Kind, prepared.Record, taken)
                ? throw new NativeFaultException(NativeFault.Unreadable, "an answer about another entry")
                : new CreateOutcome.Created(Ids(entry, prepared.Kind, taken));
        }

        Log.EntryRefused(log, system, (int)answer.Status);
        return answer.Status == HttpStatusCode.Conflict
            ? new CreateOutcome.Unknown() // the first attempt may be in work still, or the system recognises what it has already
            : new CreateOutcome.Refused("The receiving system does not accept the entry.");
    }

    private bool IsOurs(PreparedRecord prepared, JsonObject there)
    {
        var isSame = RecordOfKey.IsSame(mapping, prepared.Kind, prepared.Record, there, reader.Today);
        if (!isSame)
        {
            Log.NativeFaulted(log, system, NativeFault.Unreadable, "another record under the entry's key, or one that does not say again what was written");
        }

        return isSame;
    }

    private static CreateOutcome.Refused CannotTake(WrittenRecord written) => new($"The receiving system cannot take this as it is: {string.Join("; ", written.Faults.Take(MostReasons))}.");

    /// <summary>The ids that the system gave; a kind of resource for which it gives none has one made of the key.</summary>
    private static ImmutableArray<string> Ids(EntryToCreate entry, RecordKind kind, JsonNode answer)
    {
        var given = kind.Create!.Ids.ToDictionary(static pair => pair.Key, pair => new Queue<string?>(NativePath.Follow(answer, pair.Value) switch
        {
            JsonArray several => several.Select(FhirJson.Text),
            var one => [FhirJson.Text(one)],
        }));
        return [.. entry.Resources.Select((resource, index) => given.TryGetValue(resource.TypeName, out var ids)
            ? Id(kind, resource, ids.TryDequeue(out var id) ? id : null)
            : FacadeId.FromAny($"{entry.IdempotencyKey}|{index}"))];
    }

    private static string Id(RecordKind kind, Resource resource, string? native)
    {
        var isHashed = kind.Resources.Where(rule => rule.Type == resource.TypeName).SelectMany(static rule => rule.Group.Elements)
            .Any(static element => element is { Place.Path: "id", Source: ElementSource.Field { Form.Kind: ValueKind.Hash } });
        return isHashed && native is { Length: > 0 } ? FacadeId.FromAny(native) : FacadeId.Accept(native);
    }
}
