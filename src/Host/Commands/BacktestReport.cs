// A back-test's result for people and for programs.
using System.Globalization;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;

namespace Sisote.Host.Commands;

/// <summary>Tells what would change, rule by rule, in sentences; or the same as JSON or as a table of comma-separated values.</summary>
internal static class BacktestReport
{
    private static readonly JsonSerializerOptions Indented = new(SisoteJson.Options) { WriteIndented = true };

    /// <summary>Writes the result.</summary>
    internal static void Write(TextWriter writer, BacktestResult result, LegalCatalogue catalogue, string format)
    {
        switch (format)
        {
            case "json":
                writer.WriteLine(JsonSerializer.Serialize(result, Indented));
                break;
            case "csv":
                WriteTable(writer, result);
                break;
            default:
                WriteText(writer, result, catalogue);
                break;
        }
    }

    private static void WriteText(TextWriter writer, BacktestResult result, LegalCatalogue catalogue)
    {
        foreach (var group in result.Changes.GroupBy(static change => change.Before.Rule ?? change.After.Rule).OrderBy(static group => group.Key?.Value, StringComparer.Ordinal))
        {
            writer.WriteLine(group.Key is { } rule ? catalogue.Rules.TryGetValue(rule, out var known) ? $"{rule}: {known.Title.En}" : $"{rule} (not in this catalogue)" : "Whole decisions and items without a rule");
            foreach (var change in group)
            {
                writer.WriteLine($"  {Sentence(change, catalogue)} {Count(change.Decisions, "decision", "decisions")}.");
            }

            writer.WriteLine();
        }

        foreach (var line in Summary(result))
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>One change as a sentence.</summary>
    internal static string Sentence(BacktestChange change, LegalCatalogue catalogue)
    {
        var what = change.Item is { } item ? catalogue.Items.TryGetValue(item, out var known) ? $"{known.Labels.En} ({item})" : item.Value : "The decision as a whole";
        var between = $"from {change.FromSector}/{change.FromRole} to {change.ToSector}/{change.ToRole}{(change.Purpose is { } purpose ? $" for {purpose}" : string.Empty)} ({change.Direction.ToString().ToLowerInvariant()})";
        var (before, after) = (change.Before, change.After);
        return (before.Permitted, after.Permitted) switch
        {
            (true, false) => $"{what} {between} might go and would stay: {WhyNot(after)}.",
            (false, true) => $"{what} {between} stayed ({WhyNot(before)}) and might go under {after.Rule}.",
            (false, false) => $"{what} {between} stayed and would stay, for another reason: {WhyNot(before)}, now {WhyNot(after)}.",
            (true, true) when before.Rule != after.Rule => $"{what} {between} might go under {before.Rule} and would go under {after.Rule}.",
            _ => $"{what} {between} rests on something else: {before.Details ?? "nothing"}, now {after.Details ?? "nothing"}.",
        };
    }

    private static string WhyNot(BacktestOutcome outcome) =>
        string.Join(", ", new[] { outcome.Reason is { } reason ? Code(reason) : null, outcome.Prohibition?.Value, outcome.MissingCondition is { } condition ? $"`{condition}` does not hold" : null, outcome.Rule is { } rule ? $"under {rule}" : null }.OfType<string>());

    private static string Code(ReasonClass reason) => JsonSerializer.SerializeToElement(reason, SisoteJson.Options).GetString()!;

    private static IEnumerable<string> Summary(BacktestResult result)
    {
        yield return $"Catalogue {result.Catalogue}.";
        yield return $"{Number(result.Same)} decisions come out the same, bit for bit; {Count(result.Changed, "would change", "would change")}.";
        yield return $"Not decided again: {Number(result.NoDecision)} entries tell of no decision on a client; {Number(result.WithoutInputs)} were recorded without inputs, by an older version; {Number(result.Erased)} are erased.";
        foreach (var (tally, text) in new[]
        {
            (result.NotReproduced, "by this very catalogue do NOT come out as recorded: the program or the record is wrong"),
            (result.InputsMissing, "cannot be decided again: their inputs are gone"),
            (result.InputsChanged, "cannot be decided again: their inputs were CHANGED after they were committed to"),
            (result.RecordChanged, "are on record otherwise than they were committed to: the record was CHANGED"),
            (result.DeploymentUnknown, "were decided under a deployment that is not kept; name one with --deployment"),
        })
        {
            if (tally.Count > 0)
            {
                yield return $"WARNING: {Count(tally, "entry", "entries")}: {text}.";
            }
        }
    }

    private static string Count(BacktestTally tally, string one, string many) =>
        $"{Number(tally)} {(tally.Count == 1 ? one : many)}{(tally.Examples.IsEmpty || tally.Count == 0 ? string.Empty : $" (in the log at {string.Join(", ", tally.Examples)}{(tally.Count > tally.Examples.Length ? ", ..." : string.Empty)})")}";

    private static string Number(BacktestTally tally) => tally.Count.ToString("N0", CultureInfo.InvariantCulture);

    private static void WriteTable(TextWriter writer, BacktestResult result)
    {
        writer.WriteLine("item,from_sector,from_role,to_sector,to_role,direction,purpose,before,before_rule,before_reason,after,after_rule,after_reason,decisions,examples");
        foreach (var change in result.Changes)
        {
            string?[] cells =
            [
                change.Item?.Value, change.FromSector.Value, change.FromRole.Value, change.ToSector.Value, change.ToRole.Value, change.Direction.ToString().ToLowerInvariant(), change.Purpose?.Value,
                Word(change.Before), change.Before.Rule?.Value, Why(change.Before), Word(change.After), change.After.Rule?.Value, Why(change.After),
                change.Decisions.Count.ToString(CultureInfo.InvariantCulture), string.Join(' ', change.Decisions.Examples),
            ];
            writer.WriteLine(string.Join(',', cells)); // codes and numbers only: no cell needs quotes
        }
    }

    private static string Word(BacktestOutcome outcome) => outcome.Permitted switch { true => "permit", false => "deny", null => string.Empty };

    private static string? Why(BacktestOutcome outcome) => outcome.Reason is { } reason ? Code(reason) : null;
}
