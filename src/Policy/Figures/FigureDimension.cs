// One way in which persons are counted apart.
using System.Collections.Immutable;

namespace Sisote.Policy.Figures;

/// <summary>One dimension of a table: municipality, age group, month.</summary>
/// <param name="Id">Its name, for example <c>municipality</c>.</param>
/// <param name="Codes">Its values, at least one, each once; together they cover everybody who is counted, so that their sum is the total.</param>
/// <param name="Overlaps">Whether one person can be counted under several of its codes, as in several months: then a sum over it says no more of persons than its greatest summand does.</param>
public sealed record FigureDimension(string Id, ImmutableArray<string> Codes, bool Overlaps = false);
