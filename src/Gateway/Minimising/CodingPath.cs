// A place below a filtered element where codings decide.
namespace Sisote.Gateway.Minimising;

/// <summary>A tree of element paths below one filtered element (a CodeableConcept's <c>coding</c> is not part of a path) with what the codings there fulfil.</summary>
internal sealed class CodingPath(IEnumerable<KeyValuePair<string, CodingPath>> below, CodingMap<Bits>? fulfils)
{
    private readonly CodingPath?[] below = ElementNames.Table(below);

    internal CodingPath? Below(int name) => (uint)name < (uint)below.Length ? below[name] : null;

    /// <summary>The conditions that a coding here fulfils.</summary>
    internal ulong FulfilledBy(ReadOnlySpan<byte> system, ReadOnlySpan<byte> code) => fulfils?.Find(system, code)?.Value ?? 0;
}

/// <summary>A set of conditions or selectors, one bit each.</summary>
internal sealed record Bits(ulong Value);
