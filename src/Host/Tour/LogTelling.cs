// How the tour tells a record of the log.
using System.Globalization;
using System.Text.Json.Nodes;

namespace Sisote.Host.Tour;

/// <summary>Says what left and what stayed by name, under which rule and statute, where in the log, and whether the receipt holds.</summary>
internal static class LogTelling
{
    /// <summary>Items of a record that were released.</summary>
    internal static List<string> Released(JsonObject record) => Items(record, released: true).Select(static item => item["item"]!.GetValue<string>()).ToList();

    /// <summary>Items of a record that stayed.</summary>
    internal static List<string> Withheld(JsonObject record) => Items(record, released: false).Select(static item => item["item"]!.GetValue<string>()).ToList();

    /// <summary>Tells one record.</summary>
    internal static void Tell(this TourReport report, JsonObject record, long index)
    {
        report.Say("left", Released(record) is { Count: > 0 } released ? string.Join(", ", released) : "nothing");
        if (Items(record, released: false).ToList() is { Count: > 0 } withheld)
        {
            report.Say("stayed", string.Join(", ", withheld.Select(static item => $"{item["item"]} ({Why(item)})")));
        }

        foreach (var group in Items(record, released: true).GroupBy(static item => item["rule"]?.GetValue<string>()).Where(static group => group.Key is not null))
        {
            var basis = group.First()["basis"]?.AsArray().Select(static basis => $"{basis!["statute"]} {basis["section"]}") ?? [];
            report.Say("rule", $"{group.Key}: {string.Join("; ", basis)}{Consent(group.First())}");
        }

        report.Say("log", string.Create(CultureInfo.InvariantCulture, $"entry {index}, {record["kind"]}, outcome {record["outcome"]}"));
    }

    /// <summary>Tells the records that receipts name and checks the receipts, each with the call that it came with.</summary>
    internal static async Task<List<JsonObject>> TellReceiptsAsync(this TourReport report, TourLog log, IEnumerable<(string Call, string Receipt)> receipts, CancellationToken cancellation)
    {
        var told = new List<JsonObject>();
        foreach (var (call, header) in receipts)
        {
            var receipt = await log.CheckAsync(header, cancellation);
            report.Expect($"{call}: the receipt is signed by the log and names its entry", receipt is not null);
            if (receipt is not null)
            {
                var record = (await log.ReadAsync(cancellation))[(int)receipt.Index];
                report.Tell(record, receipt.Index);
                told.Add(record);
            }
        }

        return told;
    }

    private static IEnumerable<JsonNode> Items(JsonObject record, bool released) =>
        record["items"]?.AsArray().OfType<JsonNode>().Where(item => item["released"]?.GetValue<bool>() == released) ?? [];

    private static string Why(JsonNode item) => string.Join(": ", new[] { item["reason"], item["missingCondition"] ?? item["prohibition"] }.OfType<JsonNode>());

    private static string Consent(JsonNode item) =>
        item["consents"]?.AsArray().FirstOrDefault() is { } consent ? $"; consent {consent["form"]}, version {consent["version"]}" : string.Empty;
}
