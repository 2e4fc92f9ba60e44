// What an earlier publication said of a figure.
namespace Sisote.Policy.Figures;

/// <summary>What was published of a figure before: it stays so.</summary>
public enum SaidBefore
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The figure itself; it cannot be hidden any more.</summary>
    Shown,

    /// <summary>That it is hidden; it cannot be shown any more.</summary>
    Hidden,
}
