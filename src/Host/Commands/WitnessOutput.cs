// How the state of witnesses is shown.
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;

namespace Sisote.Host.Commands;

/// <summary>Text for people, JSON for programs.</summary>
internal static class WitnessOutput
{
    private static readonly JsonSerializerOptions Indented = new(SisoteJson.Options) { WriteIndented = true };

    /// <summary>One line for each key, witness, log and alarm.</summary>
    internal static string Text(WitnessStatus status)
    {
        var text = new StringBuilder();
        Line(text, $"This log's key:        {status.LogKey}");
        Line(text, $"This witness's key:    {status.WitnessKey ?? "none"}");
        Line(text, $"This log:              {status.Size} entries, {Cosigned(status)}");
        foreach (var asked in status.Asked)
        {
            Line(text, $"Witness {asked.Name}: cosigned {asked.Size} entries; {Tell(asked)}");
        }

        foreach (var log in status.Watched)
        {
            Line(text, $"Watched {log.Origin}: {(log.Size is { } size ? $"{size} entries, cosigned {Time(log.CosignedAt)}" : "nothing seen yet")}{(log.Look is { } look ? $"; last look {Time(log.LookedAt)}: {look}" : string.Empty)}");
        }

        foreach (var alarm in status.Alarms)
        {
            Line(text, $"ALARM {alarm.Id}: {alarm.Origin} {alarm.Kind}{At(alarm.Index)}, {(alarm.Proven ? "proven by its own signatures" : "by this witness's word")}, {Seen(alarm)}{Settled(alarm)}");
        }

        return text.ToString();
    }

    /// <summary>The same as JSON.</summary>
    internal static string Json(WitnessStatus status) => JsonSerializer.Serialize(status, Indented) + "\n";

    private static string Cosigned(WitnessStatus status) =>
        status.Quorum == 0 ? "no witness needed"
        : $"{status.CosignedSize ?? 0} of them cosigned by at least {status.Quorum}{(status.Overdue ? "; OVERDUE" : string.Empty)}";

    private static string Tell(AskedWitnessStatus asked) => asked.Outcome switch
    {
        null => "not asked yet",
        "cosigned" => $"in order since {Time(asked.Since)}",
        "ahead" => $"SAW MORE ENTRIES THAN THIS LOG HAS, since {Time(asked.Since)}: this log was rolled back",
        "contradicted" => $"SAW ANOTHER LOG THAN THIS, since {Time(asked.Since)}: this log was changed",
        "refused" => $"does not know this log's key, since {Time(asked.Since)}",
        var outcome => $"{outcome} since {Time(asked.Since)}",
    };

    private static string At(long? index) => index is { } known ? $" at entry {known}" : string.Empty;

    private static string Seen(LogAlarm alarm) => alarm.Times == 1 ? $"seen {Time(alarm.FirstSeen)}" : $"seen {alarm.Times} times from {Time(alarm.FirstSeen)} to {Time(alarm.LastSeen)}";

    private static string Settled(LogAlarm alarm) => alarm.SettledAt is { } at ? $"; settled {Time(at)}: {alarm.SettledWhy}" : string.Empty;

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "never";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
