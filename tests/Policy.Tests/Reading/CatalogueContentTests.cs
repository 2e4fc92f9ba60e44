// What the files say stands in the catalogue, and nothing else.
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy.Reading;

public sealed class CatalogueContentTests
{
    [Fact]
    public void EveryWordOfTheFilesIsInTheCatalogueAtItsPlace() => Golden.Matches("Reading/Golden/catalogue.txt", Plain.Text(SmallCatalogue.Read()));

    [Fact]
    public void TheProgramHoldsItsOwnCatalogueAndAFolderIsReadWithItsSubfolders()
    {
        var embedded = CatalogueReader.EmbeddedTexts().Select(static file => file.Name).Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(embedded, CatalogueReader.DirectoryTexts(Path.Combine(DemoWorld.Folder, "src/Catalogue")).Select(static file => file.Name).Order(StringComparer.Ordinal));
        Assert.Contains("rules/EX-02.yaml", embedded);
        Assert.IsType<CatalogueReading.Loaded>(CatalogueReader.ReadEmbedded());
    }

    [Theory]
    [InlineData("sectors.yaml", "{fi: Terveys, sv: Hälsa, en: Health}", "{sv: \"Hälsa \", en: 'Health', fi: Terveys}", true)]
    [InlineData("rules/R-1.yaml", "items: [weight, name]", "items:\n  - weight\n  - name", true)]
    [InlineData("rules/R-1.yaml", "items: [weight, name]", "items: [name, weight]", false)]
    [InlineData("rules/R-2.yaml", "\\\"auki\\\" \\\\ .", "\\\"auki\\\" \\\\\\\\ .", false)]
    [InlineData("rules/R-2.yaml", "\\\"auki\\\" \\\\ .", "auki \\\\ .", false)]
    [InlineData("obligations.yaml", "en: Keep it.", "en: Keep it!", false)]
    public void TheVersionFollowsTheContentAndNotItsLayout(string file, string good, string bad, bool same) =>
        Assert.Equal(same, SmallCatalogue.Read().Version == SmallCatalogue.With(file, good, bad).Version);

    [Fact]
    public void AVersionIsSixtyFourLowerCaseHexadecimalDigits()
    {
        var digits = new string('a', 32) + new string('0', 32);

        Assert.Equal(digits, CatalogueVersion.Parse(digits).Value);
        Assert.Equal(digits, $"{CatalogueVersion.Parse(digits)}");
        Assert.Equal(string.Empty, default(CatalogueVersion).Value);
        Assert.Equal($"\"{digits}\"", System.Text.Json.JsonSerializer.Serialize(CatalogueVersion.Parse(digits)));
        Assert.Equal(CatalogueVersion.Parse(digits), System.Text.Json.JsonSerializer.Deserialize<CatalogueVersion>($"\"{digits}\""));
        foreach (var bad in new[] { digits[1..], digits + "0", digits.ToUpperInvariant(), string.Empty })
        {
            Assert.Equal("A catalogue version is 64 lower-case hexadecimal digits.", Assert.Throws<FormatException>(() => CatalogueVersion.Parse(bad)).Message);
            Assert.Equal("Not a catalogue version.", Assert.Throws<System.Text.Json.JsonException>(() => System.Text.Json.JsonSerializer.Deserialize<CatalogueVersion>($"\"{bad}\"")).Message);
        }
    }

    [Fact]
    public void AFaultOfAWholeFileHasNoLine()
    {
        Assert.Equal("a.yaml(3): Wrong.", $"{new CatalogueFault("a.yaml", 3, "Wrong.")}");
        Assert.Equal("a.yaml(1): Wrong.", $"{new CatalogueFault("a.yaml", 1, "Wrong.")}");
        Assert.Equal("a.yaml: Wrong.", $"{new CatalogueFault("a.yaml", 0, "Wrong.")}");
    }

    [Theory]
    [InlineData("fi", "Kyllä")]
    [InlineData("sv", "Ja")]
    [InlineData("en", "Yes")]
    [InlineData("de", "Kyllä")]
    public void ATextIsGivenInTheLanguageAskedForElseInFinnish(string language, string text) =>
        Assert.Equal(text, new LocalisedText { Fi = "Kyllä", Sv = "Ja", En = "Yes" }.In(language));
}
