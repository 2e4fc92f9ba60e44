// What checking an assertion gives.
using Sisote.Doors.Tokens;

namespace Sisote.Identity.Assertions;

internal abstract record AssertionOutcome
{
    private AssertionOutcome()
    {
    }

    /// <summary>It stands, provided that its identifier was not used before.</summary>
    internal sealed record Accepted(string Identifier, DateTimeOffset End, BusinessContext? Business) : AssertionOutcome;

    /// <summary>It does not. The description is for the caller and repeats nothing that the caller sent.</summary>
    internal sealed record Refused(AssertionReason Reason, string Error, string Description) : AssertionOutcome;
}
