// A system that speaks FHIR R4 itself, behind the facade.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.Fhir;

/// <summary>What a system of this kind is made of.</summary>
internal sealed record FhirParts
{
    /// <summary>The system's id.</summary>
    public required string System { get; init; }

    /// <summary>The server.</summary>
    public required FhirHttpClient Http { get; init; }

    /// <summary>Who is who there.</summary>
    public required FhirClients Clients { get; init; }

    /// <summary>Codes.</summary>
    public required FhirCodes Codes { get; init; }

    /// <summary>Names.</summary>
    public required FhirIds Ids { get; init; }

    /// <summary>Types that are read.</summary>
    public required ImmutableArray<string> Reads { get; init; }

    /// <summary>Types that it takes.</summary>
    public required ImmutableArray<string> Writes { get; init; }

    /// <summary>The organisation whose system it is.</summary>
    public required string Organisation { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Diagnostics.</summary>
    public required ILogger Log { get; init; }
}

/// <summary>Reads the configured types of one client or of all; takes entries and steps of tasks.</summary>
internal sealed class FhirSystem(FhirParts parts) : ISourceSystem
{
    private readonly FhirProjection projection = new(parts.Codes, parts.Ids, parts.Http.Address, parts.Reads, parts.Clock);
    private readonly FhirDelivery deliveries = new(parts);
    private readonly FhirSteps steps = new(parts);

    /// <inheritdoc />
    public async Task<SearchOutcome> SearchAsync(FacadeQuery query, CancellationToken cancellation)
    {
        try
        {
            return new SearchOutcome.Found(parts.Reads.Contains(query.Type) ? await FindAsync(query, cancellation) : []);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(parts.Log, parts.System, fault.Fault, fault.Message);
            return new SearchOutcome.Unavailable();
        }
    }

    /// <inheritdoc />
    public async Task<ReadOutcome> ReadAsync(string type, string id, CancellationToken cancellation)
    {
        try
        {
            return parts.Reads.Contains(type) && parts.Ids.Find(type, id) is { } upstream && await FindAsync(type, upstream, cancellation) is { } found ? new ReadOutcome.Found(found) : new ReadOutcome.NotThere();
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(parts.Log, parts.System, fault.Fault, fault.Message);
            return new ReadOutcome.Unavailable();
        }
    }

    /// <inheritdoc />
    public Task<CreateOutcome> CreateAsync(EntryToCreate entry, CancellationToken cancellation) => deliveries.DeliverAsync(entry, cancellation);

    /// <inheritdoc />
    public Task<ChangeOutcome> ChangeAsync(TaskToChange change, CancellationToken cancellation) => steps.TakeAsync(change, cancellation);

    private async Task<ImmutableArray<Resource>> FindAsync(FacadeQuery query, CancellationToken cancellation)
    {
        if (query.Client is not { } client)
        {
            return await FindOfAllAsync(query, cancellation);
        }

        if ((await parts.Clients.FindAsync(client, cancellation)).Certain() is not { } person)
        {
            return [];
        }

        var found = query.Type == "Patient" ? [person.Patient] : await parts.Http.SearchAsync(query.Type, [("patient", $"Patient/{person.Id}")], client.Reveal(), cancellation);
        return Project(found.Select(resource => (resource, query.Type == "Patient" || parts.Clients.SubjectOf(query.Type, resource) == person.Id
            ? person
            : throw FhirJson.Unreadable("a resource of another client than the one asked for"))), query.Type);
    }

    /// <summary>The rows of all clients; those of a Patient without exactly one personal identity code are not visible.</summary>
    private async Task<ImmutableArray<Resource>> FindOfAllAsync(FacadeQuery query, CancellationToken cancellation)
    {
        var (known, rows) = (new Dictionary<string, FhirPerson?>(StringComparer.Ordinal), new List<(JsonObject Resource, FhirPerson Person)>());
        foreach (var resource in await parts.Http.SearchAsync(query.Type, [], null, cancellation))
        {
            var id = query.Type == "Patient" ? FhirJson.Text(resource, "id")! : parts.Clients.SubjectOf(query.Type, resource);
            if (!known.TryGetValue(id, out var person))
            {
                known.Add(id, person = await parts.Clients.FindByIdAsync(id, cancellation) is FhirMatch.One(var one) ? one : null);
            }

            if (person is not null)
            {
                rows.Add((query.Type == "Patient" ? person.Patient : resource, person));
            }
        }

        return Project(rows, query.Type);
    }

    private ImmutableArray<Resource> Project(IEnumerable<(JsonObject Resource, FhirPerson Person)> rows, string type)
    {
        var made = rows.Select(row => projection.ToFacade(type, row.Resource, row.Person)).ToList();
        var shown = made.OfType<Resource>().ToImmutableArray();
        if (shown.Length < made.Count)
        {
            Log.ResourcesWithheld(parts.Log, parts.System, made.Count - shown.Length);
        }

        return shown;
    }

    private async Task<Resource?> FindAsync(string type, string upstream, CancellationToken cancellation)
    {
        if (type == "Patient")
        {
            return (await parts.Clients.FindByIdAsync(upstream, cancellation)).Certain() is { } patient ? projection.ToFacade(type, patient.Patient, patient) : null;
        }

        return await parts.Http.ReadAsync(type, upstream, cancellation) is { } resource && (await parts.Clients.FindByIdAsync(parts.Clients.SubjectOf(type, resource), cancellation)).Certain() is { } person
            ? projection.ToFacade(type, resource, person)
            : null;
    }
}
