// What readiness says of the log and its witnesses.
using System.Data.Common;
using Sisote.Consent.Keeping;
using Sisote.Consent.Outbox;

namespace Sisote.Consent.Witnessing;

/// <summary>Detail of <c>/health/ready</c>.</summary>
/// <param name="Log">writable or unwritable.</param>
/// <param name="Witnesses">none, enough, overdue or contradicted.</param>
/// <param name="Outbox">empty, waiting, overdue or unreadable.</param>
internal sealed record Readiness(string Log, string Witnesses, string Outbox);

/// <summary>Ready is whoever can write the log. What witnesses say is told, and counts only where the deployment demands it; what waits in the outbox is told.</summary>
internal sealed class WitnessReadiness(LogHealth health, WitnessReport report, WitnessingPlan plan, OutboxStanding outbox)
{
    /// <summary>The answer.</summary>
    public async Task<IResult> AnswerAsync(CancellationToken cancellation)
    {
        var writable = await health.IsWritableAsync();
        var standing = await ReadStandingAsync(cancellation);
        var waiting = await outbox.ReadAsync(cancellation);
        var ready = writable && !(plan.QuorumForReadiness && standing is ("overdue" or "contradicted"));
        return TypedResults.Json(new Readiness(writable ? "writable" : "unwritable", standing, waiting), statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<string> ReadStandingAsync(CancellationToken cancellation)
    {
        try
        {
            return await report.StandingAsync(cancellation);
        }
        catch (DbException)
        {
            return "overdue"; // what cannot be read is not known to be in order
        }
    }
}
