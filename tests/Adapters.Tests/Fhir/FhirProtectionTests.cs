// How a system that speaks FHIR says that something is protected, and that it is never lost on the way.
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class FhirProtectionTests
{
    private const string Labels = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    [Fact]
    public async Task ADocumentThatIsLabelledInItsOwnElementCarriesTheLabel()
    {
        var (status, found) = await ReadAsync($$"""[{"coding":[{"system":"{{Labels}}","code":"PSY"}]}]""");

        Assert.Equal(200, status);
        var label = Assert.Single(Assert.Single(found).Meta!.Security);
        Assert.Equal((Labels, "PSY"), (label.System, label.Code));
    }

    [Fact]
    public async Task ADocumentWhoseLabelTheMappingWithholdsStays()
    {
        var (status, found) = await ReadAsync($$"""[{"coding":[{"system":"{{Labels}}","code":"HIV"}]}]""");

        Assert.Equal((200, 0), (status, found.Count));
    }

    [Theory]
    [InlineData("""[{"coding":[{"system":"http://new.example","code":"PSY"}]}]""")]
    [InlineData("""[{"text":"PSY"}]""")]
    [InlineData("""{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]}""")]
    [InlineData("""["PSY"]""")]
    public async Task ADocumentWhoseLabelNobodyUnderstandsIsNotGiven(string label)
    {
        var (status, found) = await ReadAsync(label);

        Assert.Equal((503, 0), (status, found.Count));
    }

    [Theory]
    [InlineData("\"valueQuantity\":{\"value\":3,\"system\":\"http://unitsofmeasure.org\",\"code\":\"min\"}", 200)]
    [InlineData("\"valueString\":\"none\"", 503)]
    [InlineData("\"_valueDateTime\":{\"extension\":[]}", 503)]
    [InlineData("\"focus\":[{\"reference\":\"Patient/p2\"}]", 503)]
    [InlineData("\"component\":[{\"\":1,\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"1\"}]}}]", 503)]
    public async Task AnObservationIsGivenWithItsValueAndAboutItsClientOrNotAtAll(string member, int status)
    {
        var observation = $$"""{"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"89555-7"}]},"subject":{"reference":"Patient/p1"},{{member}} }""";

        var answer = await ReadResourceAsync("Observation", observation, """
            tables:
              codes:
                rows:
                  - {native: "http://loinc.org|*", system: "http://loinc.org", code: "*"}
                  - {native: "http://unitsofmeasure.org|*", system: "http://unitsofmeasure.org", code: "*"}
            """);

        Assert.Equal((status, status == 200 ? 1 : 0), (answer.Status, answer.Found.Count));
    }

    private static Task<(int Status, List<Resource> Found)> ReadAsync(string label) => ReadResourceAsync("DocumentReference",
        $$$"""{"resourceType":"DocumentReference","id":"d1","status":"current","securityLabel":{{{label}}},"subject":{"reference":"Patient/p1"},"content":[{"attachment":{"contentType":"text/plain","data":"dGV4dA=="}}]}""",
        $$"""
            tables:
              codes:
                rows:
                  - {native: "{{Labels}}|PSY", system: "{{Labels}}", code: PSY}
                withheld: ["{{Labels}}|HIV"]
            """);

    private static async Task<(int Status, List<Resource> Found)> ReadResourceAsync(string type, string resource, string table)
    {
        await using var server = await HostileSystem.StartAsync(call =>
        {
            call.Response.ContentType = "application/fhir+json";
            return call.Response.WriteAsync(call.Request.Path.Value!.Contains("/Patient", StringComparison.Ordinal)
                ? Bundle($$"""{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:oid:1.2.246.21","value":"{{SectorHouse.Aino}}"}]}""")
                : Bundle(resource));
        });
        var folder = Directory.CreateTempSubdirectory("sisote-label-").FullName;
        var (key, mapping) = (Path.Combine(folder, "key"), Path.Combine(folder, "mapping.yaml"));
        await File.WriteAllTextAsync(key, "a-key-for-this-test-only");
        await File.WriteAllTextAsync(mapping, table);
        await using var house = await SectorHouse.StartAsync((systems, _) => systems.Add(SectorHouse.Entry(FhirRecord.Id, "fhir", "kuopio",
            ("address", server.Address + "fhir"), ("reads", type), ("apiKeyFile", key), ("mapping", mapping))));
        var (status, found, _) = await house.SearchClientAsync(FhirRecord.Id, type, SectorHouse.Aino);
        Directory.Delete(folder, recursive: true);
        return (status, found);
    }

    private static string Bundle(string resource) => $$"""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{{resource}}}]}""";
}
