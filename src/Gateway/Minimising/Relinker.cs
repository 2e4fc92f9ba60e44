// What becomes of references on the way through.
namespace Sisote.Gateway.Minimising;

/// <summary>A reference as it was found.</summary>
/// <param name="Literal"><c>Type/id</c>, <c>urn:uuid:...</c> or anything else that stood there.</param>
/// <param name="IdentifierSystem">System of a logical reference.</param>
/// <param name="IdentifierValue">Value of a logical reference.</param>
internal readonly record struct FoundReference(string? Literal, string? IdentifierSystem, string? IdentifierValue);

/// <summary>Writes references anew, as whole JSON objects. False = nothing may stand there, and nothing was written.</summary>
internal abstract class Relinker
{
    /// <summary>The reference to the client.</summary>
    internal abstract bool TryWriteSubject(PooledBytes output);

    /// <summary>Any other reference.</summary>
    internal abstract bool TryWriteReference(FoundReference found, PooledBytes output);
}
