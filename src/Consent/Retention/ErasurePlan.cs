// A run of erasing is prepared, told apart from others, and begun.
using Sisote.Consent.Keeping;
using Sisote.Doors.Consent;
using Sisote.Policy.Retention;

namespace Sisote.Consent.Retention;

/// <summary>Whether a run may begin or go on.</summary>
internal abstract record RunOutcome
{
    private RunOutcome()
    {
    }

    /// <summary>It may.</summary>
    public sealed record Ready(KeptRun Run) : RunOutcome;

    /// <summary>There is none.</summary>
    public sealed record Absent : RunOutcome;

    /// <summary>It was given up, or the retention terms have changed since it was prepared.</summary>
    public sealed record Outdated : RunOutcome;

    /// <summary>Its bundle was not taken out, or another one was named.</summary>
    public sealed record ExportWanted : RunOutcome;
}

/// <summary>Prepares runs and lets them begin. Only one can be under way.</summary>
internal sealed class ErasurePlan(LogWriter writer, LogRetention terms)
{
    /// <summary>Prepares a run as of a day.</summary>
    public Task<KeptRun> PrepareAsync(DateOnly asOf) => writer.WriteAsync(async transaction =>
    {
        var run = new KeptRun
        {
            Id = Guid.CreateVersion7().ToString("N"),
            AsOf = asOf,
            Size = (await LogEdge.ReadAsync(transaction.Session, CancellationToken.None)).Range.Size,
            Terms = terms.Version,
            PreparedAt = transaction.Now,
            State = KeptRun.Prepared,
        };
        await run.AddAsync(transaction.Session, CancellationToken.None);

        // No run that stands could look at a hold that has ended: those prepared earlier were just given up.
        await HoldStore.ForgetClientsAsync(transaction.Session, run, CancellationToken.None);
        return run;
    });

    /// <summary>Remembers the bundle that was taken out for a run; false where the run has begun or was given up meanwhile.</summary>
    public Task<bool> KeepExportAsync(string id, DisclosureLog.Tree.Digest export) => writer.WriteAsync(async transaction =>
    {
        if (await KeptRun.FindAsync(transaction.Session, id, CancellationToken.None) is not { State: KeptRun.Prepared } run)
        {
            return false;
        }

        await (run with { Export = export }).KeepAsync(transaction.Session, CancellationToken.None);
        return true;
    });

    /// <summary>Begins a run, or lets it go on, as the operator says.</summary>
    public Task<RunOutcome> BeginAsync(string id, RunErasure asked) => writer.WriteAsync<RunOutcome>(async transaction =>
    {
        if (await KeptRun.FindAsync(transaction.Session, id, CancellationToken.None) is not { } run)
        {
            return new RunOutcome.Absent();
        }

        if (run.State == KeptRun.GivenUp || (run.State is KeptRun.Prepared or KeptRun.Erasing && run.Terms != terms.Version))
        {
            return new RunOutcome.Outdated();
        }

        // INVARIANT: no run begins before its bundle was taken out and named, or somebody said that none is wanted.
        var begun = run.State == KeptRun.Prepared ? run with { State = KeptRun.Erasing, WithoutExport = asked.WithoutExport } : run;
        if (begun.WithoutExport != asked.WithoutExport || (!begun.WithoutExport && (begun.Export is null || begun.Export != asked.Export)))
        {
            return new RunOutcome.ExportWanted();
        }

        await begun.KeepAsync(transaction.Session, CancellationToken.None);
        return new RunOutcome.Ready(begun);
    });
}
