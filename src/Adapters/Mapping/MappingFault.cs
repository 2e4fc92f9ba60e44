// What is wrong with a mapping file, and where.
namespace Sisote.Adapters.Mapping;

/// <summary>One fault of a mapping file.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Path">Where in the file, <c>records.goal.resources[0].elements.code</c>; empty for the whole file.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
public sealed record MappingFault(string File, int Line, string Path, string Message)
{
    /// <summary><c>file(line) path: message</c>.</summary>
    public override string ToString() => Path.Length == 0 ? $"{File}({Line}): {Message}" : $"{File}({Line}) {Path}: {Message}";
}
