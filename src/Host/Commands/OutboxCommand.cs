// sisote outbox: what waits to be delivered, and taking it back.
using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sisote.Doors.Json;
using Sisote.Doors.Outbox;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Lists entries that wait and takes one back before it is sent. It says of no entry what is in it or whose it is.</summary>
internal static class OutboxCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("outbox", "Entries that wait because their target cannot take them now.") { List(), Cancel() };

    private static Command List()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var ended = new Option<bool>("--ended") { Description = "List also those that have ended, as long as their end is kept." };
        var command = new Command("list", "List what waits, oldest first.") { ended, data, port, format };
        command.SetAction((parsed, cancellation) => RunAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var list = await api.ListAsync(parsed.GetValue(ended), cancellation);
            await parsed.InvocationConfiguration.Output.WriteAsync(parsed.GetRequiredValue(format) == "json" ? Json(list) : Text(list.Entries));
            if (!list.Complete)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"There are more: these are the {list.Entries.Length} that came last.");
            }

            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Cancel()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var id = new Argument<string>("id") { Description = "The entry, as `list` shows it." };
        var command = new Command("cancel", "Take an entry back whose sending has not begun; its sender sees that, and the log says so.") { id, data, port };
        command.SetAction((parsed, cancellation) => RunAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var cancelled = await api.CancelAsync(parsed.GetRequiredValue(id), cancellation);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(cancelled switch
            {
                true => "Taken back.",
                false => "Too late: its sending has begun, or it has ended. `sisote outbox list --ended` says which.",
                null => "There is no such entry: `sisote outbox list` shows what waits.",
            });
            return cancelled == true ? ExitCodes.Ok : ExitCodes.Failed;
        }));
        return command;
    }

    private static async Task<int> RunAsync(HouseOptions options, InvocationConfiguration streams, Func<OutboxApi, Task<int>> run)
    {
        using var house = RunningHouse.Find(options);
        try
        {
            return await run(new OutboxApi(house));
        }
        catch (TokenRefusedException refusal) when (refusal.Error == TokenRefusedException.Unreachable)
        {
            throw house.NotRunning(refusal);
        }
        catch (HttpRequestException fault)
        {
            await streams.Error.WriteLineAsync($"The consent service did not answer: {fault.Message}");
            return ExitCodes.Failed;
        }
    }

    private static string Json(OutboxList list) => JsonSerializer.Serialize(list, SisoteJson.Options) + Environment.NewLine;

    private static string Text(ImmutableArray<OutboxEntry> entries)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Table.Write(
            text,
            ["id", "from", "to", "state", "attempts", "waits since", "next or end"],
            entries.Select(static entry => new[]
            {
                entry.Id,
                entry.Sender.Value,
                entry.Target.Value,
                JsonSerializer.Serialize(entry.State).Trim('"'),
                entry.Attempts.ToString(CultureInfo.InvariantCulture),
                Time(entry.HeldAt),
                (entry.EndedAt ?? entry.DueAt) is { } time ? Time(time) : "-",
            }));
        return text.ToString();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
