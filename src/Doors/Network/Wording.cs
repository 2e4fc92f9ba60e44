// What an organisation says in its own words.
namespace Sisote.Doors.Network;

/// <summary>One text in the languages in which its writer gave it, at least one. Nothing is translated.</summary>
public sealed record Wording
{
    /// <summary>Finnish.</summary>
    public string? Fi { get; init; }

    /// <summary>Swedish.</summary>
    public string? Sv { get; init; }

    /// <summary>English.</summary>
    public string? En { get; init; }

    /// <summary>The text in a language (<c>fi</c>, <c>sv</c>, <c>en</c>), or in the first that there is in the order Finnish, Swedish, English.</summary>
    public string In(string language) => All().Prepend(language switch { "sv" => Sv, "en" => En, _ => Fi }).OfType<string>().FirstOrDefault() ?? string.Empty;

    /// <summary>Every text that was given.</summary>
    public IEnumerable<string> All() => new[] { Fi, Sv, En }.OfType<string>();
}
