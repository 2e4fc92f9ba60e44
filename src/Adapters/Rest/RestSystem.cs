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
    private readonly RestReader reader = new(mapping, rest, shadow, clock);
    private readonly RestWriter writer = new(system, mapping, rest, shadow, clock, log);

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
    public async Task<CreateOutcome> CreateAsync(EntryToCreate entry, CancellationToken cancellation)
    {
        var (prepared, outcome) = await PrepareAsync(entry, cancellation);
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

    /// <summary>All that is done before anything is sent: a fault in it means that nothing arrived.</summary>
    private async Task<(PreparedRecord? Prepared, CreateOutcome? Outcome)> PrepareAsync(EntryToCreate entry, CancellationToken cancellation)
    {
        try
        {
            return await writer.PrepareAsync(entry, cancellation);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return (null, new CreateOutcome.Unavailable());
        }
    }
}
