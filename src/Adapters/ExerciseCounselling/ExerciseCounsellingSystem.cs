// An exercise-counselling product behind the facade.
using System.Collections.Immutable;
using System.Net;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;

namespace Sisote.Adapters.ExerciseCounselling;

/// <summary>Reads customers, referrals, limits, goals, plans and measurements of one client or of all; takes referrals and moves them on.</summary>
internal sealed class ExerciseCounsellingSystem(string system, CrmHttpClient crm, CodeMapping codes, TimeProvider clock, ILogger log) : ISourceSystem
{
    private readonly CrmToFhir toFhir = new(codes, clock);
    private readonly FhirToCrm fromFhir = new(codes);
    private readonly ReferralTasks tasks = new(codes);

    /// <inheritdoc />
    public async Task<SearchOutcome> SearchAsync(FacadeQuery query, CancellationToken cancellation)
    {
        try
        {
            return new SearchOutcome.Found(await FindAsync(query, cancellation));
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
            return FacadeId.IsId(id) && await FindAsync(type, id, cancellation) is { } resource ? new ReadOutcome.Found(resource) : new ReadOutcome.NotThere();
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
        var (referral, refusal) = fromFhir.Read(entry);
        if (referral is null)
        {
            return new CreateOutcome.Refused(refusal!);
        }

        try
        {
            var answer = await crm.DeliverAsync(referral, cancellation);
            if (answer.IsGood)
            {
                return new CreateOutcome.Created(Ids(entry, NativeJson.Read<CrmReceipt>(answer.Body)));
            }

            Log.EntryRefused(log, system, (int)answer.Status);
            return new CreateOutcome.Refused(answer.Status == HttpStatusCode.Conflict
                ? "Another referral was delivered with the same key."
                : "The receiving system does not accept the referral.");
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return fault.MayHaveArrived ? new CreateOutcome.Unknown() : new CreateOutcome.Unavailable();
        }
    }

    /// <inheritdoc />
    public async Task<ChangeOutcome> ChangeAsync(TaskToChange change, CancellationToken cancellation)
    {
        var (handling, refusal) = tasks.Read(change);
        if (handling is null)
        {
            return new ChangeOutcome.Refused(refusal!);
        }

        try
        {
            if (!FacadeId.IsId(change.Id) || await OneAsync<CrmReferral>("lahetteet", change.Id, tasks.ToTask, cancellation) is not { } task || SubjectReader.ReadClient(task) != change.Client)
            {
                return new ChangeOutcome.NotThere();
            }
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return new ChangeOutcome.Unavailable(); // nothing was sent yet
        }

        return await SendAsync(change.Id, handling, cancellation);
    }

    private async Task<ChangeOutcome> SendAsync(string id, CrmHandling handling, CancellationToken cancellation)
    {
        try
        {
            var answer = await crm.HandleAsync(id, handling, cancellation);
            if (answer.IsGood)
            {
                return new ChangeOutcome.Changed(ReferralTasks.VersionOf(NativeJson.Read<CrmReferral>(answer.Body)));
            }

            Log.EntryRefused(log, system, (int)answer.Status);
            return answer.Status switch
            {
                HttpStatusCode.NotFound => new ChangeOutcome.NotThere(),
                HttpStatusCode.Conflict => NativeJson.Read<CrmRefusal>(answer.Body).Code == "versio_vanhentunut" ? new ChangeOutcome.Stale() : new ChangeOutcome.Impossible(),
                _ => new ChangeOutcome.Refused("The receiving system does not accept the step."),
            };
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return fault.MayHaveArrived ? new ChangeOutcome.Unknown() : new ChangeOutcome.Unavailable();
        }
    }

    private static ImmutableArray<string> Ids(EntryToCreate entry, CrmReceipt receipt)
    {
        var (limits, goals, plans) = (new Queue<string>(receipt.Limits), new Queue<string>(receipt.Goals), new Queue<string>(receipt.Plans));
        return [.. entry.Resources.Select(resource => FacadeId.Accept(resource switch
        {
            Patient => receipt.CustomerId,
            ServiceRequest => receipt.ReferralId,
            Flag => limits.TryDequeue(out var id) ? id : null,
            Goal => goals.TryDequeue(out var id) ? id : null,
            _ => plans.TryDequeue(out var id) ? id : null,
        }))];
    }

    private async Task<ImmutableArray<Resource>> FindAsync(FacadeQuery query, CancellationToken cancellation)
    {
        CrmPerson? client = null;
        if (query.Client is { } hetu && (client = await crm.FindCustomerAsync(hetu, cancellation)) is null)
        {
            return [];
        }

        return query.Type switch
        {
            "Patient" when client is not null => [CrmToFhir.ToPatient(client)],
            "Patient" => await TakeAsync(query, crm.RowsAsync<CrmPerson>("asiakkaat", null, cancellation).Select(static person => (Resource?)CrmToFhir.ToPatient(person)), cancellation),
            "ServiceRequest" => await RowsAsync<CrmReferral>(query, "lahetteet", client, toFhir.ToServiceRequest, cancellation),
            "Task" => await RowsAsync<CrmReferral>(query, "lahetteet", client, tasks.ToTask, cancellation),
            "Flag" => await RowsAsync<CrmLimit>(query, "rajoitteet", client, toFhir.ToFlag, cancellation),
            "Goal" => await RowsAsync<CrmGoal>(query, "tavoitteet", client, toFhir.ToGoal, cancellation),
            "CarePlan" => await RowsAsync<CrmPlan>(query, "suunnitelmat", client, toFhir.ToCarePlan, cancellation),
            "Observation" => await RowsAsync<CrmMeasurement>(query, "mittaukset", client, toFhir.ToObservation, cancellation),
            _ => [], // it has none of any other type
        };
    }

    private Task<ImmutableArray<Resource>> RowsAsync<TRow>(FacadeQuery query, string collection, CrmPerson? client, Func<TRow, CrmPerson, Resource?> map, CancellationToken cancellation)
        where TRow : class, ICrmRow
    {
        var known = new Dictionary<string, CrmPerson>(StringComparer.Ordinal);
        return TakeAsync(query, crm.RowsAsync<TRow>(collection, client?.Id, cancellation).Select(async (TRow row, CancellationToken token) => map(row, await PersonAsync(row, client, known, token))), cancellation);
    }

    private async Task<CrmPerson> PersonAsync(ICrmRow row, CrmPerson? client, Dictionary<string, CrmPerson> known, CancellationToken cancellation)
    {
        if (client is not null)
        {
            return row.CustomerId == client.Id ? client : throw new NativeFaultException(NativeFault.Unreadable, "a row of another customer than the one asked for");
        }

        if (!known.TryGetValue(row.CustomerId, out var person))
        {
            person = await crm.RowAsync<CrmPerson>("asiakkaat", row.CustomerId, cancellation) is { } found && found.Id == row.CustomerId
                ? found
                : throw new NativeFaultException(NativeFault.Unreadable, "a row without its customer");
            known.Add(row.CustomerId, person);
        }

        return person;
    }

    private async Task<Resource?> FindAsync(string type, string id, CancellationToken cancellation) => type switch
    {
        "Patient" => await crm.RowAsync<CrmPerson>("asiakkaat", id, cancellation) is { } person ? CrmToFhir.ToPatient(person) : null,
        "ServiceRequest" => await OneAsync<CrmReferral>("lahetteet", id, toFhir.ToServiceRequest, cancellation),
        "Task" => await OneAsync<CrmReferral>("lahetteet", id, tasks.ToTask, cancellation),
        "Flag" => await OneAsync<CrmLimit>("rajoitteet", id, toFhir.ToFlag, cancellation),
        "Goal" => await OneAsync<CrmGoal>("tavoitteet", id, toFhir.ToGoal, cancellation),
        "CarePlan" => await OneAsync<CrmPlan>("suunnitelmat", id, toFhir.ToCarePlan, cancellation),
        "Observation" => await OneAsync<CrmMeasurement>("mittaukset", id, toFhir.ToObservation, cancellation),
        _ => null,
    };

    private async Task<Resource?> OneAsync<TRow>(string collection, string id, Func<TRow, CrmPerson, Resource?> map, CancellationToken cancellation)
        where TRow : class, ICrmRow =>
        await crm.RowAsync<TRow>(collection, id, cancellation) is { } row ? map(row, await PersonAsync(row, null, [], cancellation)) : null;

    /// <summary>The resources that the query accepts, no more than it wants.</summary>
    private static async Task<ImmutableArray<Resource>> TakeAsync(FacadeQuery query, IAsyncEnumerable<Resource?> resources, CancellationToken cancellation) =>
        [.. await resources.Where(resource => resource is not null && query.Accepts(resource)).Select(static resource => resource!).Take(query.Reach).ToListAsync(cancellation)];
}
