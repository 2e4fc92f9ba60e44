// sisote client: identities that are one person's.
using System.CommandLine;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Host.Commands;

/// <summary>Merges two identities and undoes a merge. National identifiers come on standard input, so that they stand in no command line.</summary>
internal static class ClientCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("client", "Identities of clients.") { Merge(), Unmerge() };

    private static Command Merge()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var corrected = new Option<bool>("--corrected") { Description = "The prior identifier was wrong; without this, both were the person's." };
        var source = new Option<string?>("--source") { HelpName = "SYSTEM", Description = "The connected system whose register tells it." };
        var command = new Command("merge", "Merge two identities: the first line of standard input is the prior identifier, the second the surviving one.") { corrected, source, data, port };
        command.Validators.Add(result =>
        {
            if (result.GetValue(source) is { } named && !SystemId.TryParse(named, out _))
            {
                result.AddError("--source takes a system as it stands in the deployment file.");
            }
        });
        command.SetAction((parsed, cancellation) => ConsentRoomApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var merged = await api.MergeAsync(new MergeClients
            {
                Prior = await ConsentRoomApi.ReadIdentifierAsync(cancellation),
                Surviving = await ConsentRoomApi.ReadIdentifierAsync(cancellation),
                Kind = parsed.GetValue(corrected) ? MergeClients.Corrected : MergeClients.Merged,
                Source = parsed.GetValue(source) is { } named ? SystemId.Parse(named) : null,
            }, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(merged.Id);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Unmerge()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var command = new Command("unmerge", "Undo a merge that was wrong: standard input names the prior identifier.") { data, port };
        command.SetAction((parsed, cancellation) => ConsentRoomApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var parted = await api.UnmergeAsync(new UnmergeClients { Prior = await ConsentRoomApi.ReadIdentifierAsync(cancellation) }, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parted.Id);
            return ExitCodes.Ok;
        }));
        return command;
    }
}
