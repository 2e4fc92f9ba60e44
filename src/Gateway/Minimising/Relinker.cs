// What becomes of references on the way through.
namespace Sisote.Gateway.Minimising;

/// <summary>Writes references anew, as whole JSON objects. False = nothing may stand there, and nothing was written.</summary>
internal abstract class Relinker
{
    /// <summary>The reference to the client.</summary>
    internal abstract bool TryWriteSubject(PooledBytes output);

    /// <summary>Any other reference.</summary>
    internal abstract bool TryWriteReference(FoundReference found, PooledBytes output);
}
