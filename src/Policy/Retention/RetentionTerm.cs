// How long one kind of record is kept.
namespace Sisote.Policy.Retention;

/// <summary>How long a record of the log is kept, or why nobody can say when its time ends.</summary>
public abstract record RetentionTerm
{
    private RetentionTerm()
    {
    }

    /// <summary>So many years from the event.</summary>
    /// <param name="Period">The catalogue's period.</param>
    /// <param name="Count">Years, the controllers' where no statute fixes them.</param>
    public sealed record Years(string Period, int Count) : RetentionTerm
    {
        /// <summary>The last day of the time; erased is from the day after.</summary>
        public DateOnly LastDay(DateOnly happened) => happened.Year + Count < DateOnly.MaxValue.Year ? happened.AddYears(Count) : DateOnly.MaxValue;
    }

    /// <summary>A controller has not said how long, so it is kept.</summary>
    /// <param name="Period">The catalogue's period that waits for the controller; null where the catalogue has none either.</param>
    /// <param name="AtLeast">Its least years.</param>
    public sealed record Unset(string? Period, int AtLeast) : RetentionTerm;
}
