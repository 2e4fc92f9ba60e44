// Guardians who look leave a trace in the log, and learn nothing from how long an answer takes.
using System.Diagnostics;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;

namespace Sisote.Consent.Minors;

/// <summary>Records that somebody looked as a guardian, durable before anything is shown: also where there is nothing, and where the child is nobody's.</summary>
internal sealed class GuardianLooks(LogWriter writer)
{
    // Longer than the work behind an answer takes, which has a bound; an answer that is later all the same leaves at the next step. A person waits half a second for the page, whatever is on it.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    /// <summary>Records a look.</summary>
    public Task RecordAsync(ActingGuardian? acting, string what, string correlationId) => writer.WriteAsync(async transaction =>
    {
        transaction.Append(
            new LogEntry
            {
                Id = Guid.CreateVersion7().ToString("N"),
                Time = transaction.Now,
                Kind = LogEntryKind.LogRead,
                CorrelationId = correlationId,
                Client = acting?.Child,
                To = ActingGuardian.Party,
                Outcome = "read",
                Concerns = acting is null ? what : $"{what} {acting.Mark}",
                Visibility = new LogVisibility { Client = false },
            },
            sides: acting is null ? [] : await ClientSides.FindAsync(transaction.Session, acting.Child, CancellationToken.None));
        return true;
    });

    /// <summary>Answers at a whole step after the call began: nothing, a bar and a long log behind it take the same time.</summary>
    /// <remarks>The time of the wall, not of the room's clock: it is the caller's clock that would measure.</remarks>
    public static async Task<IResult> EvenAsync(Func<Task<IResult>> work, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var answer = await work();
        await Task.Delay(Step - TimeSpan.FromTicks(watch.Elapsed.Ticks % Step.Ticks), cancellation);
        return answer;
    }
}
