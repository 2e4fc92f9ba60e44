// A statute as a decision cites it.
namespace Sisote.Policy.Decisions;

/// <summary>Statute and section, for example <c>703/2023</c> and <c>6 §</c>.</summary>
public sealed record LegalBasisCitation
{
    /// <summary>Number and year of the statute.</summary>
    public required string Statute { get; init; }

    /// <summary>Section, subsection, point.</summary>
    public required string Section { get; init; }
}
