// sisote release: what waits for a professional of the giver to decide?
using System.CommandLine;
using System.Globalization;

namespace Sisote.Host.Commands;

/// <summary>Lists disclosures that wait for a human decision. It names no client, and decides nothing: that is for a professional of the giver, at the portal or in the own system.</summary>
internal static class ReleaseCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("release", "Disclosures that wait for a decision of a professional of the giver.") { List() };

    private static Command List()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var ended = new Option<bool>("--ended") { Description = "List also those that were decided or have lapsed." };
        var command = new Command("list", "List what waits, oldest first.") { ended, format, data, port };
        command.SetAction((parsed, cancellation) => ConsentRoomApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var found = await api.ReleasesAsync(cancellation);
            var shown = found with { Releases = [.. found.Releases.Where(one => parsed.GetValue(ended) || one.State == "open")] };
            ConsentCommand.Write(
                parsed.InvocationConfiguration.Output,
                parsed.GetValue(format),
                shown,
                ["id", "state", "giver", "asked for by", "role", "purpose", "items", "since", "lapses"],
                shown.Releases.Select(static one => new[]
                {
                    one.Id, one.State, one.FromOrganisation.Value, one.ToOrganisation.Value, one.ToRole.Value, one.Purpose.Value, string.Join(' ', one.Items.Select(static item => item.Item)), Time(one.AskedAt),
                    ConsentCommand.Day(one.LapsesAt),
                }));
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
