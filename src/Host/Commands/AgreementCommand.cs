// sisote agreement: which agreements are rules conditioned on, and what hangs on one?
using System.CommandLine;
using System.Globalization;
using Sisote.Doors.Consent;

namespace Sisote.Host.Commands;

/// <summary>Lists agreements between organisations with the rules that depend on them, shows one, and ends one or says what that would do.</summary>
internal static class AgreementCommand
{
    private static readonly string[] FlowHeadings = ["rule", "asks for it", "stops between", "goes on by"];

    /// <summary>The command.</summary>
    internal static Command Make() => new("agreement", "Agreements between organisations.") { List(), Show(), End() };

    private static Command List()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var command = new Command("list", "List the agreements, ended ones included, with the rules that they are a condition for.") { format, data, port };
        command.SetAction((parsed, cancellation) => ConsentRoomApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var found = await api.AgreementsAsync(cancellation);
            var now = TimeProvider.System.GetUtcNow();
            ConsentCommand.Write(
                parsed.InvocationConfiguration.Output,
                parsed.GetValue(format),
                found,
                ["id", "version", "kind", "parties", "rules", "since", "until", "state"],
                found.Agreements.Select(agreement => new[]
                {
                    agreement.Id, (found.Terms.FirstOrDefault(terms => terms.Id == agreement.Id)?.Version ?? 1).ToString(CultureInfo.InvariantCulture), agreement.Kind, string.Join(' ', agreement.Parties),
                    string.Join(' ', agreement.Flows), ConsentCommand.Day(agreement.From), ConsentCommand.Day(agreement.To),
                    agreement.From > now ? "not yet" : agreement.To < now ? "ended" : "in force",
                }));
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Show()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var id = new Argument<string>("id") { Description = "The agreement, as `list` shows it." };
        var command = new Command("show", "Show one agreement: its versions, roles, signatures, and the rules that hang on it.") { id, format, data, port };
        command.SetAction((parsed, cancellation) => ConsentRoomApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var shown = await api.AgreementAsync(parsed.GetRequiredValue(id), cancellation);
            if (parsed.GetValue(format) != "json")
            {
                await WriteFactsAsync(parsed.InvocationConfiguration.Output, shown);
            }

            WriteFlows(parsed.InvocationConfiguration.Output, parsed.GetValue(format), shown);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command End()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var id = new Argument<string>("id") { Description = "The agreement, as `list` shows it." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would stop, and end nothing." };
        var command = new Command("end", "End an agreement now: from the answer on no disclosure rests on it.") { id, dryRun, format, data, port };
        command.SetAction((parsed, cancellation) => ConsentRoomApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var shown = await api.AgreementAsync(parsed.GetRequiredValue(id), cancellation);
            if (!parsed.GetValue(dryRun))
            {
                shown = shown with { Agreement = (await api.EndAgreementAsync(shown.Agreement.Id, cancellation)).Agreement, State = "ended" };
            }

            WriteFlows(parsed.InvocationConfiguration.Output, parsed.GetValue(format), shown);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(parsed.GetValue(dryRun) ? "Nothing was ended." : $"{shown.Agreement.Id} has ended.");
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static async Task WriteFactsAsync(TextWriter output, AgreementShown shown)
    {
        var agreement = shown.Agreement;
        await output.WriteLineAsync($"{agreement.Id}: {agreement.Kind}, {shown.State}, {ConsentCommand.Day(agreement.From)} - {ConsentCommand.Day(agreement.To)}");
        var newest = shown.Versions.FirstOrDefault();
        foreach (var party in agreement.Parties)
        {
            var signed = newest?.Signatures.FirstOrDefault(signature => signature.Party == party);
            await output.WriteLineAsync($"  {party}: {newest?.Roles.FirstOrDefault(role => role.Party == party)?.Role ?? "-"}, {(signed is null ? "no signature on record" : $"signed {signed.Day:yyyy-MM-dd} ({signed.Office})")}");
        }

        await output.WriteLineAsync($"  figures: {(newest is { Figures.Length: > 0 } ? string.Join(' ', newest.Figures) : "-")}; versions on record: {shown.Versions.Length.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void WriteFlows(TextWriter output, string? format, AgreementShown shown) => ConsentCommand.Write(output, format, shown, FlowHeadings, shown.Flows.Select(static flow => new[]
    {
        flow.Rule.Value,
        flow.Asks ? "yes" : "no",
        flow.Stops.IsEmpty ? "-" : string.Join(", ", flow.Stops.Select(static pair => $"{pair.One} and {pair.Other}")),
        flow.Others.IsEmpty ? "-" : string.Join(' ', flow.Others),
    }));
}
