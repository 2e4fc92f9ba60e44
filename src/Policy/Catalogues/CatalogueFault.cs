// What is wrong with the catalogue or the deployment, and where.
namespace Sisote.Policy.Catalogues;

/// <summary>One fault in a YAML file: where it stands and what to do about it.</summary>
/// <param name="File">File name, relative to the catalogue or as given.</param>
/// <param name="Line">Line, from 1; 0 where the fault is of the whole file.</param>
/// <param name="Message">What is wrong, in one sentence that names the thing in backticks.</param>
public sealed record CatalogueFault(string File, int Line, string Message)
{
    /// <summary><c>file(line): message</c>.</summary>
    public override string ToString() => Line > 0 ? $"{File}({Line}): {Message}" : $"{File}: {Message}";
}
