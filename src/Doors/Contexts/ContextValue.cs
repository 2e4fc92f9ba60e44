// What one key of the Sisote-Context header says.
namespace Sisote.Doors.Contexts;

/// <summary>One stated circumstance: a text, a code or a flag (RFC 9651 §3.3; numbers, dates and byte sequences are not used here).</summary>
public abstract record ContextValue
{
    private ContextValue()
    {
    }

    /// <summary>The value as text for the log: <c>true</c> or <c>false</c> for a flag.</summary>
    public abstract string Text { get; }

    /// <summary>Free text: a string <c>"..."</c> or, with letters beyond ASCII, a display string <c>%"..."</c>.</summary>
    public sealed record String(string Value) : ContextValue
    {
        /// <inheritdoc />
        public override string Text => Value;
    }

    /// <summary>A code written without quotes.</summary>
    public sealed record Token(string Value) : ContextValue
    {
        /// <inheritdoc />
        public override string Text => Value;
    }

    /// <summary>A flag: <c>?1</c>, <c>?0</c>, or the key alone for true.</summary>
    public sealed record Flag(bool Value) : ContextValue
    {
        /// <inheritdoc />
        public override string Text => Value ? "true" : "false";
    }
}
