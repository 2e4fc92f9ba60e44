// The secrets of links, and what a recipient's item leaves of a resource.
using System.Text.Json.Nodes;
using Sisote.Policy.Ids;
using Sisote.Portal.Links;

namespace Sisote.Tests.Portal;

public sealed class LinkSecretTests
{
    [Fact]
    public void ACodeIsReadAsItIsSaidHoweverItIsTyped()
    {
        foreach (var code in Enumerable.Range(0, 200).Select(static _ => LinkSecrets.NewCode()))
        {
            var said = LinkSecrets.Said(code);
            Assert.All([code, said, said.ToLowerInvariant(), $" {string.Join(' ', said.ToCharArray())} "], typed => Assert.Equal(code, LinkSecrets.ReadCode(typed)));
        }
    }

    [Fact]
    public void AnotherCodeOrAnotherTokenNeverHasTheSameMac()
    {
        var made = Enumerable.Range(0, 200).Select(static _ => (Token: LinkSecrets.NewToken(), Code: LinkSecrets.NewCode())).ToList();
        var macs = made.SelectMany(one => new[] { LinkSecrets.MacOf(one.Token, one.Code), LinkSecrets.MacOf(one.Token, "22222222"), LinkSecrets.MacOf(made[0].Token, one.Code) }).Skip(1).ToList();

        Assert.Equal(macs.Count, macs.Distinct().Count());
        Assert.All(made, static one => Assert.True(LinkSecrets.AreSame(LinkSecrets.MacOf(one.Token, one.Code), LinkSecrets.MacOf(one.Token, one.Code))));
        Assert.All(made, static one => Assert.DoesNotContain(LinkSecrets.IdOf(one.Token), one.Token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Meri Mäkinen", "meri-makinen")]
    [InlineData("  Åke  von Öst-O'Brien ", "ake-von-ost-o-brien")]
    [InlineData("Li", null)]
    [InlineData("", null)]
    [InlineData("120385-911F", null)]
    public void ARecipientIsNamedInTheLogByTheName(string name, string? id) => Assert.Equal(id, HandOverLink.IdOf(name)?.Value);

    [Fact]
    public void NoItemOfARecipientCarriesAnIdAnIdentifierAReferenceOrAnythingTheCatalogueDoesNotName()
    {
        var whole = JsonNode.Parse("""
            {"resourceType":"Patient","id":"h-1","meta":{"source":"x"},"identifier":[{"system":"s","value":"v"}],"text":{"div":"x"},"extension":[{"url":"u"}],"birthDate":"1985-03-12","_birthDate":{"extension":[{"url":"u"}]},
             "name":[{"use":"official","family":"Aaltonen","given":["Aino"],"extension":[{"url":"u"}],"id":"n"}],"generalPractitioner":[{"reference":"Practitioner/1"}],"telecom":[{"system":"phone","value":"1"}]}
            """)!.AsObject();

        var cut = Projection.Cut(whole, World.Catalogue.Items[DataItemId.Parse("person-identity")].Selectors[0]);

        Assert.Equal("""{"birthDate":"1985-03-12","name":[{"use":"official","family":"Aaltonen","given":["Aino"]}],"resourceType":"Patient"}""", cut?.ToJsonString());
    }

    [Fact]
    public void AResourceOfAnotherCategoryIsNotTheItem()
    {
        var selector = World.Catalogue.Items[DataItemId.Parse("service-language-access")].Selectors.First(static one => one.ResourceType == "Flag");
        var filter = selector.Filters[0];
        JsonObject Flag(string code) => JsonNode.Parse($$$"""
            {"entry": [{"resource": {"resourceType": "Flag", "status": "active", "category": [{"coding": [{"system": "{{{filter.System}}}", "code": "{{{code}}}"}]}], "subject": {"reference": "Patient/h-1"} } } ] }
            """)!["entry"]![0]!["resource"]!.AsObject();

        Assert.Null(Projection.Cut(Flag("safety"), selector));
        Assert.DoesNotContain("h-1", Projection.Cut(Flag(filter.Codes[0]), selector)!.ToJsonString(), StringComparison.Ordinal);
    }
}
