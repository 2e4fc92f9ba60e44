// One who knows a part of what is counted.
namespace Sisote.Policy.Figures;

/// <summary>An organisation that delivered a part of the counts, or took part in the events that are counted: it takes what it knows from a published sum.</summary>
/// <param name="Rest">The counts without its own: the same dimensions as the whole.</param>
/// <param name="Knows">Figures of which it knows the whole; of others it knows its own part only.</param>
public sealed record Insider(FigureTable Rest, Func<int, bool> Knows);
