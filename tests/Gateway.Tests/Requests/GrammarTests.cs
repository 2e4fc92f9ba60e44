// What the door understands, and that it refuses all else in one shape before anybody is asked about.
using System.Net.Http.Headers;
using System.Text;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Requests;

public sealed class GrammarTests
{
    private static readonly string Handle = new('A', 64);

    public static TheoryData<string, string, int> Refused => new()
    {
        { "GET", "Flag", 400 },
        { "GET", "Flag?patient=", 400 },
        { "GET", "Flag?patient=010190-901R", 400 },
        { "GET", "Flag?patient=Patient/010190-901R", 400 },
        { "GET", $"Flag?patient={new string('A', 53)}010190-901R", 400 },
        { "GET", $"Flag?patient={new string('A', 63)}", 400 },
        { "GET", $"Flag?patient={Handle}&patient={Handle}", 400 },
        { "GET", $"Flag?patient={Handle}&unknown=1", 400 },
        { "GET", $"Flag?patient={Handle}&author=1", 400 },
        { "GET", $"Flag?patient={Handle}&identifier=urn:oid:1.2.246.21|010190-901R", 400 },
        { "GET", "Patient?identifier=urn:oid:1.2.246.21|010190-901R", 400 },
        { "GET", $"Flag?patient:missing=true&patient={Handle}", 400 },
        { "GET", $"Flag?patient.name=x&patient={Handle}", 400 },
        { "GET", $"Flag?patient={Handle}&_include=Flag:author", 400 },
        { "GET", $"Flag?patient={Handle}&_revinclude=Provenance:target", 400 },
        { "GET", $"Flag?patient={Handle}&_has:Observation:patient:code=1", 400 },
        { "GET", $"Flag?patient={Handle}&_format=xml", 400 },
        { "GET", $"Flag?patient={Handle}&_summary=count", 400 },
        { "GET", $"Flag?patient={Handle}&_elements=id", 400 },
        { "GET", $"Flag?patient={Handle}&_sort=author", 400 },
        { "GET", $"Flag?patient={Handle}&_sort=date&_sort=date", 400 },
        { "GET", $"Flag?patient={Handle}&_sort=--date", 400 },
        { "GET", $"Flag?patient={Handle}&_sort=_lastUpdated", 400 },
        { "GET", $"Flag?patient={Handle}&_lastUpdated=gt2026", 400 },
        { "GET", $"Flag?patient={Handle}&_query=x", 400 },
        { "GET", $"Flag?patient={Handle}&_content=x", 400 },
        { "GET", $"Flag?patient={Handle}&_contained=true", 400 },
        { "GET", $"Flag?patient={Handle}&_list=x", 400 },
        { "GET", $"Flag?patient={Handle}&_type=Flag", 400 },
        { "GET", $"Flag?patient={Handle}&_has%3AX%3Ay%3Az=1", 400 },
        { "GET", $"Flag?patient={Handle}&encounter:missing=false", 400 },
        { "GET", $"Flag?patient={Handle}&date=yesterday", 400 },
        { "GET", $"Flag?patient={Handle}&date=2026-02-30", 400 },
        { "GET", $"Flag?patient={Handle}&date=xx2026", 400 },
        { "GET", $"Flag?patient={Handle}&date:exact=2026", 400 },
        { "GET", $"Flag?patient={Handle}&code=", 400 },
        { "GET", $"Flag?patient={Handle}&code=a,", 400 },
        { "GET", $"Flag?patient={Handle}&code=%7C", 400 },
        { "GET", $"Flag?patient={Handle}&code=a%7Cb%7Cc", 400 },
        { "GET", $"Flag?patient={Handle}&code=a%5Cb", 400 },
        { "GET", $"Flag?patient={Handle}&code:text=a", 400 },
        { "GET", $"Flag?patient={Handle}&code:in=http://x", 400 },
        { "GET", $"Flag?patient={Handle}&code:above=a", 400 },
        { "GET", $"Flag?patient={Handle}&code:missing=maybe", 400 },
        { "GET", $"Flag?patient={Handle}&code=010190-901R", 400 },
        { "GET", $"Flag?patient={Handle}&subject={Handle}", 400 },
        { "GET", $"Flag?patient:Patient={Handle}", 400 },
        { "GET", $"Flag?_id={Handle}", 400 },
        { "GET", $"Observation?patient={Handle}&status=http://hl7.org/fhir/observation-status%7Cfinal", 400 },
        { "GET", $"Observation?patient={Handle}&code-value-quantity=8480-6$lt60", 400 },
        { "GET", $"Observation?patient={Handle}&value-quantity=abc", 400 },
        { "GET", "Flag?_page=", 410 },
        { "GET", "Flag?_page=AAAA", 410 },
        { "GET", $"Flag?_page=AAAA&patient={Handle}", 400 },
        { "GET", $"Flag?patient={Handle}&_total=accurate", 400 },
        { "GET", $"Flag?patient={Handle}&_text=x", 400 },
        { "GET", $"Flag?patient={Handle}&_filter=x", 400 },
        { "GET", $"Flag?patient={Handle}&category=a;b", 400 },
        { "GET", $"Flag?patient={Handle}&status=ne+active", 400 },
        { "GET", $"Flag?patient={Handle}&_count=0", 400 },
        { "GET", $"Flag?patient={Handle}&_count=abc", 400 },
        { "GET", $"Goal?patient={Handle}&status=active", 400 },
        { "GET", "Flag/1?_format=json", 400 },
        { "GET", "Flag/1/_history", 404 },
        { "GET", "Flag/_history", 501 },
        { "GET", "Patient/$everything", 501 },
        { "GET", "$export", 501 },
        { "GET", "Provenance/1", 404 },
        { "GET", "flag/1", 404 },
        { "GET", "", 405 },
        { "GET", "Flag/_search", 405 },
        { "PUT", "Flag/1", 405 },
        { "PATCH", "Flag/1", 405 },
        { "DELETE", "Flag/1", 405 },
        { "HEAD", "Flag/1", 405 },
        { "OPTIONS", "Flag", 405 },
        { "TRACE", "Flag", 405 },
        { "HEAD", $"Flag?patient={Handle}", 405 },
        { "QUERY", "Flag", 405 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task WhatTheGrammarDoesNotKnowIsRefusedBeforeAnybodyIsAskedAbout(string method, string path, int status)
    {
        await using var world = await GatewayWorld.OpenAsync();

        var answer = await world.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(world.Address, $"fhir/pohjois-savo-record/{path}")));

        Assert.Equal(status, answer.Status);
        Assert.Empty(world.Source.Seen);
        if (method != "HEAD")
        {
            Assert.Equal("OperationOutcome", (string?)Some.Parse(answer.Body)["resourceType"]);
        }
    }

    [Theory]
    [InlineData("identifier=urn:oid:1.2.246.21|010190-901R&identifier=urn:oid:1.2.246.21|020285-902X")]
    [InlineData("identifier=urn:oid:1.2.246.21|010190-901X")]
    [InlineData("identifier=010190-901R")]
    [InlineData("identifier=urn:oid:1.2.246.21|010190+901R")]
    [InlineData("identifier=urn:oid:1.2.246.21|010190-901R&name=Aino")]
    [InlineData("identifier=urn:oid:1.2.246.21|010190-901R%00")]
    [InlineData("%69dentifier=urn:oid:1.2.246.21|010190-901R")]
    [InlineData("")]
    public async Task APatientIsFoundByOneProperIdentifierOnly(string form)
    {
        await using var world = await GatewayWorld.OpenAsync();

        var answer = await world.SearchAsync("fhir/pohjois-savo-record/Patient/_search", form);

        Assert.Equal(400, answer.Status);
        Assert.Empty(world.Source.Seen);
    }

    [Theory]
    [InlineData("no token", 401)]
    [InlineData("unknown system", 403)]
    [InlineData("unregistered role", 403)]
    [InlineData("unregistered purpose", 403)]
    [InlineData("another organisation", 403)]
    [InlineData("unknown source", 403)]
    [InlineData("source without adapter", 403)]
    public async Task WhoIsNotRegisteredForTheExchangeIsToldSoAndNothingElse(string who, int status)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var source = who switch { "unknown source" => "somewhere", "source without adapter" => "kuopio-portal", _ => "pohjois-savo-record" };
        var token = who switch
        {
            "no token" => string.Empty,
            "unknown system" => world.Token("sisote-gateway"),
            "unregistered role" => world.Token(role: "health-professional"),
            "unregistered purpose" => world.Token(purpose: "care"),
            "another organisation" => world.Token(organisation: "siilinjarvi"),
            _ => null,
        };

        var answer = await world.GetAsync($"fhir/{source}/Flag?patient={Handle}", token);

        Assert.Equal(status, answer.Status);
        Assert.Equal("OperationOutcome", (string?)Some.Parse(answer.Body)["resourceType"]);
        Assert.Empty(world.Source.Seen);
    }

    [Theory]
    [InlineData("necessity-statement=\"visit of 010190-901R\"")]
    [InlineData("necessity-statement=\"010190-901r\"")]
    public async Task AStatementThatNamesAPersonByIdentifierIsRefusedAndStandsNowhere(string context)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, $"fhir/pohjois-savo-record/Flag?patient={Handle}"));
        request.Headers.Add("Sisote-Context", context);

        var answer = await world.SendAsync(request);

        Assert.Equal(400, answer.Status);
        Assert.Empty(world.Source.Seen);
        Assert.Empty(world.Consent.Log);
    }

    [Fact]
    public async Task AMisspeltConditionIsToldAndNotPassedOver()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, $"fhir/pohjois-savo-record/Flag?patient={Handle}"));
        request.Headers.Add("Sisote-Context", "necesity-statement=\"planning\"");

        var answer = await world.SendAsync(request);

        Assert.Equal(400, answer.Status);
        Assert.Contains("necesity-statement", answer.Body, StringComparison.Ordinal);
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    public async Task ASearchWithAQueryBesideItsBodyOrInAnotherMediaTypeIsRefused()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var json = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, "fhir/pohjois-savo-record/Flag/_search")) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        var xml = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Address, $"fhir/pohjois-savo-record/Flag?patient={Handle}"));
        xml.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/fhir+xml"));

        var query = await world.SearchAsync($"fhir/pohjois-savo-record/Flag/_search?patient={Handle}", $"patient={Handle}");

        var asJson = await world.SendAsync(json);
        var asXml = await world.SendAsync(xml);

        Assert.Equal([400, 415, 406], [query.Status, asJson.Status, asXml.Status]);
        Assert.Empty(world.Source.Seen);
    }

    [Theory]
    [InlineData("""{"resourceType":"Observation","resourceType":"Flag"}""", 400)]
    [InlineData("""{"resourceType":"Flag"}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    public async Task AnEntryThatCanBeReadInTwoWaysOrNoneIsRefused(string body, int status)
    {
        await using var world = await GatewayWorld.OpenAsync();

        var answer = await world.PostAsync("fhir/pohjois-savo-record/Observation", body);

        Assert.Equal(status, answer.Status);
        Assert.Empty(world.Source.Seen);
    }

    [Fact]
    public async Task TheDoorSaysWhatItServesWithoutNamingAnyClient()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var capabilities = await world.GetAsync("fhir/pohjois-savo-record/metadata");
        var anonymous = await world.GetAsync("fhir/pohjois-savo-record/metadata", string.Empty);
        var smart = await world.GetAsync(".well-known/smart-configuration", string.Empty);

        var types = Some.Parse(capabilities.Body)["rest"]![0]!["resource"]!.AsArray().ToDictionary(static type => (string)type!["type"]!, static type => type!["interaction"]!.AsArray().Select(static code => (string)code!["code"]!).ToArray());
        Assert.Equal(["read", "search-type"], types["Flag"]);
        Assert.Contains("create", types["DocumentReference"]);
        Assert.DoesNotContain("Condition", types.Keys);
        Assert.Equal(401, anonymous.Status);
        Assert.Contains("WWW-Authenticate", anonymous.Headers, StringComparison.Ordinal);
        Assert.Equal(new Uri(world.Issuer.Address, "token").AbsoluteUri, (string?)Some.Parse(smart.Body)["token_endpoint"]);
    }

    [Fact]
    public async Task TheLogsCheckpointAndTilesArePublicAndNothingElseOfTheConsentServiceIs()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var checkpoint = await world.GetAsync("log/checkpoint", string.Empty);
        var tile = await world.GetAsync("log/tile/0/000", string.Empty);
        var none = await world.GetAsync("log/tile/0/001", string.Empty);
        var escape = await world.GetAsync("log/tile/..%2f..%2fstates", string.Empty);
        var states = await world.GetAsync("states", string.Empty);

        Assert.Equal("example.org/log\n1\nAAAA\n", checkpoint.Body);
        Assert.DoesNotContain("inner-header", checkpoint.Everything, StringComparison.Ordinal);
        Assert.Equal([200, 404, 404], [tile.Status, none.Status, escape.Status]);
        Assert.NotEqual(200, states.Status);
    }
}
