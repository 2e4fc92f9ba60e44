// Brings an entry to a FHIR server, once.
using System.Net;
using System.Text.Json.Nodes;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.Fhir;

/// <summary>
/// Every resource of a delivery carries a mark of key and place. Before writing, what stands there under the marks already is found; only what is missing is written, under the condition that nobody else
/// wrote it meanwhile; and where the answer says nothing clear, the marks tell what became of it. A key is worked on by one at a time, and writing begins within a limit, or not at all.
/// </summary>
internal sealed class FhirDelivery(FhirParts parts)
{
    /// <summary>How long after the call writing may begin: before the gateway gives up.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly FhirOutgoing outgoing = new(parts);
    private readonly KeyTurns turns = new();

    /// <summary>Delivers.</summary>
    public async Task<CreateOutcome> DeliverAsync(EntryToCreate entry, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, parts.Clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await turns.InTurnAsync(entry.IdempotencyKey, () => DeliverInTurnAsync(entry, patience.Token, cancellation), patience.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Log.NativeFaulted(parts.Log, parts.System, NativeFault.Unanswered, "another delivery of the entry is still under way");
            return new CreateOutcome.Unknown();
        }
    }

    private async Task<CreateOutcome> DeliverInTurnAsync(EntryToCreate entry, CancellationToken patience, CancellationToken cancellation)
    {
        try
        {
            var (draft, refusal) = outgoing.Draft(entry);
            if (draft is null)
            {
                return new CreateOutcome.Refused(refusal!);
            }

            var match = await parts.Clients.FindAsync(entry.Client, patience);
            var person = (match as FhirMatch.One)?.Person;
            var (standing, verdict) = await FindStandingAsync(draft, person, patience);
            if (verdict is not null)
            {
                return verdict;
            }

            if (match is FhirMatch.Ambiguous || person is null && !draft.Parts.Any(static part => part.Type == "Patient"))
            {
                return standing.Any(static id => id is not null) ? new CreateOutcome.Unknown() // it came before the client was lost
                    : new CreateOutcome.Refused(match is FhirMatch.Ambiguous ? "The receiving system cannot say which of its clients this is." : "The receiving system does not know the client.");
            }

            return standing.All(static id => id is not null) ? Arrived(entry, draft, standing) : await SendAsync(entry, draft, person, standing, patience, cancellation);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(parts.Log, parts.System, fault.Fault, fault.Message);
            return new CreateOutcome.Unavailable(); // nothing was sent yet
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            Log.NativeFaulted(parts.Log, parts.System, NativeFault.Down, "too slow to begin writing");
            return new CreateOutcome.Unavailable();
        }
    }

    /// <summary>What stands on the server of this delivery, by place; with a verdict where something else stands there under the same key, or the same twice.</summary>
    private async Task<(string?[] Standing, CreateOutcome? Verdict)> FindStandingAsync(FhirDraft draft, FhirPerson? person, CancellationToken cancellation)
    {
        var standing = draft.Parts.Select(part => part.Type == "Patient" ? person?.Id : null).ToArray();
        foreach (var type in draft.Parts.Where(static part => part.Type != "Patient").GroupBy(static part => part.Type))
        {
            var marks = string.Join(',', type.Select(static part => $"{FhirDraft.MarkSystem}|{part.Mark}"));
            foreach (var found in await parts.Http.SearchAsync(type.Key, [("identifier", marks)], null, cancellation))
            {
                var place = draft.Parts.IndexOf(type.FirstOrDefault(part => Has(found, "identifier", FhirDraft.MarkSystem, "value", part.Mark)) ?? throw FhirJson.Unreadable("an entry that was not asked for"));
                if (FhirJson.Objects(found["meta"], "tag").Any(tag => FhirJson.Text(tag, "system") == FhirDraft.DigestSystem && FhirJson.Text(tag, "code") != draft.Digest))
                {
                    return (standing, new CreateOutcome.Refused("Another entry was delivered with the same key."));
                }

                if (standing[place] is not null)
                {
                    Log.NativeFaulted(parts.Log, parts.System, NativeFault.Unreadable, "one entry twice");
                    return (standing, new CreateOutcome.Unknown()); // it arrived, but which of the two is meant nobody can say
                }

                standing[place] = FhirJson.Text(found, "id");
            }
        }

        return (standing, null);
    }

    private async Task<CreateOutcome> SendAsync(EntryToCreate entry, FhirDraft draft, FhirPerson? person, string?[] standing, CancellationToken patience, CancellationToken cancellation)
    {
        patience.ThrowIfCancellationRequested();
        try
        {
            var answer = draft.Parts.Length == 1 && person is not null ? await CreateAsync(draft, person, cancellation) : await TransactAsync(draft, person, standing, cancellation);
            if (answer.IsGood)
            {
                return ReadIds(answer, draft, standing) is { } ids ? Created(entry, draft, ids) : await LookAgainAsync(entry, draft, new CreateOutcome.Unknown(), cancellation);
            }

            Log.EntryRefused(parts.Log, parts.System, (int)answer.Status);
            CreateOutcome otherwise = answer.Status == HttpStatusCode.Conflict ? new CreateOutcome.Unknown() : new CreateOutcome.Refused("The receiving system does not accept the entry.");
            return await LookAgainAsync(entry, draft, otherwise, cancellation); // a conflict may be with this very entry, which a search does not find yet, and a refusal may be that of another
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(parts.Log, parts.System, fault.Fault, fault.Message);
            return fault.MayHaveArrived ? await LookAgainAsync(entry, draft, new CreateOutcome.Unknown(), cancellation) : new CreateOutcome.Unavailable();
        }
    }

    private Task<NativeAnswer> CreateAsync(FhirDraft draft, FhirPerson person, CancellationToken cancellation)
    {
        var part = draft.Parts[0];
        SetSubject(part, $"Patient/{person.Id}");
        return parts.Http.WriteAsync(HttpMethod.Post, part.Type, part.Json, ("If-None-Exist", Condition(part)), cancellation);
    }

    private Task<NativeAnswer> TransactAsync(FhirDraft draft, FhirPerson? person, string?[] standing, CancellationToken cancellation)
    {
        var subject = person is null ? draft.Parts.First(static part => part.Type == "Patient").Name : $"Patient/{person.Id}";
        var entries = new JsonArray();
        foreach (var (place, part) in draft.Parts.Index().Where(part => standing[part.Index] is null))
        {
            SetSubject(part, subject);
            Resolve(part.Json, draft, standing);
            entries.Add(new JsonObject
            {
                ["fullUrl"] = part.Name,
                ["resource"] = part.Json.DeepClone(),
                ["request"] = new JsonObject { ["method"] = "POST", ["url"] = part.Type, ["ifNoneExist"] = Condition(part) },
            });
        }

        return parts.Http.WriteAsync(HttpMethod.Post, string.Empty, new JsonObject { ["resourceType"] = "Bundle", ["type"] = "transaction", ["entry"] = entries }, null, cancellation);
    }

    /// <summary>What became of a delivery that was not answered clearly.</summary>
    private async Task<CreateOutcome> LookAgainAsync(EntryToCreate entry, FhirDraft draft, CreateOutcome otherwise, CancellationToken cancellation)
    {
        try
        {
            var person = (await parts.Clients.FindAsync(entry.Client, cancellation) as FhirMatch.One)?.Person;
            var (standing, verdict) = await FindStandingAsync(draft, person, cancellation);
            return verdict is CreateOutcome.Unknown ? verdict
                : verdict is null && standing.All(static id => id is not null) ? Created(entry, draft, standing)
                : otherwise;
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(parts.Log, parts.System, fault.Fault, fault.Message);
            return new CreateOutcome.Unknown();
        }
    }

    private string?[]? ReadIds(NativeAnswer answer, FhirDraft draft, string?[] standing)
    {
        if (draft.Parts is [{ Type: not "Patient" }])
        {
            return !IsOfAnother(answer, draft.Parts[0]) && IdAt(answer.Location, draft.Parts[0].Type) is { } id ? [id] : null;
        }

        var missing = draft.Parts.Index().Where(part => standing[part.Index] is null).ToList();
        var bundle = FhirJson.Parse(answer.Body);
        var responses = FhirJson.Text(bundle, "type") == "transaction-response" ? FhirJson.Objects(bundle, "entry").Select(static entry => entry["response"]).ToList() : [];
        var ids = (string?[])standing.Clone();
        foreach (var (part, response) in missing.Zip(responses))
        {
            ids[part.Index] = FhirJson.Text(response, "status") is ['2', ..] ? IdAt(FhirJson.Text(response, "location"), part.Item.Type) : null;
        }

        return responses.Count == missing.Count && ids.All(static id => id is not null) ? ids : null;
    }

    /// <summary>Whether the server answers with a resource that carries the mark of another entry; where it answers with none, its address counts.</summary>
    private static bool IsOfAnother(NativeAnswer answer, FhirDraftPart part) =>
        answer.Body.Length > 0 && FhirJson.Parse(answer.Body) is { } shown && FhirJson.Text(shown, "resourceType") == part.Type
        && FhirJson.Objects(shown, "identifier").Any(static one => FhirJson.Text(one, "system") == FhirDraft.MarkSystem) && !Has(shown, "identifier", FhirDraft.MarkSystem, "value", part.Mark);

    private string? IdAt(string? location, string type) => FhirReferences.Read(location, parts.Http.Address) is var (found, id) && found == type ? id : null;

    /// <summary>An entry that stood there before; where it cannot be named, it is there all the same.</summary>
    private CreateOutcome Arrived(EntryToCreate entry, FhirDraft draft, string?[] ids)
    {
        try
        {
            return Created(entry, draft, ids);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(parts.Log, parts.System, fault.Fault, fault.Message);
            return new CreateOutcome.Unknown();
        }
    }

    private CreateOutcome.Created Created(EntryToCreate entry, FhirDraft draft, string?[] ids) =>
        new([.. draft.Parts.Take(entry.Resources.Length).Zip(ids, (part, id) => parts.Ids.Give(part.Type, id))]);

    private string Condition(FhirDraftPart part)
    {
        var (system, value) = part.Type == "Patient" ? (parts.Clients.IdentifierSystem, FhirJson.Text(part.Json["identifier"]![0], "value")!) : (FhirDraft.MarkSystem, part.Mark);
        return $"identifier={Uri.EscapeDataString($"{system}|{value}")}";
    }

    private static void SetSubject(FhirDraftPart part, string subject)
    {
        if (FhirShapes.SubjectOf(part.Type) is { } element)
        {
            part.Json[element] = new JsonObject { ["reference"] = subject };
        }
    }

    /// <summary>References to resources of the delivery that stand on the server already.</summary>
    private static void Resolve(JsonNode? node, FhirDraft draft, string?[] standing)
    {
        foreach (var inner in node switch { JsonObject element => element.Select(static member => member.Value).ToList(), JsonArray list => [.. list], _ => [] })
        {
            Resolve(inner, draft, standing);
        }

        if (FhirJson.Text(node, "reference") is { } name && draft.Parts.Index().FirstOrDefault(part => part.Item.Name == name) is { Item: { } part } named && standing[named.Index] is { } id)
        {
            node!["reference"] = $"{part.Type}/{id}";
        }
    }

    private static bool Has(JsonObject resource, string list, string system, string member, string value) =>
        FhirJson.Objects(resource, list).Any(one => FhirJson.Text(one, "system") == system && FhirJson.Text(one, member) == value);
}
