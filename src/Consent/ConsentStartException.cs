// Why the room cannot open.
namespace Sisote.Consent;

/// <summary>The consent service cannot start; the message is one line that says what to do.</summary>
public sealed class ConsentStartException : Exception
{
    /// <summary>Makes the exception from the line for the operator.</summary>
    public ConsentStartException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
