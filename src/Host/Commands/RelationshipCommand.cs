// sisote relationship: on which relationships of a client may rules rest?
using System.CommandLine;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;

namespace Sisote.Host.Commands;

/// <summary>Lists relationships of one client. The output names no client; looking is an entry of the log.</summary>
internal static class RelationshipCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("relationship", "Referrals, cases, enrolments and other relationships on record.") { List() };

    private static Command List()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var command = new Command("list", "List a client's relationships, ended ones included. The client's national identifier is read from standard input.") { format, data, port };
        command.SetAction((parsed, cancellation) => ConsentRoomApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var found = await api.RelationshipsAsync(await ConsentRoomApi.ReadIdentifierAsync(cancellation), cancellation);
            ConsentCommand.Write(
                parsed.InvocationConfiguration.Output,
                parsed.GetValue(format),
                found,
                ["id", "kind", "status", "from", "to", "professional", "since", "until", "recorded by"],
                found.Relationships.Select(one => new[]
                {
                    one.Id, one.Kind, JsonSerializer.SerializeToElement(one.Status, SisoteJson.Options).GetString()!, one.FromOrganisation?.Value ?? "-", one.ToOrganisation?.Value ?? "-",
                    one.Professional?.Value ?? "-", ConsentCommand.Day(one.From), ConsentCommand.Day(one.To), By(found.Sources.FirstOrDefault(source => source.Id == one.Id)),
                }));
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static string By(RelationshipSource? source) => source is { Source: { } kind }
        ? string.Join(' ', new[] { kind, source.Organisation?.Value, source.Professional?.Value, source.Follows is null ? null : "after " + source.Follows }.OfType<string>())
        : "-";
}
