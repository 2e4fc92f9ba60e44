// Where an entry stands.
using System.Collections.Immutable;

namespace Sisote.Client;

/// <summary>What became of an entry that was sent. The same entry under the same key never arrives twice.</summary>
public abstract record Sending
{
    private Sending()
    {
    }

    /// <summary>It arrived, by the gateway's own receipts; an answer without any is <see cref="TryLater"/>, for somebody between may have given it.</summary>
    /// <param name="Location">Where it can be read, if it may; null = not said.</param>
    /// <param name="Receipts">Of the intent, then of the outcome.</param>
    public sealed record Delivered(Uri? Location, ImmutableArray<Receipt> Receipts) : Sending
    {
        /// <summary>Always <c>delivered:***</c>: the address holds this system's handle of what was made.</summary>
        public override string ToString() => "delivered:***";
    }

    /// <summary>The gateway keeps it and sends it when the target can take it; nothing is to be sent again.</summary>
    /// <param name="Place">Where its state is looked up.</param>
    /// <param name="State"><c>waiting</c>, <c>sending</c> or <c>unknown</c> (docs/outbox.md).</param>
    /// <param name="After">When to look again at the earliest.</param>
    public sealed record Waiting(Uri Place, string State, TimeSpan After) : Sending;

    /// <summary>It was kept, and has ended without arriving: <c>refused</c>, <c>cancelled</c> or <c>expired</c>.</summary>
    /// <param name="State">How it ended.</param>
    /// <param name="Problem">What is said of it.</param>
    public sealed record NotDelivered(string State, Problem Problem) : Sending;

    /// <summary>It has ended, and nobody knows whether it arrived: ask the target's people.</summary>
    /// <param name="Problem">What is said of it.</param>
    public sealed record Unknown(Problem Problem) : Sending;

    /// <summary>It may not be sent, or not so.</summary>
    /// <param name="Problem">Why; <see cref="Problem.At"/> names an element.</param>
    public sealed record Refused(Problem Problem) : Sending;

    /// <summary>It is not known to be kept: send the same again, under the same key.</summary>
    /// <param name="Problem">Why.</param>
    /// <param name="After">How long to wait at least.</param>
    public sealed record TryLater(Problem Problem, TimeSpan After) : Sending;
}
