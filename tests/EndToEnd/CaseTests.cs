// The cases, as the program itself plays them.
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class CaseTests
{
    [Fact]
    public async Task AllCasesHoldInOneHouseAndWhatMustNotHappenIsSeen()
    {
        var played = await SisoteProcess.RunAsync(["tour", "--all", "--port", $"{SisoteProcess.FindFreePorts()}"]);

        Assert.True(played.ExitCode == 0, played.Output + played.Errors);
        Assert.Contains("expectations held.", played.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT OK", played.Output, StringComparison.Ordinal);
        Assert.All([1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], number => Assert.Contains($"=== Case {number}:", played.Output, StringComparison.Ordinal));
        Assert.True(played.Output.Split(". must not: ").Length > 40, "Each case shows what must not happen.");
    }

    [Fact]
    public async Task AScenarioWhoseExpectationDoesNotHoldFails()
    {
        var file = await WriteAsync("""
            case: 11
            title: A wrong expectation
            works: Nothing.
            mustNot: Nothing.
            actors:
              - {id: teacher, system: kuopion-koulut-yhteys, professional: ope-laine, role: teacher, purpose: teaching-arrangement}
            steps:
              - title: A teacher opens a patient record
                shows: works
                read: {as: teacher, from: pohjois-savo-record, about: lumi}
                expect: {permitted: true, released: [person-identity]}
            """);

        var played = await SisoteProcess.RunAsync(["tour", "--scenario", file, "--port", $"{SisoteProcess.FindFreePorts()}"]);

        Assert.Equal(5, played.ExitCode);
        Assert.Contains("NOT OK    something was given", played.Output, StringComparison.Ordinal);
        Assert.Contains("NOT OK    released, exactly: person-identity", played.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 2 expectations did not hold", played.Output, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task ACaseThatDoesNotExistIsNotPlayed()
    {
        Assert.Equal(2, (await SisoteProcess.RunAsync(["tour", "--case", "16"])).ExitCode);
        Assert.Equal(2, (await SisoteProcess.RunAsync(["tour", "--case", "6", "--all"])).ExitCode);
    }

    [Fact]
    public async Task CasesAreNotPlayedInAFolderThatIsInUse()
    {
        var folder = Directory.CreateTempSubdirectory("sisote-test-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "sisote.yaml"), "mine", TestContext.Current.CancellationToken);

        var said = await SisoteProcess.RunAsync(["tour", "--case", "6", "--data", folder]);

        Assert.Equal(1, said.ExitCode);
        Assert.Contains("is in use", said.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(folder, "sisote.yaml"), TestContext.Current.CancellationToken));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> WriteAsync(string scenario)
    {
        var file = Path.Combine(Path.GetTempPath(), $"sisote-test-{Guid.CreateVersion7():N}.yaml");
        await File.WriteAllTextAsync(file, scenario, TestContext.Current.CancellationToken);
        return file;
    }
}
