// A place below a filtered element where codings decide.
namespace Sisote.Gateway.Minimising;

/// <summary>A tree of element paths below one filtered element (a CodeableConcept's <c>coding</c> is not part of a path) with what the codings there fulfil.</summary>
internal sealed class CodingPath(IEnumerable<KeyValuePair<string, CodingPath>> below, CodingMap<DecidingCoding> codings)
{
    private readonly CodingPath?[] below = ElementNames.Table(below);

    internal CodingPath? Below(int name) => (uint)name < (uint)below.Length ? below[name] : null;

    /// <summary>A coding that fulfils some condition here.</summary>
    internal DecidingCoding? Find(ReadOnlySpan<byte> system, ReadOnlySpan<byte> code) => codings.Find(system, code);
}

/// <summary>A coding that decides.</summary>
/// <param name="Fulfils">The conditions it fulfils, one bit each.</param>
/// <param name="Ready">The coding as it may leave; null = it has not the shape.</param>
internal sealed record DecidingCoding(ulong Fulfils, ReadyCoding? Ready);
