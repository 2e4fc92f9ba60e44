// What readiness says of the outbox.
using System.Data.Common;

namespace Sisote.Consent.Outbox;

/// <summary>One word: empty, waiting, overdue where an entry has waited too long, unreadable. It is a word for the operator; the room is ready either way.</summary>
internal sealed class OutboxStanding(OutboxStore outbox, ConsentOptions options, TimeProvider clock)
{
    /// <summary>The word.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var queues = await outbox.QueuesAsync(cancellation);
            return queues.IsEmpty ? "empty" : queues.Any(queue => queue.Oldest + options.OutboxPatience < clock.GetUtcNow()) ? "overdue" : "waiting";
        }
        catch (DbException)
        {
            return "unreadable";
        }
    }
}
