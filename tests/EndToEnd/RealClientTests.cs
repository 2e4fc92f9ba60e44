// Public FHIR clients that know nothing of Sisote, against the running program.
using Sisote.Doors.Tokens;
using Sisote.Tests.EndToEnd.House;

namespace Sisote.Tests.EndToEnd;

public sealed class RealClientTests(ReferredHouse house) : IClassFixture<ReferredHouse>
{
    [Theory]
    [InlineData("fhir-kit-client.test.js", 9)]
    [InlineData("fhirclient.test.js", 7)]
    public async Task APublicFhirClientReadsSearchesPagesAndCreatesWithATokenThatItsSystemGotForItself(string file, int tests)
    {
        var business = RunningSisote.Context();
        var result = await NodeTests.RunAsync(file, new Dictionary<string, string>
        {
            ["SISOTE_FHIR"] = new Uri(house.Gateway, $"fhir/{RunningSisote.Record}").AbsoluteUri,
            ["SISOTE_SYSTEM"] = RunningSisote.Register,
            ["SISOTE_ORGANISATION"] = business.OrganisationId.Value,
            ["SISOTE_PROFESSIONAL"] = business.SubjectId.Value,
            ["SISOTE_ROLE"] = business.SubjectRole.Value,
            ["SISOTE_PURPOSE"] = business.PurposeOfUse[0].Value,
            ["SISOTE_KEY"] = SystemKey.PrivateFile(house.Settings.KeyDirectory, RunningSisote.Register),
            ["SISOTE_CLIENT_IDENTIFIER"] = RunningSisote.Aino,
        });

        Assert.True(result is { Failed: 0, Missed: 0 } && result.Passed == tests, result.Said);
    }
}
