// The far side failed in a way that must not pass as data.
namespace Sisote.Adapters.Native;

/// <summary>Why a native call gave nothing that can be used.</summary>
public enum NativeFault
{
    /// <summary>No connection, no answer in time, or an answer that says "not now".</summary>
    Down,

    /// <summary>An answer that is too large, not well-formed, or not of the agreed shape.</summary>
    Unreadable,

    /// <summary>A code that the mapping does not know.</summary>
    UnknownCode,

    /// <summary>The system does not accept our credentials.</summary>
    NotLetIn,
}

/// <summary>Raised below the seam and turned into an outcome at it; the message is for diagnostics and holds no value of the answer.</summary>
public sealed class NativeFaultException(NativeFault fault, string what, Exception? inner = null) : Exception(what, inner)
{
    /// <summary>The kind of failure.</summary>
    public NativeFault Fault => fault;
}
