// A student-welfare record behind the facade.
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Adapters.StudentWelfare;

/// <summary>Reads pupils, needs of arrangements, expert groups and their plans; listens for the record's own notices to teachers. Takes no entries.</summary>
internal sealed class StudentWelfareSystem(string system, WelfareHttpClient record, CodeMapping codes, NoticeDoor? notices, TimeProvider clock, ILogger log) : ISourceSystem, IHostedService
{
    private readonly WelfareToFhir toFhir = new(codes, clock);

    /// <summary>The door for notices, where the settings open one.</summary>
    public NoticeDoor? Notices => notices;

    /// <inheritdoc />
    public async Task<SearchOutcome> SearchAsync(FacadeQuery query, CancellationToken cancellation)
    {
        if (query.Type is not ("Patient" or "Flag" or "CareTeam" or "CarePlan"))
        {
            return new SearchOutcome.Found([]); // it has none, as metadata cannot know
        }

        try
        {
            var pupils = query.Client is { } client ? await record.FindAsync(client, cancellation) is { } pupil ? [pupil] : [] : await record.AllAsync(cancellation);
            return new SearchOutcome.Found([.. pupils.SelectMany(one => toFhir.Resources(query.Type, one)).Where(query.Accepts).Take(query.Reach)]);
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
            var found = type == "Flag" ? await FlagAsync(id, cancellation)
                : (await record.AllAsync(cancellation)).SelectMany(pupil => toFhir.Resources(type, pupil)).FirstOrDefault(resource => resource.Id == id);
            return found is null ? new ReadOutcome.NotThere() : new ReadOutcome.Found(found);
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return new ReadOutcome.Unavailable();
        }
    }

    /// <inheritdoc />
    public Task<CreateOutcome> CreateAsync(EntryToCreate entry, CancellationToken cancellation) =>
        Task.FromResult<CreateOutcome>(new CreateOutcome.Refused("The student-welfare record takes no entries."));

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => notices?.StartAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => notices?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    private async Task<Resource?> FlagAsync(string id, CancellationToken cancellation) =>
        FacadeId.IsId(id) && await record.NeedAsync(id, cancellation) is var (pupilId, person, need) ? toFhir.ToFlag(pupilId, person, need) : null;
}
