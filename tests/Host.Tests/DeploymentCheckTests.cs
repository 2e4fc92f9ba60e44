// `catalogue check` finds what the start would refuse.
using Sisote.Doors.Tokens;
using Sisote.Host.Commands;
using Sisote.Host.House;

namespace Sisote.Tests.Host;

public sealed class DeploymentCheckTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sisote-check-").FullName;

    [Theory]
    [InlineData("kind: exercise-counselling", "kind: exercise-counseling", "there is no adapter of kind `exercise-counseling`; there are exercise-counselling, fhir, files, patient-record, rest, school, student-welfare")]
    [InlineData("apiKeyFile: simulators/kuopio-liikunta/api-key", "apiKeyfile: simulators/kuopio-liikunta/api-key", "adapter setting `apiKeyfile` is not a setting of this adapter. Did you mean `apiKeyFile`?")]
    [InlineData("KUOPIO-LIIKUNTA=kuopio-liikunta", "KUOPIO-LIIKUNTA", "adapter setting `referralTargets` is not a list like")]
    [InlineData("KUOPIO-LIIKUNTA=kuopio-liikunta", "KUOPIO-LIIKUNTA=kuopio-likunta", "names `kuopio-likunta`, which is no system of this file. Did you mean `kuopio-liikunta`?")]
    [InlineData("noticeSchool: kuopio-koulu", "noticeSchool: koulu", "names `koulu`, which is no system of this file.")]
    [InlineData("to: 2027-12-31}\n", "to: 2027-12-31\n", "Not readable as YAML")]
    [InlineData("    organisation: kuopio\n", "    organisation: kuopo\n", "Organisation `kuopo` is not defined. Did you mean `kuopio`?")]
    public void AFaultIsNamedBeforeTheStart(string good, string bad, string message)
    {
        var file = Write(good, bad);

        var fault = Assert.Throws<StartFaultException>(() => CatalogueRun.Of("check", "--deployment", file));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains("sisote.yaml", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileOfASecretIsAWarningUnlessTheDemonstrationMakesIt()
    {
        var (options, settings) = Read(Write("127.0.0.1:8093", "liikunta.example:443"));

        var warning = Assert.Single(DeploymentCheck.FindMissingFiles(options.DeploymentFile, settings, beforeStart: true));

        Assert.Contains("system `kuopio-liikunta`: the file of `apiKeyFile`", warning, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder, "simulators/kuopio-liikunta/api-key"), warning, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingPublicKeysAreAWarningUnlessTheDemonstrationMakesThem()
    {
        var (options, settings) = Read(Write("keys: keys/kuopio-liikunta.jwks.json", "keys: handed-over/kuopio-liikunta.jwks.json"));

        var warning = Assert.Single(DeploymentCheck.FindMissingFiles(options.DeploymentFile, settings, beforeStart: true));

        Assert.Contains("system `kuopio-liikunta`: its public keys", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\",\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}", "holds a private key")]
    [InlineData("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\",\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}]}", "holds a private key")]
    [InlineData("{}", "holds no key")]
    [InlineData("{\"keys\":[]}", "holds no key")]
    [InlineData("not json", "is no JSON Web Key Set")]
    public void AFileOfPublicKeysThatIsNoneIsAFault(string text, string says)
    {
        var file = Write("\n", "\n");
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        File.WriteAllText(Path.Combine(folder, "keys", "kuopio-liikunta.jwks.json"), text);

        var fault = Assert.Throws<StartFaultException>(() => CatalogueRun.Of("check", "--deployment", file));

        Assert.Contains("system `kuopio-liikunta`: `keys`", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("jpsQnnGQ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AKeyOfTwoOrganisationsIsAFaultAndOneOfTwoSystemsOfAnOrganisationIsNone()
    {
        var keys = Path.Combine(folder, "keys");
        SystemKey.Ensure(keys, "kuopio-liikunta");
        var other = Write("keys: keys/pohjois-savo-record.jwks.json", "keys: keys/kuopio-liikunta.jwks.json");
        var shared = Assert.Throws<StartFaultException>(() => CatalogueRun.Of("check", "--deployment", other));
        var own = CatalogueRun.Of("check", "--deployment", Write("keys: keys/kuopio-portal.jwks.json", "keys: keys/kuopio-liikunta.jwks.json"));

        Assert.Contains("system `kuopio-liikunta`: `keys`", shared.Message, StringComparison.Ordinal);
        Assert.Contains("holds a key of `pohjois-savo-record`, which is another organisation's", shared.Message, StringComparison.Ordinal);
        Assert.Equal(0, own.ExitCode);
    }

    [Fact]
    public void AUsedFolderWithoutItsDeploymentFileIsNotGivenANewOne()
    {
        DataFolder.Claim(folder);
        File.WriteAllText(Path.Combine(folder, "consent.db"), "something");
        var (options, catalogue) = (Settings.Read(folder, port: null), LawAndDeployment.ReadCatalogue(null));

        var fault = Assert.Throws<StartFaultException>(() => LawAndDeployment.ReadDeploymentOrDemo(options, catalogue));

        Assert.Contains("put the file back", fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(LawAndDeployment.ReadDeploymentOrDemo(options, catalogue, anew: true).Systems);
        Assert.False(File.Exists(options.DeploymentFile));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static (HouseOptions Options, Sisote.Doors.RoomSettings Settings) Read(string file)
    {
        var options = Settings.Read(Path.GetDirectoryName(file), port: null);
        var catalogue = LawAndDeployment.ReadCatalogue(null);
        return (options, OpenHouse.MakeSettings(options, catalogue, LawAndDeployment.ReadDeployment(file, catalogue)));
    }

    private string Write(string good, string bad)
    {
        var text = DemoWorld.DeploymentText(HouseOptions.DefaultPort);
        var at = text.LastIndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The demonstration's file has no `{good}`.");
        var file = Path.Combine(folder, "sisote.yaml");
        File.WriteAllText(file, text[..at] + bad + text[(at + good.Length)..]);
        return file;
    }
}
