// sisote log witness: who watches whom, how far, and what was found.
using System.CommandLine;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Shows the state of witnesses, hands out evidence, settles alarms.</summary>
internal static class LogWitnessCommand
{
    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var command = new Command("witness", "Show who watches this log and which logs are watched; ends with 5 while an alarm stands, or witnesses are overdue or contradict this log.") { data, port, format, Evidence(), Settle() };
        command.SetAction((parsed, cancellation) => RunAsync(
            Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), api => ShowAsync(api, parsed.GetRequiredValue(format), parsed.InvocationConfiguration, cancellation), parsed.InvocationConfiguration));
        return command;
    }

    private static Command Evidence()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var id = new Argument<string>("id") { Description = "The alarm, as `sisote log witness` names it." };
        var to = new Option<string>("--to") { HelpName = "FILE", Description = "The file to write.", Required = true };
        var command = new Command("evidence", "Write the evidence of an alarm into a file that anybody can verify with `sisote log verify`.") { id, to, data, port };
        command.SetAction((parsed, cancellation) => RunAsync(
            Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), api => WriteAsync(api, parsed.GetRequiredValue(id), parsed.GetRequiredValue(to), parsed.InvocationConfiguration, cancellation), parsed.InvocationConfiguration));
        return command;
    }

    private static Command Settle()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var id = new Argument<string>("id") { Description = "The alarm, as `sisote log witness` names it." };
        var why = new Option<string>("--why") { HelpName = "TEXT", Description = "Why it is settled; kept with the alarm. No names of clients.", Required = true };
        var command = new Command("settle", "Settle an alarm. Its evidence is kept.") { id, why, data, port };
        command.SetAction((parsed, cancellation) => RunAsync(
            Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), api => SettleAsync(api, parsed.GetRequiredValue(id), parsed.GetRequiredValue(why), parsed.InvocationConfiguration, cancellation), parsed.InvocationConfiguration));
        return command;
    }

    private static async Task<int> RunAsync(HouseOptions options, Func<WitnessApi, Task<int>> run, InvocationConfiguration streams)
    {
        using var house = RunningHouse.Find(options);
        try
        {
            return await run(new WitnessApi(house));
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

    private static async Task<int> ShowAsync(WitnessApi api, string format, InvocationConfiguration streams, CancellationToken cancellation)
    {
        var status = await api.ReadAsync(cancellation);
        await streams.Output.WriteAsync(format == "json" ? WitnessOutput.Json(status) : WitnessOutput.Text(status));
        return status.Overdue || status.Asked.Any(static asked => asked.Outcome is "ahead" or "contradicted") || status.Alarms.Any(static alarm => alarm.SettledAt is null)
            ? ExitCodes.VerificationFailed
            : ExitCodes.Ok;
    }

    private static async Task<int> WriteAsync(WitnessApi api, string id, string file, InvocationConfiguration streams, CancellationToken cancellation)
    {
        if (File.Exists(file))
        {
            throw new StartFaultException($"{file} is there already: name another file with --to.");
        }

        if (await api.FindEvidenceAsync(id, cancellation) is not { } evidence)
        {
            return await NoSuchAsync(streams);
        }

        await File.WriteAllBytesAsync(file, evidence, cancellation);
        await streams.Error.WriteLineAsync($"Written to {Path.GetFullPath(file)}. Verify it anywhere: sisote log verify {file}");
        return ExitCodes.Ok;
    }

    private static async Task<int> SettleAsync(WitnessApi api, string id, string why, InvocationConfiguration streams, CancellationToken cancellation)
    {
        if (!await api.SettleAsync(id, new SettleAlarm { Why = why }, cancellation))
        {
            return await NoSuchAsync(streams);
        }

        await streams.Error.WriteLineAsync("Settled.");
        return ExitCodes.Ok;
    }

    private static async Task<int> NoSuchAsync(InvocationConfiguration streams)
    {
        await streams.Error.WriteLineAsync("There is no such alarm, or it is settled already: `sisote log witness` lists them.");
        return ExitCodes.Failed;
    }
}
