// What a run of a fuzzer is told.
using System.Globalization;

namespace Sisote.Tests.Fuzzing;

/// <summary>Target, how long, where findings go, and the seed of chance (printed, so that a run can be repeated).</summary>
internal sealed record FuzzOptions(string Target, int Seconds, string Findings, int Seed)
{
    /// <summary>What is wrong with the words of the command; null = nothing.</summary>
    internal static string? FaultOf(string[] args) =>
        args.Length == 0 || !Targets.All.ContainsKey(args[0]) ? $"Name a target: {string.Join(", ", Targets.All.Keys.Order(StringComparer.Ordinal))}."
        : args.Length % 2 == 0 ? "Every option has one value."
        : args.Skip(1).Chunk(2).FirstOrDefault(static option => option[0] is not ("--seconds" or "--findings" or "--seed") || (option[0] != "--findings" && NumberOf(option[1]) is null)) is { } odd
            ? $"`{odd[0]} {odd[1]}` is not --seconds N, --seed N or --findings FOLDER."
        : null;

    /// <summary>Reads words in which nothing is wrong.</summary>
    internal static FuzzOptions Parse(string[] args)
    {
        string? Option(string name) => args.Skip(1).Chunk(2).LastOrDefault(option => option[0] == name)?[1];

        return new FuzzOptions(
            args[0], NumberOf(Option("--seconds")) ?? 600, Path.GetFullPath(Option("--findings") ?? "findings"), NumberOf(Option("--seed")) ?? (Environment.TickCount & int.MaxValue));
    }

    internal string[] ToArguments() =>
        [Target, "--seconds", Seconds.ToString(CultureInfo.InvariantCulture), "--findings", Findings, "--seed", Seed.ToString(CultureInfo.InvariantCulture)];

    private static int? NumberOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
