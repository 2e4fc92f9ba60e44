// What readiness says of the log and its witnesses.
using System.Data.Common;
using Sisote.Consent.Keeping;

namespace Sisote.Consent.Witnessing;

/// <summary>Detail of <c>/health/ready</c>.</summary>
/// <param name="Log">writable or unwritable.</param>
/// <param name="Witnesses">none (not asked), enough, or overdue.</param>
internal sealed record Readiness(string Log, string Witnesses);

/// <summary>Ready is whoever can write the log. Overdue witnesses are told, and count only where the deployment demands it.</summary>
internal sealed class WitnessReadiness(LogHealth health, WitnessReport report, WitnessingPlan plan)
{
    /// <summary>The answer.</summary>
    public async Task<IResult> AnswerAsync(CancellationToken cancellation)
    {
        var writable = await health.IsWritableAsync();
        var overdue = plan.Quorum.Needed > 0 && await IsOverdueAsync(cancellation);
        var detail = new Readiness(writable ? "writable" : "unwritable", plan.Quorum.Needed == 0 ? "none" : overdue ? "overdue" : "enough");
        return TypedResults.Json(detail, statusCode: writable && !(overdue && plan.QuorumForReadiness) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<bool> IsOverdueAsync(CancellationToken cancellation)
    {
        try
        {
            return await report.IsOverdueAsync(cancellation);
        }
        catch (DbException)
        {
            return true; // what cannot be read is not known to be in order
        }
    }
}
