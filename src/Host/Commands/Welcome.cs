// What a newcomer reads first.
using System.Globalization;
using System.Text;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>The short table that <c>sisote run</c> prints once everything is open.</summary>
internal static class Welcome
{
    /// <summary>Addresses, persons to sign in as, the next command.</summary>
    internal static string Text(OpenHouse house)
    {
        var text = new StringBuilder();
        text.AppendLine("Sisote is open.").AppendLine();
        foreach (var (room, what) in Doors.Where(door => house.Options.Rooms.Contains(door.Room)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {room,-11} {house.Options.Address(room),-28} {what}");
        }

        if (house.Options.Demo)
        {
            text.AppendLine().AppendLine("Sign in at the portal as (invented people, no password):");
            foreach (var person in house.Persons.Persons.Where(static person => !WithoutPages.Contains(person.Kind)))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {person.Name,-18} {person.Remark.En}");
            }

            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Next, in another terminal:  dotnet run --project src/Host -- tour{Place(house.Options)}");
        }

        return text.AppendLine("Ctrl-C closes.").ToString();
    }

    /// <summary>Persons of these kinds can sign in, but the portal has no page for them.</summary>
    private static readonly PersonKind[] WithoutPages = [PersonKind.ControllerAdmin, PersonKind.Auditor];

    /// <summary>The options without which another command would look for this instance elsewhere.</summary>
    private static string Place(HouseOptions options)
    {
        var data = options.Data == Path.GetFullPath("data") ? string.Empty : $" --data {(options.Data.Contains(' ', StringComparison.Ordinal) ? $"\"{options.Data}\"" : options.Data)}";
        return options.FirstPort == HouseOptions.DefaultPort ? data : string.Create(CultureInfo.InvariantCulture, $"{data} --port {options.FirstPort}");
    }

    private static readonly (RoomName Room, string What)[] Doors =
    [
        (RoomName.Portal, "web pages: clients, counsellors, data-protection officers"),
        (RoomName.Gateway, "for systems with a token, not for a browser: FHIR R4 under /fhir/{system}, log under /log/"),
        (RoomName.Identity, "OpenID Connect"),
        (RoomName.Consent, "inner"),
        (RoomName.Adapters, "inner"),
    ];
}
