// Keeps every input that went where none went before, and breaks those further.
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Sisote.Tests.Gateway.Minimising;

#pragma warning disable RS0030, CA5394 // which input is broken how need not be secret, and is repeated from one number; a generator of CsCheck would cost more than the doors do

namespace Sisote.Tests.Fuzzing;

/// <summary>Runs inside the staged folder, on an instrumented gateway. Exit code: 0 nothing found, 1 findings, 2 no coverage is counted.</summary>
internal sealed class Fuzzer
{
    private const int LongestInput = 16_384;
    private const int MostFindings = 10;

    private readonly Coverage coverage;
    private readonly List<byte[]> corpus = [];
    private readonly HashSet<string> findings = new(StringComparer.Ordinal);
    private readonly Random chance;
    private readonly FuzzOptions options;
    private readonly Target target;
    private long inputs;

    internal Fuzzer(Coverage coverage, string[] words)
    {
        (this.coverage, options) = (coverage, FuzzOptions.Parse(words));
        target = Targets.All[options.Target];
        chance = new Random(options.Seed);
    }

    internal int Run()
    {
        foreach (var seed in target.Seeds().Where(static seed => seed.Length <= LongestInput))
        {
            Try(seed);
        }

        var (begun, fromSeeds, edges) = (Stopwatch.StartNew(), corpus.Count, coverage.Edges);
        for (var told = 10; begun.Elapsed.TotalSeconds < options.Seconds && findings.Count < MostFindings && edges > 0;)
        {
            Try(Next());
            if (begun.Elapsed.TotalSeconds >= told)
            {
                told += 10;
                Tell(begun.Elapsed);
            }
        }

        Tell(begun.Elapsed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seeds: {fromSeeds} kept, {edges} edges; seed of chance {options.Seed}"));
        return edges == 0 ? 2 : findings.Count == 0 ? 0 : 1;
    }

    private void Try(byte[] input)
    {
        inputs++;
        coverage.Begin();
        try
        {
            target.Take(input);
        }
        catch (Exception fault) // whatever it is, it is a finding
        {
            Keep(input, fault);
        }

        if (coverage.IsNew())
        {
            corpus.Add(input);
        }
    }

    /// <summary>An input of the corpus, the newest more often, broken in one to four places and, now and then, told to be of another kind.</summary>
    private byte[] Next()
    {
        var seed = corpus[chance.Next(2) == 0 ? chance.Next(corpus.Count) : chance.Next(Math.Max(0, corpus.Count - 64), corpus.Count)];
        var choices = new int[4 << chance.Next(3)];
        foreach (ref var choice in choices.AsSpan())
        {
            choice = chance.Next();
        }

        byte[] head = seed[..Target.Head];
        if (chance.Next(16) == 0)
        {
            head[chance.Next(Target.Head)] = (byte)chance.Next(256);
        }

        byte[] text = Mutations.Apply(seed[Target.Head..], corpus[chance.Next(corpus.Count)], choices);
        return [.. head, .. text.AsSpan(0, Math.Min(text.Length, LongestInput - Target.Head))];
    }

    private void Keep(byte[] input, Exception fault)
    {
        var place = fault.StackTrace?.Split('\n').FirstOrDefault(static line => line.Contains("Sisote.Gateway", StringComparison.Ordinal))?.Trim();
        if (!findings.Add($"{fault.GetType().Name} {place}"))
        {
            return;
        }

        Directory.CreateDirectory(options.Findings);
        var file = Path.Combine(options.Findings, $"{options.Target}-{Convert.ToHexStringLower(SHA256.HashData(input))[..16]}.bin");
        File.WriteAllBytes(file, input);
        Console.WriteLine($"FOUND {file}\n{fault}");
    }

    private void Tell(TimeSpan taken) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{options.Target}: {inputs} inputs in {taken.TotalSeconds:0} s, {inputs / Math.Max(1, taken.TotalSeconds):0}/s; corpus {corpus.Count}, {coverage.Edges} edges, {findings.Count} findings"));
}
