// Mutants: that they fit the source, that each was found by its probe; by command, that each is found now.
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Sisote.Tests.Leaks.Matrix;

namespace Sisote.Tests.Leaks.Mutants;

/// <summary>
/// <c>SISOTE_MUTANTS=all</c> (or names, with commas) copies the tree, puts the mutants in, builds the copy and runs each mutant's probe; <c>results.tsv</c> keeps what came of it.
/// </summary>
public sealed class MutantTests
{
    /// <summary>How many mutants are tried at the same time.</summary>
    private const int AtOnce = 2;

    private static string Results => Repository.Path("tests/Leaks/Mutants/results.tsv");

    [Fact]
    public void EveryEditFitsTheGatewaysSourceInOnePlace()
    {
        var unfit = EditList.All.Where(static edit => File.ReadAllText(Repository.Path($"src/Gateway/{edit.File}")).Split(edit.Find).Length != 2);

        Assert.Equal([], unfit.Select(static edit => $"{edit.File}: {edit.Find.Trim()}"));
    }

    [Fact]
    public void EveryMutantStandsInSomeEditAndNamesAProbeOfItsRow()
    {
        var edits = string.Concat(EditList.All.Select(static edit => edit.Put)) + EditList.Switch;

        Assert.Equal([], MutantList.All.Where(mutant => !edits.Contains($"\"{mutant.Name}\"", StringComparison.Ordinal)).Select(static mutant => mutant.Name));
        Assert.Equal([], MutantList.All.Where(static mutant => !Probe.All.Any(probe => probe.Name == mutant.Probe && probe.Rows.Contains(mutant.Row))).Select(static mutant => $"{mutant.Name}: {mutant.Probe}"));
        Assert.Equal([], Probe.All.SelectMany(static probe => probe.Rows).Distinct().Order().Where(static row => MutantList.All.All(mutant => mutant.Row != row)));
    }

    [Fact]
    public async Task EveryMutantIsFoundByItsProbe()
    {
        if (Environment.GetEnvironmentVariable("SISOTE_MUTANTS") is { Length: > 0 } chosen)
        {
            await RunAsync([.. MutantList.All.Where(mutant => chosen == "all" || chosen.Split(',').Contains(mutant.Name))], isWhole: chosen == "all");
        }

        var results = Read();
        Assert.Equal([], MutantList.All.Where(mutant => results.GetValueOrDefault(mutant.Name) is not { IsRed: true }).Select(static mutant => $"{mutant.Name} was never found"));
    }

    /// <summary>What is known of each mutant. What was found of another text of the mutant, or of a gateway of which nobody wrote down which it was, has no text.</summary>
    internal static Dictionary<string, MutantResult> Read() => Lines().Where(static line => MutantList.All.Any(mutant => mutant.Name == line[0]))
        .ToDictionary(static line => line[0], static line => new MutantResult(line[1] == "red", line[2], line is [_, _, _, var digest, var text] && digest == DigestOf(MutantList.All.First(mutant => mutant.Name == line[0])) ? text : null), StringComparer.Ordinal);

    private static IEnumerable<string[]> Lines() => File.Exists(Results) ? File.ReadLines(Results).Select(static line => line.Split('\t')) : [];

    private static string DigestOf(Mutant mutant) => Digest(
        $"{mutant}\n{string.Join('\n', EditList.All.Where(edit => edit.Put.Contains($"\"{mutant.Name}\"", StringComparison.Ordinal)))}{(EditList.Switch.Contains($"\"{mutant.Name}\" =>", StringComparison.Ordinal) ? EditList.Switch : string.Empty)}", 16);

    private static string Digest(string text, int length) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..length];

    /// <summary>Which gateway it is: the beginning of the digest of its whole text.</summary>
    private static string GatewayText() => Digest(string.Concat(Directory.EnumerateFiles(Repository.Path("src/Gateway"), "*.cs", SearchOption.AllDirectories)
        .Where(static file => !file.Split('/', '\\').Any(static part => part is "bin" or "obj")).Order(StringComparer.Ordinal).Select(File.ReadAllText)), 8);

    private static async Task RunAsync(Mutant[] mutants, bool isWhole)
    {
        var (copy, text) = (Directory.CreateTempSubdirectory("sisote-mutants-").FullName, GatewayText());
        try
        {
            Copy(copy);
            await MutateAsync(copy);
            var (built, output) = await StartAsync("dotnet", ["build", Path.Combine(copy, "tests/Leaks"), "-v", "q", "-nologo", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false"], copy, null);
            Assert.True(built == 0, output);
            var lines = Lines().ToDictionary(static line => line[0], static line => string.Join('\t', line), StringComparer.Ordinal);
            if (isWhole)
            {
                var (plain, failures) = await ProbeAsync(copy, string.Empty, [.. mutants.Select(static mutant => mutant.Probe).Distinct()]);
                Assert.True(plain == 0, $"Without a mutant: {failures}");
            }

            var gate = new Lock();
            await Parallel.ForEachAsync(mutants, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (mutant, _) =>
            {
                var (code, _) = await ProbeAsync(copy, mutant.Name, [mutant.Probe]);
                lock (gate)
                {
                    lines[mutant.Name] = $"{mutant.Name}\t{(code == 2 ? "red" : "green")}\t{TimeProvider.System.GetUtcNow():yyyy-MM-dd}\t{DigestOf(mutant)}\t{text}"; // 2 = tests failed
                    File.WriteAllLines(Results, MutantList.All.Where(one => lines.ContainsKey(one.Name)).Select(one => lines[one.Name]));
                }
            });
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static void Copy(string copy)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories).Select(static file => Path.GetRelativePath(Repository.Root, file))
            .Where(static file => !file.Split('/', '\\').Any(static part => part is "bin" or "obj" or ".git" or "TestResults")))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(copy, file));
        }
    }

    private static async Task MutateAsync(string copy)
    {
        foreach (var edits in EditList.All.GroupBy(static edit => edit.File))
        {
            var file = Path.Combine(copy, "src/Gateway", edits.Key);
            var text = edits.Aggregate(await File.ReadAllTextAsync(file), static (text, edit) => text.Replace(edit.Find, edit.Put, StringComparison.Ordinal));
            await File.WriteAllTextAsync(file, text);
        }

        await File.WriteAllTextAsync(Path.Combine(copy, "src/Gateway/Mutant.cs"), EditList.Switch);
    }

    private static Task<(int, string)> ProbeAsync(string copy, string mutant, string[] probes) =>
        StartAsync("dotnet", [Path.Combine(copy, "tests/Leaks/bin/Debug/net10.0/Sisote.Leaks.dll"), "--filter-method", .. probes.Select(static probe => $"*.{probe}")], copy, mutant);

    private static async Task<(int Code, string Output)> StartAsync(string command, string[] arguments, string folder, string? mutant)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("SISOTE_MUTANTS");
        start.Environment["SISOTE_MUTANT"] = mutant;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
