// The far side failed in a way that must not pass as data.
namespace Sisote.Adapters.Native;

/// <summary>Why a native call gave nothing that can be used.</summary>
public enum NativeFault
{
    /// <summary>No connection, or an answer that says "not now": nothing arrived.</summary>
    Down,

    /// <summary>An answer that is too large, not well-formed, or not of the agreed shape.</summary>
    Unreadable,

    /// <summary>No answer to something that was sent, or one that says that the system broke over it.</summary>
    Unanswered,

    /// <summary>A code that the mapping does not know.</summary>
    UnknownCode,

    /// <summary>The system does not accept our credentials.</summary>
    NotLetIn,
}

/// <summary>Raised below the seam and turned into an outcome at it; the message is for diagnostics and holds no value of the answer.</summary>
public sealed class NativeFaultException(NativeFault fault, string what, Exception? inner = null) : Exception(what, inner)
{
    /// <summary>Whether what was sent may have arrived all the same.</summary>
    public bool MayHaveArrived => fault is NativeFault.Unanswered or NativeFault.Unreadable;

    /// <summary>The kind of failure.</summary>
    public NativeFault Fault => fault;
}
