// What the disclosure log says about a step.
using System.Text.Json.Nodes;

namespace Sisote.Host.Tour.Cases;

/// <summary>Follows the log from step to step and holds what is new against what a step expects.</summary>
internal sealed class CaseLog(TourLog log, TourReport report)
{
    private static readonly string[] Kinds = ["disclosure", "use", "refusal", "write-intent"];
    private int seen;

    /// <summary>Passes over what stands in the log until now.</summary>
    internal async Task PassAsync(CancellationToken cancellation) => seen = (await log.ReadAsync(cancellation)).Count;

    /// <summary>Tells the new decisions about a client, or about nobody, and checks the expectation.</summary>
    internal async Task CheckAsync(Expectation expect, CancellationToken cancellation)
    {
        var all = await log.ReadAsync(cancellation);
        var fresh = all.Skip(seen).ToList();
        var records = fresh.Where(static record => Kinds.Contains(record["kind"]?.GetValue<string>())).ToList();
        foreach (var record in records)
        {
            report.Tell(record, all.IndexOf(record));
        }

        seen = all.Count;
        if (expect.Released is { } released)
        {
            var items = records.SelectMany(LogTelling.Released).Distinct().Order(StringComparer.Ordinal).ToList();
            report.Expect($"released, exactly: {(released.Count == 0 ? "nothing" : string.Join(", ", released))}", items.SequenceEqual(released.Order(StringComparer.Ordinal)));
        }

        if (expect.Logged is { } kind)
        {
            report.Expect($"the log has a record of it: {kind}", fresh.Any(record => kind == record["kind"]?.GetValue<string>() || kind == record["outcome"]?.GetValue<string>()));
        }

        foreach (var rule in expect.Rules)
        {
            report.Expect($"the log names rule {rule}", records.SelectMany(Items).Any(item => item["rule"]?.GetValue<string>() == rule && item["released"]?.GetValue<bool>() == true));
        }

        foreach (var (item, reason) in expect.Reasons)
        {
            report.Expect($"{item} stayed, and the log says why: {reason}", records.SelectMany(Items).Any(stayed => stayed["item"]?.GetValue<string>() == item && stayed["released"]?.GetValue<bool>() == false && stayed["reason"]?.GetValue<string>() == reason));
        }
    }

    /// <summary>Whether an organisation's system has told its register.</summary>
    internal async Task<bool> HasToldAsync(string system, CancellationToken cancellation) =>
        (await log.ReadAsync(cancellation)).Any(record => record["kind"]?.GetValue<string>() == "relationship-change" && record["from"]?["system"]?.GetValue<string>() == system);

    private static IEnumerable<JsonNode> Items(JsonObject record) => record["items"]?.AsArray().OfType<JsonNode>() ?? [];
}
