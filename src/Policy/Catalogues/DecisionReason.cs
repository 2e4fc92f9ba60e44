// A reason for a human decision, as a code with words.
namespace Sisote.Policy.Catalogues;

/// <summary>A reason that a professional gives with a decision: a code of the catalogue, so that no word about a person stands in the log.</summary>
public sealed record DecisionReason
{
    /// <summary>Code.</summary>
    public required string Code { get; init; }

    /// <summary>What it says, for people.</summary>
    public required LocalisedText Labels { get; init; }

    /// <summary>Whether it is a reason to decide for the release; else one to decline it.</summary>
    public required bool Releases { get; init; }
}
