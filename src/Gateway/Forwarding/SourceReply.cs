// What came of asking a source.
namespace Sisote.Gateway.Forwarding;

/// <summary>Why a source gave no answer.</summary>
internal enum SourceFault
{
    /// <summary>It answered.</summary>
    None,

    /// <summary>There was no credential for it; it was not asked.</summary>
    NoCredential,

    /// <summary>No connection could be made; it was not asked.</summary>
    NeverConnected,

    /// <summary>It was too slow, or the connection was cut before an answer began.</summary>
    Unreached,

    /// <summary>What came is no HTTP answer that could be read: no such protocol, or a head without end.</summary>
    Unreadable,

    /// <summary>The caller hung up first.</summary>
    CallerGone,
}

/// <summary>The beginning of a source's answer, or why there is none; with the time limit that holds for the rest of it too.</summary>
internal sealed class SourceReply(HttpResponseMessage? response, SourceFault fault, SourceTimes.SourceTime? limit) : IDisposable
{
    internal HttpResponseMessage? Response => response;

    internal SourceFault Fault => fault;

    /// <summary>Ends when the source has had its time, or when the caller hangs up.</summary>
    internal CancellationToken Limit => limit?.Token ?? CancellationToken.None;

    public void Dispose()
    {
        response?.Dispose();
        limit?.Dispose();
    }
}
