// A label in the three languages of the product.
namespace Sisote.Policy.Catalogues;

/// <summary>One text in Finnish, Swedish and English.</summary>
public sealed record LocalisedText
{
    /// <summary>Finnish.</summary>
    public required string Fi { get; init; }

    /// <summary>Swedish.</summary>
    public required string Sv { get; init; }

    /// <summary>English.</summary>
    public required string En { get; init; }

    /// <summary>The text in a language: <c>fi</c>, <c>sv</c> or <c>en</c>; Finnish for anything else.</summary>
    public string In(string language) => language switch
    {
        "sv" => Sv,
        "en" => En,
        _ => Fi,
    };
}
