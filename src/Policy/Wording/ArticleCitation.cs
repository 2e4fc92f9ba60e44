// Writes articles of EU acts: "6 artiklan 1 kohdan a alakohta", "artikel 6.1 a", "Article 6(1)(a)".
namespace Sisote.Policy.Wording;

internal static class ArticleCitation
{
    /// <summary>Articles such as <c>6(1)(a)</c>.</summary>
    internal static string Write(string[] articles, string language) => language switch
    {
        "sv" => (articles.Length > 1 ? "artiklarna " : "artikel ") + Say.And(articles.Select(static article => Swedish(Steps(article))), language),
        "en" => (articles.Length > 1 ? "Articles " : "Article ") + Say.And(articles, language),
        _ => Say.And(articles.Select(static article => Finnish(Steps(article))), language),
    };

    private static string[] Steps(string article) => article.Replace(")", string.Empty, StringComparison.Ordinal).Split('(');

    private static string Finnish(string[] steps) => steps switch
    {
        [var article] => $"{article} artikla",
        [var article, var paragraph] => $"{article} artiklan {paragraph} kohta",
        _ => $"{steps[0]} artiklan {steps[1]} kohdan {steps[2]} alakohta",
    };

    private static string Swedish(string[] steps) => string.Join('.', steps.Take(2)) + (steps.Length > 2 ? $" {steps[2]}" : string.Empty);
}
