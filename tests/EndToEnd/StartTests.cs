// The one command: what a newcomer meets, and what an operator meets when something is wrong.
using System.Net;
using System.Net.Sockets;
using Sisote.Tests.EndToEnd.House;
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
            Assert.Contains($"-- tour --data {data} --port {port}", first.Output, StringComparison.Ordinal);
            key = await File.ReadAllTextAsync(Path.Combine(data, "keys", "kuopio-liikunta.jwks.json"), TestContext.Current.CancellationToken);
            await first.InterruptAsync();
            Assert.Equal(0, first.ExitCode);
        }

        await using var second = SisoteProcess.Start(["--data", data, "--port", $"{port}"]);
        await second.WaitUntilOpenAsync();
        Assert.Equal(key, await File.ReadAllTextAsync(Path.Combine(data, "keys", "kuopio-liikunta.jwks.json"), TestContext.Current.CancellationToken));
        await AssertTheFolderIsHeldAsync(data, port);
    }

    /// <summary>While one instance runs no other takes its folder, and none empties it; whoever only reads may.</summary>
    private static async Task AssertTheFolderIsHeldAsync(string data, int port)
    {
        var before = Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Count();
        foreach (var fresh in (string[][])[[], ["--fresh"]])
        {
            var run = await SisoteProcess.RunAsync(["run", .. fresh, "--data", data, "--port", $"{SisoteProcess.FindFreePorts()}"]);
            AssertOneLine(run, "Sisote already runs here (process ", $"http://localhost:{port}/");
        }

        Assert.True(Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Count() >= before);
        var list = await SisoteProcess.RunAsync(["demo", "list", "--data", data, "--port", $"{port}"]);
        Assert.True(list.ExitCode == 0, list.Errors);
        var other = await SisoteProcess.RunAsync(["tour", "--data", Fresh(), "--port", $"{port}"]);
        AssertOneLine(other, $"Sisote answers at http://localhost:{port}/", "--data");
    }

    [Fact]
    public async Task FreshStartsAnewAndKeepsADeploymentFileThatWasChangedByHand()
    {
        var (data, port) = (Fresh(), SisoteProcess.FindFreePorts());
        await DemoDeployment.WriteAsync(data, port, static text => text + "\nnonsense: true\n");
        await File.WriteAllTextAsync(Path.Combine(data, ".sisote"), "made by Sisote", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(data, "consent.db"), "no database", TestContext.Current.CancellationToken);

        await using var house = SisoteProcess.Start(["run", "--fresh", "--data", data, "--port", $"{port}"]);
        await house.WaitUntilOpenAsync();

        Assert.DoesNotContain("nonsense", await File.ReadAllTextAsync(Path.Combine(data, "sisote.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var kept = Assert.Single(Directory.EnumerateFiles(data, "sisote.yaml.2*"));
        Assert.Contains("nonsense", await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(kept, house.Errors, StringComparison.Ordinal);
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

        var data = Fresh();

        var run = await SisoteProcess.RunAsync(["run", "--data", data, "--port", $"{port}"]);

        AssertOneLine(run, $"localhost:{port}", "--port");
        Assert.False(Directory.Exists(data), "A start that failed leaves no half-made folder.");
    }

    [Theory]
    [InlineData("keys/consent.log.key", "consent.log.key")]
    [InlineData("keys/sisote-portal.private.jwk.json", "sisote-portal.private.jwk.json")]
    [InlineData("consent.db", "no sound SQLite database")]
    [InlineData("identity.db", "identity.db")]
    public async Task AFileThatHoldsSomethingElseIsNamed(string file, string named)
    {
        var data = Fresh();
        Directory.CreateDirectory(Path.Combine(data, "keys"));
        await File.WriteAllTextAsync(Path.Combine(data, file), string.Join('\n', Enumerable.Repeat("garbage", 300)), TestContext.Current.CancellationToken);

        var run = await SisoteProcess.RunAsync(["run", "--data", data, "--port", $"{SisoteProcess.FindFreePorts()}"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(named, run.Errors.Trim().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, ".running/gateway.lock")]
    [InlineData(2, "identity.db")]
    [InlineData(1, "consent.db")]
    public async Task WhoStopsItWhileItStillOpensHearsNoComplaint(int times, string atTheSightOf)
    {
        var data = Fresh();
        await using var house = SisoteProcess.Start(["run", "--data", data, "--port", $"{SisoteProcess.FindFreePorts()}"]);
        await house.WaitForAsync(() => File.Exists(Path.Combine(data, atTheSightOf)));

        await house.TerminateAsync(times);

        Assert.Equal((0, ""), (house.ExitCode, house.Output.Trim()));
        Assert.Equal("Stopped before it was open.", house.Errors.Trim());
    }

    [Fact]
    public async Task WhatIsNotUnderstoodIsSaidOnStandardErrorAloneAndEndsWithTwo()
    {
        var run = await SisoteProcess.RunAsync(["tokn", "--system", "kuopio-liikunta"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output.Trim()));
        Assert.Contains("Did you mean `token`?", run.Errors, StringComparison.Ordinal);

        var port = await SisoteProcess.RunAsync(["--port", "70000"]);
        Assert.Equal((2, ""), (port.ExitCode, port.Output.Trim()));
        Assert.Contains("--port is a number from 1 to 64999", port.Errors, StringComparison.Ordinal);

        var misplaced = await SisoteProcess.RunAsync(["--port", "8180", "demo", "list"]);
        Assert.Equal((2, ""), (misplaced.ExitCode, misplaced.Output.Trim()));
        Assert.Contains("--port stands before `list`", misplaced.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereNobodyRunsEachCommandSaysSoInOneLine()
    {
        var data = Fresh();
        var list = await SisoteProcess.RunAsync(["demo", "list", "--data", data]);
        Assert.Equal(0, list.ExitCode);
        Assert.False(Directory.Exists(data), "Listing writes nothing.");

        AssertOneLine(await SisoteProcess.RunAsync(["log", "export", "--to", "/nonexistent/log.ndjson"]), "/nonexistent");
        AssertOneLine(await SisoteProcess.RunAsync(["log", "export", "--to", Path.Combine(Path.GetTempPath(), "never.ndjson"), "--data", data]), "sisote.yaml", "--data");
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
        await DemoDeployment.WriteAsync(data, port, static text => text + "\nnonsense: true\n");

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
