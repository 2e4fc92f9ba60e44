// What became of a read.
using System.Collections.Immutable;

namespace Sisote.Client;

/// <summary>One of four: given, nothing, refused, try later. Only <see cref="Given"/> holds data.</summary>
/// <typeparam name="T">What is given.</typeparam>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    /// <summary>Given.</summary>
    /// <param name="Value">What was asked for.</param>
    /// <param name="Receipts">The log's promises that this disclosure is on record; keep them.</param>
    public sealed record Given(T Value, ImmutableArray<Receipt> Receipts) : Outcome<T>
    {
        /// <summary>Always <c>given:***</c>, whatever is given.</summary>
        public override string ToString() => "given:***";
    }

    /// <summary>There is nothing, or nothing that may be given: which of both, nobody is told.</summary>
    public sealed record Nothing : Outcome<T>;

    /// <summary>The call itself is refused; the same again will be, too.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Refused(Problem Problem) : Outcome<T>;

    /// <summary>Nothing was given now; the same call may succeed later.</summary>
    /// <param name="Problem">Why.</param>
    /// <param name="After">How long to wait at least.</param>
    public sealed record TryLater(Problem Problem, TimeSpan After) : Outcome<T>;
}
