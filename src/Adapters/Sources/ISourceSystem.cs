// The seam between the FHIR facade and a sector system's own protocol.
using Sisote.Adapters.Facade;

namespace Sisote.Adapters.Sources;

/// <summary>One connected system of the deployment, reached through its native protocol. Implemented once for each kind of system.</summary>
/// <remarks>
/// An implementation that listens for the system's own calls is also an <see cref="IHostedService"/>; <see cref="SourceSystems"/> starts and stops it.
/// Expected failures of the far side are outcomes; an exception means a fault of our own and becomes a 500.
/// </remarks>
internal interface ISourceSystem
{
    /// <summary>Finds resources. May narrow by category, code and status natively; the facade applies those filters to the answer in any case.</summary>
    Task<SearchOutcome> SearchAsync(FacadeQuery query, CancellationToken cancellation);

    /// <summary>Reads one resource by the id that a search gave.</summary>
    Task<ReadOutcome> ReadAsync(string type, string id, CancellationToken cancellation);

    /// <summary>Writes an entry. The same <see cref="EntryToCreate.IdempotencyKey"/> again must not write twice.</summary>
    Task<CreateOutcome> CreateAsync(EntryToCreate entry, CancellationToken cancellation);

    /// <summary>Takes a step of a task. The same <see cref="TaskToChange.IdempotencyKey"/> again answers as before, whatever happened since. Systems without tasks have none to change.</summary>
    Task<ChangeOutcome> ChangeAsync(TaskToChange change, CancellationToken cancellation) => Task.FromResult<ChangeOutcome>(new ChangeOutcome.NotThere());
}
