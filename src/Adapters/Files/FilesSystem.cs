// A system that drops files, behind the facade.
using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Sources;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Adapters.Files;

/// <summary>Reads what the newest files hold. Takes no entries.</summary>
internal sealed class FilesSystem(string system, FileDrop drop, TimeSpan longest, TimeProvider clock, ILogger log) : ISourceSystem
{
    /// <inheritdoc />
    public Task<SearchOutcome> SearchAsync(FacadeQuery query, CancellationToken cancellation) => Task.FromResult<SearchOutcome>(
        Resources(query.Type) is { } all
            ? new SearchOutcome.Found([.. all.Where(one => query.Client is not { } client || SubjectReader.ReadClient(one) == client).Where(query.Accepts).Take(query.Reach)])
            : new SearchOutcome.Unavailable());

    /// <inheritdoc />
    public Task<ReadOutcome> ReadAsync(string type, string id, CancellationToken cancellation) => Task.FromResult<ReadOutcome>(
        Resources(type) is not { } all ? new ReadOutcome.Unavailable()
            : all.FirstOrDefault(one => one.Id == id) is { } found ? new ReadOutcome.Found(found)
            : new ReadOutcome.NotThere());

    /// <inheritdoc />
    public Task<CreateOutcome> CreateAsync(EntryToCreate entry, CancellationToken cancellation) =>
        Task.FromResult<CreateOutcome>(new CreateOutcome.Refused("A system that drops files takes no entries."));

    /// <summary>The resources of a type; null where a list that should hold some is not there or too old.</summary>
    private ImmutableArray<Resource>? Resources(string type)
    {
        try
        {
            var (lists, all) = (drop.Read(), ImmutableArray.CreateBuilder<Resource>());
            foreach (var kind in drop.Kinds(type))
            {
                if (lists.FirstOrDefault(list => list.Kind == kind) is not { } list || list.AsOf + longest <= clock.GetUtcNow())
                {
                    Log.FileTooOld(log, system, kind.Name);
                    return null;
                }

                all.AddRange(list.Resources.Where(one => one.TypeName == type));
            }

            return all.ToImmutable();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.NativeFaulted(log, system, Native.NativeFault.Down, "the folder cannot be read");
            return null;
        }
    }
}
