// A REST system behind the facade.
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Mapping;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.Rest;

/// <summary>Reads what the mapping reads and writes what it writes, nothing else.</summary>
internal sealed class RestSystem(string system, MappingFile mapping, RestHttpClient rest, MappingShadow? shadow, TimeProvider clock, ILogger log) : ISourceSystem
{
    /// <summary>How long after the call writing may begin: before the gateway gives up.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly KeyTurns turns = new();
    private readonly RestReader reader = new(mapping, rest, shadow, clock);
    private readonly RestWriter writer = new(system, mapping, rest, shadow, clock, log);
    private readonly RestSteps steps = new(system, mapping, rest, new RestReader(mapping, rest, null, clock), log);

    /// <summary>The mapping on trial, where the settings name one.</summary>
    public MappingShadow? Shadow => shadow;

    /// <inheritdoc />
    public async Task<SearchOutcome> SearchAsync(FacadeQuery query, CancellationToken cancellation)
    {
        try
        {
            return query.Client is null && !reader.CanReadAll(query.Type) ? new SearchOutcome.NotSupported()
                : new SearchOutcome.Found([.. await reader.SearchAsync(query, cancellation).Where(query.Accepts).Take(query.Reach).ToListAsync(cancellation)]);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return new SearchOutcome.Unavailable();
        }
    }

    /// <inheritdoc />
    public async Task<ReadOutcome> ReadAsync(string type, string id, CancellationToken cancellation)
    {
        try
        {
            return FacadeId.IsId(id) && await reader.ReadAsync(type, id, cancellation) is { } found ? new ReadOutcome.Found(found) : new ReadOutcome.NotThere();
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return new ReadOutcome.Unavailable();
        }
    }

    /// <inheritdoc />
    /// <remarks>A key is worked on by one at a time: whoever was given up on may still be sending what the next one asks for. Writing begins within a limit, or not at all.</remarks>
    public async Task<CreateOutcome> CreateAsync(EntryToCreate entry, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await turns.InTurnAsync(entry.IdempotencyKey, () => CreateInTurnAsync(entry, patience.Token, cancellation), patience.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Log.NativeFaulted(log, system, NativeFault.Unanswered, "another delivery of the entry is still under way");
            return new CreateOutcome.Unknown();
        }
    }

    /// <inheritdoc />
    public Task<ChangeOutcome> ChangeAsync(TaskToChange change, CancellationToken cancellation) => steps.TakeAsync(change, cancellation);

    private async Task<CreateOutcome> CreateInTurnAsync(EntryToCreate entry, CancellationToken patience, CancellationToken cancellation)
    {
        var (prepared, outcome) = await PrepareAsync(entry, patience, cancellation);
        if (prepared is null)
        {
            return outcome!;
        }

        try
        {
            return await writer.SendAsync(entry, prepared, cancellation);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return fault.MayHaveArrived ? new CreateOutcome.Unknown() : new CreateOutcome.Unavailable();
        }
    }

    /// <summary>All that is done before anything is sent: a fault in it, or its being too slow, means that nothing arrived.</summary>
    private async Task<(PreparedRecord? Prepared, CreateOutcome? Outcome)> PrepareAsync(EntryToCreate entry, CancellationToken patience, CancellationToken cancellation)
    {
        try
        {
            var prepared = await writer.PrepareAsync(entry, patience);
            patience.ThrowIfCancellationRequested();
            return prepared;
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return (null, new CreateOutcome.Unavailable());
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            Log.NativeFaulted(log, system, NativeFault.Down, "too slow to begin writing");
            return (null, new CreateOutcome.Unavailable());
        }
    }
}
