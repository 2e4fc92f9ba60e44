// `catalogue check` finds what the start would refuse.
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
