// Every language cites sections in its own way, and every section of the shipped catalogue can be cited.
using System.Text;
using Sisote.Policy.Wording;

namespace Sisote.Tests.Policy.Wording;

public sealed class CitationTests
{
    private static readonly string[] Sections =
    [
        .. Catalogues.Shipped.Rules.Values.SelectMany(static rule => rule.LegalBasis)
            .Concat(Catalogues.Shipped.Prohibitions.Values.SelectMany(static never => never.LegalBasis))
            .Concat(Catalogues.Shipped.MinorsPolicies.Values.SelectMany(static policy => policy.LegalBasis))
            .Concat(Catalogues.Shipped.Items.Values.SelectMany(static item => item.LegalBasis))
            .Select(static basis => basis.Section).Distinct().Order(StringComparer.Ordinal),
    ];

    [Theory]
    [InlineData("6 §", "6 §", "6 §", "section 6")]
    [InlineData("4 §, 6 §", "4 ja 6 §", "4 och 6 §", "sections 4 and 6")]
    [InlineData("22-23 §", "22–23 §", "22–23 §", "sections 22–23")]
    [InlineData("29 § 1 mom 2 k", "29 § 1 mom. 2 kohta", "29 § 1 mom. 2 punkten", "section 29(1)(2)")]
    [InlineData("24 § 1 mom 25 ja 32 k, 29 § 1 mom 2 k", "24 § 1 mom. 25 ja 32 kohta sekä 29 § 1 mom. 2 kohta", "24 § 1 mom. 25 och 32 punkterna samt 29 § 1 mom. 2 punkten", "sections 24(1)(25) and (32) and 29(1)(2)")]
    [InlineData("11 § 2, 3 ja 6 mom (1232/2020)", "11 § 2, 3 ja 6 mom. (1232/2020)", "11 § 2, 3 och 6 mom. (1232/2020)", "section 11(2), (3) and (6) (as amended by 1232/2020)")]
    [InlineData("11 § 4 mom 1-3 k, 6 mom", "11 § 4 mom. 1–3 kohta ja 6 mom.", "11 § 4 mom. 1–3 punkterna och 6 mom.", "sections 11(4)(1)–(3) and 11(6)")]
    [InlineData("58 § 1 mom 2 k ja 3 mom", "58 § 1 mom. 2 kohta ja 3 mom.", "58 § 1 mom. 2 punkten och 3 mom.", "sections 58(1)(2) and 58(3)")]
    [InlineData("53 § 5 mom, viimeinen virke", "53 § 5 mom. viimeinen virke", "53 § 5 mom. sista meningen", "section 53(5), last sentence")]
    [InlineData("58 § viimeinen mom (714/2023)", "58 § viimeinen mom. (714/2023)", "58 § sista mom. (714/2023)", "section 58, last subsection (as amended by 714/2023)")]
    [InlineData("54 § (HE 94/2024 ehdotus)", "54 § (ehdotus HE 94/2024)", "54 § (förslag RP 94/2024)", "section 54 (proposed in bill HE 94/2024)")]
    [InlineData("109 a § 4 mom", "109 a § 4 mom.", "109 a § 4 mom.", "section 109a(4)")]
    [InlineData("art. 6(1)(a)", "6 artiklan 1 kohdan a alakohta", "artikel 6.1 a", "Article 6(1)(a)")]
    [InlineData("art. 4(11), 7", "4 artiklan 11 kohta ja 7 artikla", "artiklarna 4.11 och 7", "Articles 4(11) and 7")]
    [InlineData("chapter 2, somewhere", "chapter 2, somewhere", "chapter 2, somewhere", "chapter 2, somewhere")]
    [InlineData("1 § 1 mom 1 ja 2 k, 2 § 1 mom, 3 § 1 mom", "1 § 1 mom. 1 ja 2 kohta, 2 § 1 mom. sekä 3 § 1 mom.", "1 § 1 mom. 1 och 2 punkterna, 2 § 1 mom. samt 3 § 1 mom.", "sections 1(1)(1) and (2), 2(1) and 3(1)")]
    [InlineData(", 6 §", ", 6 §", ", 6 §", ", 6 §")]
    [InlineData("1 mom", "1 mom", "1 mom", "1 mom")]
    [InlineData("4 § and more", "4 § and more", "4 § and more", "4 § and more")]
    public void ASectionIsCitedAsEachLanguageDoes(string section, string fi, string sv, string en) =>
        Assert.Equal((fi, sv, en), (Citation.Of(section, "fi"), Citation.Of(section, "sv"), Citation.Of(section, "en")));

    [Fact]
    public void TheAnswerLeavesOutWhichActsAmendedASection() =>
        Assert.Equal("sections 40(6) and 41", Citation.Of("40 § 6 mom (272/2015, 1090/2024), 41 §", "en", amendments: false));

    [Theory]
    [InlineData("fi", "703/2023 6 §; 621/1999 26 ja 29 §")]
    [InlineData("sv", "703/2023 6 §; 621/1999 26 och 29 §")]
    [InlineData("en", "703/2023, section 6; 621/1999, sections 26 and 29")]
    public void SeveralStatutesAreCitedOneByOne(string language, string cited) => Assert.Equal(cited, Citation.OfStatutes("703/2023 6 §; 621/1999 26 §, 29 §", language));

    [Fact]
    public void EverySectionOfTheCatalogueIsCitedAsWasAgreed()
    {
        var text = new StringBuilder();
        foreach (var section in Sections)
        {
            text.Append(section).Append('\n');
            foreach (var language in new[] { "fi", "sv", "en" })
            {
                text.Append("  ").Append(Citation.Of(section, language)).Append('\n');
            }
        }

        Golden.Matches("Wording/Golden/citations.txt", text.ToString());
    }

    [Fact]
    public void NoSectionOfTheCatalogueKeepsTheShortFormOfTheFiles()
    {
        var places = Sections.Concat(Catalogues.Shipped.ConsentForms.Values.SelectMany(static form => form.Statute.Split("; ").Select(static one => one.Split(' ', 2)[1])));
        foreach (var place in places)
        {
            Assert.DoesNotMatch(@"\d-\d|mom(?!\.)|\d k\b|art\.", Citation.Of(place, "fi"));
            Assert.DoesNotMatch(@"\d-\d|mom(?!\.)|\d k\b|art\.| ja |viimeinen|ehdotus", Citation.Of(place, "sv"));
            Assert.DoesNotMatch(@"\d-\d|mom|\d k\b|art\.|§| ja |viimeinen|ehdotus", Citation.Of(place, "en"));
            Assert.Matches("^(sections? |Articles? )", Citation.Of(place, "en"));
        }
    }
}
