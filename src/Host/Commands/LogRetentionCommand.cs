// sisote log retention: what of the log has served its time?
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;

namespace Sisote.Host.Commands;

/// <summary>Lists what is due for erasure, and what stays and why.</summary>
internal static class LogRetentionCommand
{
    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var until = Until();
        var command = new Command("retention", "List what of the log has served its time: counts by organisation, sector and year. Erases nothing.") { until, format, data, port };
        command.SetAction((parsed, cancellation) => RetentionRun.TryAsync(
            Settings.Read(parsed.GetValue(data), parsed.GetValue(port)),
            parsed.InvocationConfiguration,
            async api =>
            {
                Tell(await api.ReportAsync(parsed.GetValue(until), cancellation), parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(format));
                return ExitCodes.Ok;
            }));
        return command;
    }

    /// <summary><c>--until</c></summary>
    internal static Option<DateOnly?> Until() => new("--until") { HelpName = "YYYY-MM-DD", Description = "As of this day (Finnish time); default today." };

    /// <summary>Writes a report.</summary>
    internal static void Tell(RetentionReport report, TextWriter output, string format = "table")
    {
        if (format == "json")
        {
            output.WriteLine(JsonSerializer.Serialize(report, SisoteJson.Options));
            return;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"As of {report.AsOf:yyyy-MM-dd}, {report.Due:N0} of {report.Size:N0} entries are due for erasure; {report.Held:N0} more would be, but are held."));
        output.WriteLine();
        Counts(output, "retention rule", report.Periods);
        Counts(output, "organisation", report.Organisations);
        Counts(output, "sector", report.Sectors);
        Counts(output, "year", report.Years);
        Counts(output, "kept beside the log", report.Beside);
        foreach (var line in Remarks(report))
        {
            output.WriteLine(line);
        }
    }

    private static void Counts(TextWriter output, string heading, IReadOnlyCollection<RetentionCount> counts)
    {
        if (counts.Count > 0)
        {
            Table.Write(output, [heading, "due", "held"], counts.Select(static count => new[] { count.Value, Number(count.Due), Number(count.Held) }));
        }
    }

    private static IEnumerable<string> Remarks(RetentionReport report)
    {
        if (report.Unset > 0)
        {
            var who = report.UnsetOrganisations.IsEmpty ? "no organisation is on record to set one" : $"`logYears` is missing for {string.Join(", ", report.UnsetOrganisations)}";
            yield return $"{Number(report.Unset)} old entries stay because no retention time is set: {who} (docs/retention.md).";
        }

        if (report.Kept > 0)
        {
            yield return $"{Number(report.Kept)} old entries stay because their time is not counted from the event: consents, agreements, and what tells of erasures and holds.";
        }

        if (report.Changed > 0)
        {
            yield return $"{Number(report.Changed)} old entries stay because they are not what the log committed to: evidence of a change. `sisote log export` and `sisote log verify` name them.";
        }

        if (report.Erased > 0)
        {
            yield return $"{Number(report.Erased)} entries were erased before, on record.";
        }

        if (report.Unaccounted > 0)
        {
            yield return $"Warning: {Number(report.Unaccounted)} entries have lost their record without any erasure on record. Somebody removed them behind the log's back.";
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
