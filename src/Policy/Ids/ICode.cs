// The shape all code-like identifiers share, so that JSON, YAML and tests treat them alike.
using System.Diagnostics.CodeAnalysis;

namespace Sisote.Policy.Ids;

/// <summary>A code of the catalogue or the deployment: a short text without spaces, compared ordinally.</summary>
/// <typeparam name="TSelf">The identifier itself.</typeparam>
public interface ICode<TSelf>
    where TSelf : struct, ICode<TSelf>
{
    /// <summary>The code as text.</summary>
    string Value { get; }

    /// <summary>Reads a code.</summary>
    /// <exception cref="FormatException">The text is empty, longer than 64 characters or holds something else than letters, digits, '-', '_' and '.'.</exception>
    static abstract TSelf Parse(string text);

    /// <summary>Reads a code; false where <see cref="Parse"/> would throw.</summary>
    static abstract bool TryParse([NotNullWhen(true)] string? text, out TSelf code);
}
