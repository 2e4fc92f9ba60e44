// The shipped catalogue with something written otherwise.
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy;

internal static class EditedCatalogue
{
    internal static readonly (string Name, string Text)[] Shipped = [.. CatalogueReader.EmbeddedTexts()];

    /// <summary>The texts with the first occurrence of one passage of one file replaced.</summary>
    internal static (string Name, string Text)[] Texts(string file, string good, string bad) => Texts(Shipped, file, good, bad);

    internal static (string Name, string Text)[] Texts((string Name, string Text)[] texts, string file, string good, string bad)
    {
        Assert.Contains(texts, entry => entry.Name == file && entry.Text.Contains(good, StringComparison.Ordinal));
        return [.. texts.Select(entry => entry.Name == file ? (entry.Name, Replaced(entry.Text, good, bad)) : entry)];
    }

    internal static LegalCatalogue With(string file, string good, string bad) => Catalogues.Load(CatalogueReader.Read(Texts(file, good, bad)));

    internal static LegalCatalogue Without(string file) => Catalogues.Load(CatalogueReader.Read(Shipped.Where(entry => entry.Name != file)));

    internal static LegalCatalogue Adding(string file, string text) => Catalogues.Load(CatalogueReader.Read([.. Shipped, (file, text)]));

    private static string Replaced(string text, string good, string bad)
    {
        var at = text.IndexOf(good, StringComparison.Ordinal);
        return text[..at] + bad + text[(at + good.Length)..];
    }
}
