// What became of protecting a table.
namespace Sisote.Policy.Figures;

/// <summary>A table that may be published, or the word that it may not.</summary>
public abstract record SuppressionOutcome
{
    private SuppressionOutcome()
    {
    }

    /// <summary>It may be published.</summary>
    /// <param name="Table">With what is hidden.</param>
    public sealed record Protected(ProtectedTable Table) : SuppressionOutcome;

    /// <summary>With what was published before, a hidden figure could be computed whatever else were hidden: nothing more may be published.</summary>
    public sealed record Refused : SuppressionOutcome;
}
