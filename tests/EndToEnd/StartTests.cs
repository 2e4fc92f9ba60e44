// The one command: what a newcomer meets, and what an operator meets when something is wrong.
using System.Net;
using System.Net.Sockets;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

public sealed class StartTests
{
    [Fact]
    public async Task OneCommandOpensAllRoomsAndSaysWhereTheyAreAndASecondStartKeepsTheData()
    {
        var (data, port) = (Fresh(), SisoteProcess.FindFreePorts());
        string key;
        await using (var first = SisoteProcess.Start(["run", "--data", data, "--port", $"{port}"]))
        {
            await first.WaitUntilOpenAsync();

            Assert.Contains($"http://localhost:{port}/", first.Output, StringComparison.Ordinal);
            Assert.Contains("Aino Aaltonen", first.Output, StringComparison.Ordinal);
            Assert.Contains("-- tour", first.Output, StringComparison.Ordinal);
            key = await File.ReadAllTextAsync(Path.Combine(data, "keys", "kuopio-liikunta.jwks.json"), TestContext.Current.CancellationToken);
            await first.InterruptAsync();
            Assert.Equal(0, first.ExitCode);
        }

        await using var second = SisoteProcess.Start(["run", "--data", data, "--port", $"{port}"]);
        await second.WaitUntilOpenAsync();
        Assert.Equal(key, await File.ReadAllTextAsync(Path.Combine(data, "keys", "kuopio-liikunta.jwks.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task FreshStartsAnew()
    {
        var (data, port) = (Fresh(), SisoteProcess.FindFreePorts());
        await SisoteProcess.RunAsync(["demo", "list", "--data", data, "--port", $"{port}"]);
        await File.AppendAllTextAsync(Path.Combine(data, "sisote.yaml"), "\nnonsense: true\n", TestContext.Current.CancellationToken);

        await using var house = SisoteProcess.Start(["run", "--fresh", "--data", data, "--port", $"{port}"]);
        await house.WaitUntilOpenAsync();

        Assert.DoesNotContain("nonsense", await File.ReadAllTextAsync(Path.Combine(data, "sisote.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FreshNeverEmptiesAFolderThatSisoteDidNotMake()
    {
        var data = Fresh();
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "thesis.txt"), "years of work", TestContext.Current.CancellationToken);

        var run = await SisoteProcess.RunAsync(["run", "--fresh", "--data", data, "--port", $"{SisoteProcess.FindFreePorts()}"]);

        Assert.Equal(1, run.ExitCode);
        Assert.True(File.Exists(Path.Combine(data, "thesis.txt")));
    }

    [Fact]
    public async Task ATakenPortIsOneLineThatSaysWhatToDo()
    {
        var port = SisoteProcess.FindFreePorts();
        using var taken = new TcpListener(IPAddress.Loopback, port);
        taken.Start();

        var run = await SisoteProcess.RunAsync(["run", "--data", Fresh(), "--port", $"{port}"]);

        AssertOneLine(run, $"localhost:{port}", "--port");
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsOneLineThatSaysWhatToDo()
    {
        var file = Fresh();
        await File.WriteAllTextAsync(file, "a file stands where the folder should be", TestContext.Current.CancellationToken);

        var run = await SisoteProcess.RunAsync(["run", "--data", file, "--port", $"{SisoteProcess.FindFreePorts()}"]);

        AssertOneLine(run, file, "--data");
    }

    [Fact]
    public async Task ABrokenDeploymentFileIsNamedWithTheLine()
    {
        var (data, port) = (Fresh(), SisoteProcess.FindFreePorts());
        await SisoteProcess.RunAsync(["demo", "list", "--data", data, "--port", $"{port}"]);
        await File.AppendAllTextAsync(Path.Combine(data, "sisote.yaml"), "\nnonsense: true\n", TestContext.Current.CancellationToken);

        var run = await SisoteProcess.RunAsync(["run", "--data", data, "--port", $"{port}"]);

        AssertOneLine(run, "sisote.yaml(", "nonsense");
    }

    [Fact]
    public async Task ABrokenCatalogueIsNamedWithFileAndLine()
    {
        var catalogue = Fresh();
        CopyFolder(Path.Combine(FindRoot(), "src", "Catalogue"), catalogue);
        var rule = Directory.EnumerateFiles(catalogue, "EX-02.yaml", SearchOption.AllDirectories).Single();
        await File.AppendAllTextAsync(rule, "\nnonsense: true\n", TestContext.Current.CancellationToken);

        var run = await SisoteProcess.RunAsync(
            ["run", "--data", Fresh(), "--port", $"{SisoteProcess.FindFreePorts()}"],
            new Dictionary<string, string> { ["Sisote__CatalogueFolder"] = catalogue });

        AssertOneLine(run, "EX-02.yaml(", "nonsense");
    }

    [Theory]
    [InlineData("Sisote__Strict", "true")]
    [InlineData("Sisote__Consent__Database", "postgres:Host=127.0.0.1")]
    public async Task TheDemonstrationRefusesWhatSmellsOfRealUse(string setting, string value)
    {
        var run = await SisoteProcess.RunAsync(["run", "--data", Fresh(), "--port", $"{SisoteProcess.FindFreePorts()}"], new Dictionary<string, string> { [setting] = value });

        AssertOneLine(run, "Demo mode");
    }

    private static void AssertOneLine(SisoteProcess run, params string[] parts)
    {
        Assert.Equal(1, run.ExitCode);
        var line = Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    private static string Fresh() => Path.Combine(Path.GetTempPath(), "sisote-test-" + Guid.CreateVersion7().ToString("N"));

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run inside a checkout.");
        }

        return folder.FullName;
    }
}
