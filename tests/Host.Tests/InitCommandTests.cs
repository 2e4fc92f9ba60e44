// A new system's entry, key and mapping, made by `sisote init`.
using System.CommandLine;
using System.Text.RegularExpressions;
using Sisote.Adapters.Sources;
using Sisote.Doors.Tokens;
using Sisote.Host.Commands;
using Sisote.Host.House;

namespace Sisote.Tests.Host;

public sealed partial class InitCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sisote-init-test-").FullName;

    public InitCommandTests() => File.WriteAllText(Deployment, DemoWorld.DeploymentText(HouseOptions.DefaultPort));

    public static TheoryData<string, string> Kinds => new(AdapterSketch.KnownKinds.Append("none").SelectMany(static kind => new[] { (kind, "municipal-sports"), (kind, "health"), (kind, "youth-outreach") }));

    private string Deployment => Path.Combine(folder, "sisote.yaml");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheEntryOfEveryKindPassesTheCheckAsItIsAndDisturbsNothing(string kind, string sector)
    {
        var before = File.ReadAllText(Deployment);

        var (code, entry, said) = Init("uusi", "kuopio", sector, kind, "--write");

        Assert.True(code == 0, said);
        var after = File.ReadAllText(Deployment);
        Assert.Equal(before, after.Replace(entry, string.Empty, StringComparison.Ordinal));
        Assert.True(after.Length > before.Length);
        Assert.Equal(0, CatalogueRun.Of("check", "--deployment", Deployment).ExitCode);
        Assert.Contains("systems:\n", after, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryKindOfAdapterHasABeginning()
    {
        Init("uusi", "kuopio", "municipal-sports", "rest", "--write");
        File.WriteAllText(Deployment, File.ReadAllText(Deployment).Replace("kind: rest", "kind: unheard-of", StringComparison.Ordinal));

        var fault = Assert.Throws<StartFaultException>(() => CatalogueRun.Of("check", "--deployment", Deployment));

        Assert.Contains($"there are {string.Join(", ", AdapterSketch.KnownKinds)}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePrivateKeyIsItsOwnersAloneAndThePublicHalfBelongsToIt()
    {
        Init("uusi", "kuopio", "municipal-sports", "none", "--write");

        var file = Path.Combine(folder, "keys", "uusi.private.jwk.json");
        var kid = SystemKey.Read(file).Credentials.Key.KeyId;
        Assert.Contains($"\"kid\":\"{kid}\"", File.ReadAllText(Path.Combine(folder, "keys", "uusi.jwks.json")), StringComparison.Ordinal);
        Assert.DoesNotContain("\"d\"", File.ReadAllText(Path.Combine(folder, "keys", "uusi.jwks.json")), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Theory]
    [InlineData("rest", "municipal-sports")]
    [InlineData("rest", "health")]
    [InlineData("files", "education")]
    [InlineData("files", "health")]
    [InlineData("rest", "student-welfare")]
    public void EverySampleIsMappedWholeByTheMappingThatWasWritten(string kind, string sector)
    {
        var (_, _, said) = Init("uusi", "kuopio", sector, kind, "--write");

        Assert.Matches(@"\d+\. .*sisote map test \S*uusi\.mapping\.yaml --input \S*uusi\.samples/client\.(json|csv) --record client", said);
        var samples = Directory.GetFiles(Path.Combine(folder, "uusi.samples"));
        Assert.True(samples.Length > 1, "The law lets nothing but clients leave.");
        foreach (var sample in samples)
        {
            using var output = new StringWriter();
            var code = MapCommand.Make().Parse(["test", Path.Combine(folder, "uusi.mapping.yaml"), "--input", sample, "--record", Path.GetFileNameWithoutExtension(sample)])
                .Invoke(new InvocationConfiguration { Output = output, Error = output, EnableDefaultExceptionHandler = false });
            Assert.True(code == 0, output.ToString());
            Assert.Contains("1: 1 made", output.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("kuopio-liikunta", "kuopio", "municipal-sports", "rest", "There is a system `kuopio-liikunta` in")]
    [InlineData("uusi", "kuopo", "municipal-sports", "rest", "There is no organisation `kuopo` in")]
    [InlineData("uusi", "kuopo", "municipal-sports", "rest", "Did you mean `kuopio`?")]
    [InlineData("uusi", "kuopio", "municipal-sport", "rest", "There is no sector `municipal-sport` in the law. Did you mean `municipal-sports`?")]
    [InlineData("uusi", "kuopio", "municipal-sports", "rset", "There is no kind `rset` in docs/adapters.md. Did you mean `rest`?")]
    [InlineData("a b", "kuopio", "municipal-sports", "rest", "SYSTEM is 1 to 64 letters")]
    public void WhatIsTakenOrUnknownIsSaidAndNothingIsWritten(string system, string organisation, string sector, string kind, string message)
    {
        var (code, entry, said) = Init(system, organisation, sector, kind, "--write");

        Assert.Equal((2, string.Empty), (code, entry));
        Assert.Contains(message, said, StringComparison.Ordinal);
        AssertUntouched();
    }

    [Fact]
    public void ARoleOrPurposeThatTheLawDoesNotGiveTheSectorIsRefused()
    {
        var (code, _, said) = Init("uusi", "kuopio", "municipal-sports", "none", "--role", "exercise-counselor", "--purpose", "policing", "--write");

        Assert.Equal(2, code);
        Assert.Contains("--role `exercise-counselor`: no rule of the law gives this sector a part in it; there are exercise-counsellor. Did you mean `exercise-counsellor`?", said, StringComparison.Ordinal);
        Assert.Contains("--purpose `policing`: no rule of the law", said, StringComparison.Ordinal);
        AssertUntouched();
    }

    [Fact]
    public void ANarrowerRoleAndPurposeStandInTheEntryAlone()
    {
        var (_, entry, _) = Init("uusi", "kuopio", "municipal-sports", "none", "--role", "exercise-counsellor", "--purpose", "exercise-counselling");

        Assert.Matches(@"\n    roles: \[exercise-counsellor\] ", entry);
        Assert.Matches(@"\n    purposes: \[exercise-counselling\] ", entry);
    }

    [Theory]
    [InlineData("keys/uusi.private.jwk.json")]
    [InlineData("keys/uusi.jwks.json")]
    [InlineData("uusi.mapping.yaml")]
    [InlineData("uusi.samples/client.json")]
    public void AKeyAMappingOrASampleThatIsThereIsNeverWrittenOver(string standing)
    {
        var file = Path.Combine(folder, standing);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "mine");
        var before = File.ReadAllText(Deployment);

        var (code, entry, said) = Init("uusi", "kuopio", "municipal-sports", "rest", "--write");

        Assert.Equal((1, string.Empty), (code, entry));
        Assert.Contains(standing, said, StringComparison.Ordinal);
        Assert.Equal(("mine", before), (File.ReadAllText(file), File.ReadAllText(Deployment)));
    }

    [Fact]
    public void ADeploymentFileThatWouldNotLoadStaysAsItIsAndNoKeyIsMade()
    {
        var fault = Assert.Throws<StartFaultException>(() => Init("sisote-uusi", "kuopio", "municipal-sports", "rest", "--write"));

        Assert.Contains("ids that begin with `sisote-` belong to Sisote's own rooms", fault.Message, StringComparison.Ordinal);
        AssertUntouched();
    }

    [Fact]
    public void ADeploymentFileWhoseSystemsStandInOneLineIsLeftToItsOwner()
    {
        const string Yaml = "organisations:\n  - {id: kuopio, kind: municipality, name: {fi: K, sv: K, en: K}}\nsystems: []\n";
        File.WriteAllText(Deployment, Yaml);

        var fault = Assert.Throws<StartFaultException>(() => Init("uusi", "kuopio", "municipal-sports", "none", "--write"));

        Assert.Contains("put the entry there by hand", fault.Message, StringComparison.Ordinal);
        Assert.Equal(Yaml, File.ReadAllText(Deployment));
    }

    [Fact]
    public void LinesOfAnotherSystemKeepTheirEndsAndCommentsStayWhereTheyWere()
    {
        const string Yaml = "# ours\r\norganisations:\r\n  - {id: kuopio, kind: municipality, name: {fi: K, sv: K, en: K}} # city\r\nsystems: # all of them\r\n- id: vanha # the first\r\n  organisation: kuopio\r\n  sector: municipal-sports\r\n  actsAs: exercise-counsellor\r\n  name: {fi: V, sv: V, en: V}\r\n\r\n# what was agreed\r\nagreements: []";
        File.WriteAllText(Deployment, Yaml);

        var (code, entry, said) = Init("uusi", "kuopio", "municipal-sports", "none", "--write");

        Assert.True(code == 0, said);
        var after = File.ReadAllText(Deployment);
        Assert.StartsWith("  - id: uusi", entry, StringComparison.Ordinal);
        Assert.Matches("name: \\{fi: V, sv: V, en: V\\}\r\n- id: uusi [^\n]*\r\n", after);
        Assert.Equal(Yaml, Added().Replace(after, string.Empty));
    }

    [Fact]
    public void AKitElsewhereLeavesOnlyWhatIsPublicBesideTheDeploymentFile()
    {
        var kit = Path.Combine(folder, "for-them");

        var (code, _, said) = Init("uusi", "kuopio", "municipal-sports", "rest", "--to", kit, "--write");

        Assert.True(code == 0, said);
        Assert.True(File.Exists(Path.Combine(kit, "keys", "uusi.private.jwk.json")));
        Assert.False(File.Exists(Path.Combine(folder, "keys", "uusi.private.jwk.json")));
        Assert.True(File.Exists(Path.Combine(folder, "keys", "uusi.jwks.json")));
        Assert.Equal(0, CatalogueRun.Of("check", "--deployment", Deployment).ExitCode);
    }

    [Fact]
    public void WithoutWriteAndToItPrintsTheEntryOnlyAndTheSameWithWriteGoesOnFromThere()
    {
        var (printed, entry, said) = Init("uusi", "kuopio", "municipal-sports", "rest");
        AssertUntouched();
        var (written, same, _) = Init("uusi", "kuopio", "municipal-sports", "rest", "--write");

        Assert.Equal((0, 0, entry), (printed, written, same));
        Assert.Contains("Nothing was written.", said, StringComparison.Ordinal);
        Assert.Contains(entry, File.ReadAllText(Deployment), StringComparison.Ordinal);
    }

    [Fact]
    public void ATypeThatAFhirServerIsAskedForIsOneThatTheLawLetsLeave()
    {
        var (_, entry, _) = Init("uusi", "kuopio", "municipal-sports", "fhir");

        Assert.Matches(@"\n        reads: (?=[A-Za-z,]*Goal)(?=[A-Za-z,]*Patient)[A-Za-z,]+ ", entry);
        Assert.DoesNotContain("Condition", entry, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private (int Code, string Entry, string Said) Init(string system, string organisation, string sector, string kind, params string[] more)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = InitCommand.Make().Parse([system, "--organisation", organisation, "--sector", sector, "--kind", kind, "--deployment", Deployment, .. more])
            .Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), errors.ToString());
    }

    private void AssertUntouched()
    {
        Assert.Equal(DemoWorld.DeploymentText(HouseOptions.DefaultPort), File.ReadAllText(Deployment));
        Assert.Equal([Deployment], Directory.GetFileSystemEntries(folder));
    }

    [GeneratedRegex("- id: uusi [^\n]*\r\n(?:  [^\n]*\r\n)*")]
    private static partial Regex Added();
}
