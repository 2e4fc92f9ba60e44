// The client's sentences, word for word.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Portal.Disclosures;
using Sisote.Portal.Texts;

namespace Sisote.Tests.Portal;

public sealed class DisclosureSentenceTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 8, 23, 0, TimeSpan.Zero);

    private static readonly MyDisclosure Row = new()
    {
        Time = Time,
        FirstTime = Time,
        Count = 1,
        Index = 7,
        Kind = LogEntryKind.Disclosure,
        Outcome = "released",
        From = new DisclosureEnd { Organisation = OrganisationId.Parse("pohjois-savo"), Sector = SectorId.Parse("health") },
        To = new DisclosureEnd { Organisation = OrganisationId.Parse("kuopio"), Sector = SectorId.Parse("municipal-sports") },
        Released = [DataItemId.Parse("exercise-restriction"), DataItemId.Parse("exercise-goal-plan")],
        Withheld = [],
        Grounds = [new DisclosureGround { Rule = RuleId.Parse("EX-02"), Consents = [new ConsentReference { Id = "c", Version = 1, Form = ConsentFormId.Parse("SECRECY") }] }],
    };

    [Theory]
    [InlineData("fi", "Kuopion kaupunki (kunnan liikuntatoimi) sai 22.11.2026 klo 10.23 nämä tietosi, koska annoit suostumuksen:")]
    [InlineData("sv", "Kuopio stad (kommunens idrottssektor) fick 22.11.2026 kl. 10.23 följande uppgifter om dig, eftersom du gav ditt samtycke:")]
    [InlineData("en", "City of Kuopio (municipal sports) got these data of yours on 22 November 2026 at 10:23 because you gave your consent:")]
    public void ADisclosureByConsentReadsAsASentence(string language, string expected)
    {
        var says = Say(Row, language);

        Assert.Equal(expected, says.Text);
        Assert.Equal(2, says.Items.Count);
        Assert.Null(says.Repeats);
    }

    [Fact]
    public void ADisclosureByLawSaysSo() =>
        Assert.Equal("Kuopion kaupunki (kunnan liikuntatoimi) sai 22.11.2026 klo 10.23 nämä tietosi lain nojalla:", Say(Row with { Grounds = [] }).Text);

    [Fact]
    public void SomebodyWhoGotNothingIsSaidToHaveGotNothing() =>
        Assert.Equal("Kuopion kaupunki (kunnan liikuntatoimi) pyysi 22.11.2026 klo 10.23 tietojasi, mutta ei saanut mitään.", Say(Row with { Kind = LogEntryKind.Refusal, Released = [] }).Text);

    [Fact]
    public void RepeatedFetchesAreOneSentenceWithACount()
    {
        var says = Say(Row with { Count = 4, Time = Time.AddHours(1) });

        Assert.Equal("Kuopion kaupunki (kunnan liikuntatoimi) sai 22.11.2026 nämä tietosi, koska annoit suostumuksen:", says.Text);
        Assert.Equal("Sama toistui 4 kertaa klo 10.23–11.23.", says.Repeats);
    }

    [Fact]
    public void AnEntryThatMayNotHaveArrivedSaysSo() =>
        Assert.Equal("Ei ole vielä varmaa, menivätkö tiedot perille.", Say(Row with { Kind = LogEntryKind.WriteIntent, Outcome = "unknown" }).Outcome);

    [Fact]
    public void OfTheStatutesOfARuleThoseAreToldThatTheDecisionCited()
    {
        var told = new Names(TextCatalogue.In("fi"), Settings()).Basis(RuleId.Parse("SO-04"), [new LegalBasisCitation { Statute = "703/2023", Section = "64 § 1 mom" }]).ToArray();

        Assert.Equal("703/2023, 64 § 1 mom", Assert.Single(told).Place);
        Assert.StartsWith("Sosiaaliviranomaisella on oikeus saada pyynnöstä", told[0].Says, StringComparison.Ordinal);
    }

    [Fact]
    public void AStatuteThatTheRuleNoLongerNamesIsToldWithoutWords() => Assert.Equal(
        [("1285/2016, 11 § 4 mom 1-3 k", string.Empty)],
        new Names(TextCatalogue.In("fi"), Settings()).Basis(RuleId.Parse("YO-02"), [new LegalBasisCitation { Statute = "1285/2016", Section = "11 § 4 mom 1-3 k" }]));

    private static DisclosureSentence Say(MyDisclosure row, string language = "fi")
    {
        var texts = TextCatalogue.In(language);
        return new DisclosureSentence(row, texts, new Names(texts, Settings()));
    }

    private static RoomSettings Settings() => new()
    {
        Issuer = new Uri("http://127.0.0.1/"),
        Gateway = new Uri("http://127.0.0.1/"),
        Portal = new Uri("http://127.0.0.1/"),
        Consent = new Uri("http://127.0.0.1/"),
        Adapters = new Uri("http://127.0.0.1/"),
        DataDirectory = ".",
        KeyDirectory = ".",
        Catalogue = World.Catalogue,
        Deployment = World.Deployment,
    };
}
