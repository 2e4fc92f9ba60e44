// Cases as answers of the room's doors.
using Sisote.Consent.Storage;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Deciding;

namespace Sisote.Consent.Review.Cases;

/// <summary>Shows a case with what the log says of it.</summary>
internal sealed class CaseAnswers(Database database, CaseStore cases, ConsentOptions options, TimeProvider clock)
{
    /// <summary>The case of a caller's own; null where there is none.</summary>
    public async Task<KeptCase<T>?> FindAsync<T>(string id, Func<CaseFile<T>, bool> admits, CancellationToken cancellation)
        where T : ReviewCase
    {
        await using var session = await database.ReadAsync(cancellation);
        return await cases.FindAsync<T>(session, id, cancellation) is { } kept && admits(kept.File) ? kept : null;
    }

    /// <summary>A case as it is shown.</summary>
    public async Task<ShownCase<T>> ShowAsync<T>(KeptCase<T> kept, CancellationToken cancellation)
        where T : ReviewCase
    {
        await using var session = await database.ReadAsync(cancellation);
        return Show(kept, await CaseStore.ProveAsync(session, kept, cancellation));
    }

    /// <summary>The answer to a step.</summary>
    public IResult Tell<T>(CaseChange<T> change)
        where T : ReviewCase => change switch
    {
        CaseChange<T>.Done done => TypedResults.Ok(Show(done.Kept, new CaseProof(done.Index, "unchanged"))),
        CaseChange<T>.Refused refused => Problems.WrongState(refused.WhatToDo),
        CaseChange<T>.NotThere => Problems.NotFound(),
        _ => throw new InvalidOperationException("No such outcome."),
    };

    /// <summary>Days past the last day of a case that still waits; null where it is not overdue. A question that was answered waits for the officer, not for the one who was asked.</summary>
    public int? DaysOverdue(ReviewCase shown) =>
        shown is { Due: { } due, ClosedAt: null } and not ReviewQuestion { AnsweredAt: not null } && FinnishTime.DateOf(clock.GetUtcNow()).DayNumber - due.DayNumber is > 0 and var days ? days : null;

    /// <summary>Whether so many days are too many.</summary>
    public bool IsEscalated(int? daysOverdue) => daysOverdue >= options.EscalateAfterDays;

    private ShownCase<T> Show<T>(KeptCase<T> kept, CaseProof proof)
        where T : ReviewCase => new()
    {
        Case = kept.Case,
        Proof = proof,
        Overdue = DaysOverdue(kept.Case) is not null,
        Escalated = IsEscalated(DaysOverdue(kept.Case)),
    };
}
