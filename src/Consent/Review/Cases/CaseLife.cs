// Cases are opened and changed: one transaction with the log.
using System.Collections.Immutable;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent.Reviewing;

namespace Sisote.Consent.Review.Cases;

/// <summary>Who takes a step, in which call.</summary>
internal sealed record CaseActor(LogParty Party, string CorrelationId);

/// <summary>A step: the case after it, its code, and what the log says beside.</summary>
internal sealed record CaseStep<T>(T After, string Outcome)
    where T : ReviewCase
{
    public LogReview? Said { get; init; }
}

/// <summary>What became of a step.</summary>
internal abstract record CaseChange<T>
    where T : ReviewCase
{
    private CaseChange()
    {
    }

    public sealed record Done(KeptCase<T> Kept, long Index) : CaseChange<T>;

    /// <summary>There is no such case for this caller.</summary>
    public sealed record NotThere : CaseChange<T>;

    /// <summary>The case does not stand where the step begins.</summary>
    public sealed record Refused(string WhatToDo) : CaseChange<T>;
}

/// <summary>Keeps the life of cases.</summary>
/// <remarks>INVARIANT: no case changes without an entry of the log that commits to it as it stands then. A closed case takes no step.</remarks>
internal sealed class CaseLife(LogWriter writer, CaseStore cases)
{
    private static readonly Digest Later = new(new byte[Digest.Length]);

    /// <summary>Something for <see cref="CaseStep{T}.Said"/>; the digest is put in when the case is written.</summary>
    public static LogReview Say(string subject) => new() { Subject = subject, Content = Later };

    /// <summary>Opens a case; null where there is nothing to open.</summary>
    public Task<KeptCase<T>?> OpenAsync<T>(Func<LogTransaction, string, Task<(CaseFile<T> File, CaseStep<T> Step)?>> make, CaseActor who)
        where T : ReviewCase
    {
        var id = Guid.CreateVersion7().ToString("N");
        return writer.WriteAsync(async transaction =>
            await make(transaction, id) is var (file, step) ? (await WriteAsync(transaction, file, step, who, opens: true)).Kept : null);
    }

    /// <summary>Takes a step.</summary>
    /// <param name="id">The case.</param>
    /// <param name="admits">Whether it is the caller's.</param>
    /// <param name="take">The step, or why it cannot be taken.</param>
    /// <param name="who">Who takes it.</param>
    /// <param name="beside">What else is written in the same transaction.</param>
    public Task<CaseChange<T>> ChangeAsync<T>(
        string id, Func<CaseFile<T>, bool> admits, Func<T, DateTimeOffset, (CaseStep<T>? Step, string? Refusal)> take, CaseActor who, Func<LogTransaction, KeptCase<T>, Task>? beside = null)
        where T : ReviewCase => writer.WriteAsync<CaseChange<T>>(async transaction =>
    {
        if (await cases.FindAsync<T>(transaction.Session, id, CancellationToken.None) is not { } kept || !admits(kept.File))
        {
            return new CaseChange<T>.NotThere();
        }

        if (kept.Case.ClosedAt is not null)
        {
            return new CaseChange<T>.Refused("It is closed: nothing of it can be changed. Open a new one.");
        }

        var (step, refusal) = take(kept.Case, transaction.Now);
        if (step is null)
        {
            return new CaseChange<T>.Refused(refusal ?? "Read it again.");
        }

        var done = await WriteAsync(transaction, kept.File with { Case = step.After }, step, who, opens: false);
        await (beside?.Invoke(transaction, done.Kept) ?? Task.CompletedTask);
        return done;
    });

    private async Task<CaseChange<T>.Done> WriteAsync<T>(LogTransaction transaction, CaseFile<T> file, CaseStep<T> step, CaseActor who, bool opens)
        where T : ReviewCase
    {
        var digest = await cases.WriteAsync(transaction.Session, file);
        var told = transaction.Append(new LogEntry
        {
            Schema = CanonicalForm.ReviewSchema,
            Id = opens ? file.Case.Id : Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.Review,
            CorrelationId = who.CorrelationId,
            Relates = opens ? null : file.Case.Id,
            Client = file.Client,
            To = who.Party,
            Outcome = step.Outcome,
            Concerns = file.Case.Id,
            Review = (step.Said ?? Say(CaseStore.KindOf<T>())) with { Content = digest },
            Visibility = new LogVisibility { Client = false },
        }, sides: ImmutableArray.Create(file.Case.Organisation));
        return new CaseChange<T>.Done(new KeptCase<T>(file, digest), told.Index);
    }
}
