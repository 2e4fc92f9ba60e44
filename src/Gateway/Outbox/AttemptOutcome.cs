// What came of looking after a waiting entry.
using Sisote.Doors.Outbox;

namespace Sisote.Gateway.Outbox;

/// <summary>It has ended, or it goes on waiting.</summary>
internal abstract record AttemptOutcome
{
    private AttemptOutcome()
    {
    }

    /// <summary>It has ended, and the log says so.</summary>
    internal sealed record Ended(OutboxState State, KeptAnswer Answer) : AttemptOutcome;

    /// <summary>It was sent, and the target did not take it now.</summary>
    internal sealed record NotTaken : AttemptOutcome;

    /// <summary>It was sent, and it is not known whether it arrived, or the log does not know it yet.</summary>
    internal sealed record Unclear : AttemptOutcome;

    /// <summary>It was not sent, because what is needed for it cannot be asked now.</summary>
    internal sealed record NotTried : AttemptOutcome;
}
