// How Sisote shows a FHIR server who it is, and what the deployment file may say of it.
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using Sisote.Adapters.Sources;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.Fhir;

public sealed class FhirAccessTests
{
    [Theory]
    [InlineData("P-256", true)]
    [InlineData("P-384", true)]
    [InlineData("P-384", false)]
    public async Task ATokenOfSmartBackendServicesOpensTheRecord(string curve, bool isDiscovered)
    {
        await using var record = await StartAsync();
        var key = await AddClientAsync(record, "sisote", curve);
        (string, string)[] settings = [("keyFile", key), ("clientId", "sisote")];
        await using var house = await record.HouseAsync(isDiscovered ? settings : [.. settings, ("tokenAddress", new Uri(record.Address, "/token").AbsoluteUri)]);

        Assert.Equal((200, 1), await AskAsync(house));
        await record.RestartAsync(samePort: true);
        Assert.Equal((200, 1), await AskAsync(house)); // the server has forgotten the token; another is asked for
    }

    [Fact]
    public async Task AnotherKeyOrAnotherClientGetsNothing()
    {
        await using var record = await StartAsync();
        var key = await AddClientAsync(record, "sisote", "P-256");
        var other = await AddClientAsync(record, "other", "P-256");

        foreach (var (file, client) in new[] { (other, "sisote"), (key, "nobody"), (Path.Combine(record.Folder, "seed.json"), "sisote"), (Path.Combine(record.Folder, "none"), "sisote") })
        {
            await using var house = await record.HouseAsync(("keyFile", file), ("clientId", client));
            Assert.Equal((503, 0), await AskAsync(house));
            Assert.Equal(503, (await house.CreateAsync(FhirRecord.Id, "key-1", SomeReferral.Of(SectorHouse.Aino))).Status);
        }
    }

    [Fact]
    public async Task AServerThatSendsUsElsewhereForATokenGetsNoAssertionThereUnlessTheSettingSaysSo()
    {
        await using var record = await StartAsync();
        var key = await AddClientAsync(record, "sisote", "P-256");
        await using var thief = await HostileSystem.StartAsync(400, "{}");
        var elsewhere = $"http://localhost:{thief.Address.Port}/token"; // the server itself is at 127.0.0.1
        await using var server = await HostileSystem.StartAsync(200, $"{{\"token_endpoint\":\"{elsewhere}\"}}");
        (string, string)[] settings = [("address", server.Address + "fhir"), ("keyFile", key), ("clientId", "sisote")];
        await using var discovering = await record.HouseAsync(settings);
        await using var told = await record.HouseAsync([.. settings, ("tokenAddress", elsewhere)]);

        Assert.Equal((503, 0), await AskAsync(discovering));
        Assert.Empty(thief.Asked);
        Assert.Equal((503, 0), await AskAsync(told));
        Assert.NotEmpty(thief.Asked);
        Assert.All(thief.Asked, static asked => Assert.Contains("client_assertion", asked.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ManySearchesAtOnceAskForOneToken()
    {
        await using var record = await StartAsync();
        var key = await AddClientAsync(record, "sisote", "P-256");
        await using var tokens = await HostileSystem.StartAsync(static async call =>
        {
            await Task.Delay(300); // long enough for all to come
            await call.Response.WriteAsync("""{"access_token":"a-token","token_type":"Bearer","expires_in":300}""");
        });
        await using var house = await record.HouseAsync(("keyFile", key), ("clientId", "sisote"), ("tokenAddress", tokens.Address + "token"), ("address", tokens.Address + "fhir"));

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AskAsync(house)));

        Assert.Single(tokens.Asked, static asked => asked.Address == "/token");
    }

    [Fact]
    public async Task AnAccountOpensTheRecordAndARotatedKeyNeedsNoRestart()
    {
        await using var record = await StartAsync();
        await using var basic = await record.HouseAsync(("basicFile", record.AccountsFile), ("user", "integration"));
        var rotated = Path.Combine(record.Folder, "rotated");
        await File.WriteAllTextAsync(rotated, "an-old-key", TestContext.Current.CancellationToken);
        await using var keyed = await record.HouseAsync(("apiKeyFile", rotated));

        Assert.Equal((200, 1), await AskAsync(basic));
        Assert.Equal((503, 0), await AskAsync(keyed));
        File.Copy(record.ApiKeyFile, rotated, overwrite: true);
        Assert.Equal((200, 1), await AskAsync(keyed));
    }

    [Fact]
    public async Task ATokenFromAFileIsSentAsItIs()
    {
        await using var server = await HostileSystem.StartAsync(503, string.Empty);
        var file = Path.Combine(Directory.CreateTempSubdirectory("sisote-token-").FullName, "token");
        await File.WriteAllTextAsync(file, "abc.def\n", TestContext.Current.CancellationToken);
        await using var house = await SectorHouse.StartAsync((systems, _) => systems.Add(SectorHouse.Entry(FhirRecord.Id, "fhir", "kuopio", ("address", server.Address + "fhir"), ("reads", "Flag"), ("bearerFile", file))));

        Assert.Equal((503, 0), await AskAsync(house));
        Assert.Equal("Bearer abc.def", Assert.Single(server.Asked).Headers["Authorization"]);
    }

    [Theory]
    [InlineData("reads", "Flag,Composition", "reads")]
    [InlineData("writes", "Encounter", "writes")]
    [InlineData("reads", "", "reads")]
    [InlineData("bearerFile", "x", "apiKeyFile")]
    [InlineData("address", "ftp://record.example/", "address")]
    [InlineData("timeoutSeconds", "0", "timeoutSeconds")]
    [InlineData("apikey", "x", "apikey")]
    [InlineData("clientId", "sisote", "clientId")]
    public async Task AFaultySettingStopsTheStartAndIsNamed(string name, string value, string blamed)
    {
        await using var record = await StartAsync();
        var entry = record.Entry();
        entry = entry with { Adapter = entry.Adapter! with { Settings = entry.Adapter!.Settings.SetItem(name, value) } };

        var fault = await Assert.ThrowsAsync<AdapterSettingsException>(() => SectorHouse.StartAsync((systems, _) => systems.Add(entry)));

        Assert.Contains($"`{FhirRecord.Id}`", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"`{blamed}`", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("codes: {rows: [{native: RAJ, system: \"http://x.example\", code: a}]}")]
    [InlineData("codes: {rows: [{native: \"http://x.example|*\", system: \"http://x.example\", code: a}]}")]
    [InlineData("codes: {rows: [{native: \"http://x.example|b\", system: \"http://x.example\", code: \"*\"}]}")]
    [InlineData("codes: {rows: [{native: \"http://x.example|b\", code: a}]}")]
    [InlineData("code: {rows: [{native: \"http://x.example|b\", system: \"http://x.example\", code: a}]}")]
    public async Task AMappingThatGuessesStopsTheStart(string table)
    {
        await using var record = await StartAsync();
        var file = Path.Combine(record.Folder, "mapping.yaml");
        await File.WriteAllTextAsync(file, "tables:\n  " + table, TestContext.Current.CancellationToken);

        Assert.Contains("`mapping`", (await Assert.ThrowsAsync<AdapterSettingsException>(() => record.HouseAsync(("mapping", file)))).Message, StringComparison.Ordinal);
    }

    private static Task<FhirRecord> StartAsync() => FhirRecord.StartAsync(FhirRecord.Person("p1", SectorHouse.Aino), FhirRecord.Flag("f1", "p1"));

    private static async Task<(int, int)> AskAsync(SectorHouse house)
    {
        var answer = await house.SearchClientAsync(FhirRecord.Id, "Flag", SectorHouse.Aino);
        return (answer.Status, answer.Found.Count);
    }

    /// <summary>Registers a client at the record and gives the file of its private key.</summary>
    private static async Task<string> AddClientAsync(FhirRecord record, string client, string curve)
    {
        using var key = ECDsa.Create(curve == "P-256" ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384);
        var point = key.ExportParameters(true);
        var common = $"\"kty\":\"EC\",\"crv\":\"{curve}\",\"kid\":\"{client}-1\",\"x\":\"{Base64UrlEncoder.Encode(point.Q.X)}\",\"y\":\"{Base64UrlEncoder.Encode(point.Q.Y)}\"";
        var folder = Directory.CreateDirectory(Path.Combine(record.Folder, "clients")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, client + ".jwks.json"), $"{{\"keys\":[{{{common}}}]}}", Encoding.UTF8);
        var file = Path.Combine(folder, client + ".private");
        await File.WriteAllTextAsync(file, $"{{{common},\"d\":\"{Base64UrlEncoder.Encode(point.D)}\"}}");
        return file;
    }
}
