// Nothing can be written to the log now.
namespace Sisote.Consent.Keeping;

/// <summary>The log cannot take the work: too many wait already, or the database does not write. Nothing of it was done.</summary>
public sealed class LogUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    public LogUnavailableException(bool busy, Exception? inner = null)
        : base(busy ? "Too much work waits for the log." : "The log cannot be written.", inner) => Busy = busy;

    /// <summary>Whether it was only the length of the line.</summary>
    public bool Busy { get; }
}
