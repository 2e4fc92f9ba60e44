// The codes with which phenomena are reported.
using System.Collections.Frozen;

namespace Sisote.Consent.Phenomena;

/// <summary>Closed lists, in the file <c>phenomenon-codes.txt</c>: a line begins with its list and has its codes.</summary>
internal static class PhenomenonCodes
{
    private static readonly FrozenSet<string> All = WordList.Lines("phenomenon-codes.txt").SelectMany(static line => line[1..].Select(code => $"{line[0]} {code}")).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it is a code of what phenomena are about.</summary>
    public static bool IsCategory(string code) => All.Contains($"category {code}");

    /// <summary>Whether it is a grade or an age group.</summary>
    public static bool IsGroup(string code) => All.Contains($"group {code}");
}
