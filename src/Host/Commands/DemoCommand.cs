// sisote demo: what the demonstration holds and what its people do.
using System.CommandLine;
using System.Text.Json;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Lists systems, persons and professionals of the demonstration.</summary>
internal static class DemoCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var list = new Command("list", "List the demo's systems, persons and professionals.") { format, data, port };
        list.SetAction(parsed => RunList(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.GetValue(format) == "json"));
        return new Command("demo", "What the demonstration holds, and what its people do at their own screens.") { list, DemoReferCommand.Make() };
    }

    private static int RunList(HouseOptions options, bool json)
    {
        DemoRules.Require(options);
        using var house = RunningHouse.Find(options, orDemo: true);
        var systems = house.Settings.Deployment.Systems.Select(system => new
        {
            id = system.Id.Value,
            sector = system.Sector.Value,
            organisation = system.Organisation.Value,
            baseAddress = system.Adapter is null ? null : new Uri(house.Settings.Gateway, $"fhir/{system.Id}/").AbsoluteUri,
            keyFile = system.KeysFile is null ? null : SystemKey.PrivateFile(house.Settings.KeyDirectory, system.Id.Value),
            roles = system.Roles.Select(static role => role.Value),
            purposes = system.Purposes.Select(static purpose => purpose.Value),
        }).ToList();
        var persons = house.ReadPersons().Persons;
        var clients = persons.Where(static person => person.Hetu is not null).Select(static person => new { id = person.Id, name = person.Name, hetu = person.Hetu, special = person.Remark.En }).ToList();
        var professionals = persons.Where(static person => person.Hetu is null).Select(static person => new { id = person.Id, name = person.Name, kind = person.Kind.ToClaim(), role = person.Role?.Value, organisation = person.Organisation?.Value, special = person.Remark.En }).ToList();
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { systems, persons = clients, professionals }, Json));
            return ExitCodes.Ok;
        }

        Console.Out.WriteLine($"A system is asked at {house.Settings.Gateway}fhir/SYSTEM/");
        Console.Out.WriteLine();
        Table.Write(Console.Out, ["system", "sector", "is asked", "key file"], systems.Select(static system => new[] { system.id, system.sector, system.baseAddress is null ? "only asks" : "yes", system.keyFile is null ? "(never calls)" : Tell(system.keyFile) }));
        Table.Write(Console.Out, ["system", "roles", "purposes"], systems.Select(static system => new[] { system.id, string.Join(", ", system.roles), string.Join(", ", system.purposes) }));
        Table.Write(Console.Out, ["person", "name", "HETU", "what is special"], clients.Select(static person => new[] { person.id, person.name, person.hetu!, person.special }));
        Table.Write(Console.Out, ["professional", "name", "role", "organisation"], professionals.Select(static person => new[] { person.id, person.name, person.role ?? person.kind, person.organisation! }));
        return ExitCodes.Ok;
    }

    private static string Tell(string keyFile) => File.Exists(keyFile) ? Shorter(keyFile) : $"{Shorter(keyFile)} (not there yet)";

    /// <summary>The path as it is written from the current folder, where that is shorter.</summary>
    private static string Shorter(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && relative.Length < path.Length ? relative : path;
}
