// sisote demo refer: the doctor refers a client, at the patient record's own screen.
using System.CommandLine;
using System.Text.Json.Nodes;
using Sisote.Host.Demo;
using Sisote.Host.House;
using Sisote.Host.Tour;
using Sisote.Policy.Ids;

namespace Sisote.Host.Commands;

/// <summary>Does what the demonstration's doctor does in the patient record, which then sends the referral by its own protocol; says what the record shows.</summary>
internal static class DemoReferCommand
{
    private const string Instruction = "Tutustutaan kuntosaliin ohjatusti.";

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var client = new Option<string>("--client") { HelpName = "PERSON", Description = "The client, as `demo list` or persons.yaml names them.", Required = true };
        var unit = new Option<string>("--unit") { Description = "The unit in the record's own words, one of `referralTargets` in sisote.yaml (default KUOPIO-LIIKUNTA).", DefaultValueFactory = static _ => "KUOPIO-LIIKUNTA" };
        var command = new Command("refer", "Refer a client, as the doctor does in the patient record.") { client, unit, data, port };
        command.SetAction((parsed, cancellation) => RunAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.GetRequiredValue(client), parsed.GetRequiredValue(unit), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(HouseOptions options, string client, string unit, CancellationToken cancellation)
    {
        DemoRules.Require(options);
        using var house = RunningHouse.Find(options);
        var clients = house.ReadPersons().Persons.Where(static person => person.Hetu is not null).ToList();
        if (clients.Find(person => person.Id == client) is not { } person)
        {
            await Console.Error.WriteLineAsync($"There is no client `{client}` in {options.PersonsFile}. {NearestCode.Suggest(client, clients.Select(static known => known.Id))}".TrimEnd());
            return ExitCodes.Usage;
        }

        var referral = await ReferAsync(house, person, unit, cancellation);
        var (status, answer) = (referral["status"]?.GetValue<string>(), referral["answer"]?.GetValue<string>() ?? string.Empty);
        await Console.Out.WriteLineAsync($"The patient record shows: {Tell(status)} ({answer})");
        await Console.Out.WriteLineAsync(status == "delivered"
            ? $"{person.Name} is on the list of new referrals of {unit}: a professional of that unit accepts it at the portal ({house.Settings.Portal}), Work list, Accept."
            : Advise(house, person, unit, answer));
        return status switch
        {
            "delivered" => ExitCodes.Ok,
            "refused" => ExitCodes.Refused,
            _ => ExitCodes.Failed,
        };
    }

    private static async Task<JsonNode> ReferAsync(RunningHouse house, DemoPerson person, string unit, CancellationToken cancellation)
    {
        try
        {
            return await Cast.MakeDoctorsScreen(house).PostAsync(
                "referrals",
                [KeyValuePair.Create("hetu", person.Hetu!), KeyValuePair.Create("unit", unit), KeyValuePair.Create("instruction", Instruction)],
                cancellation);
        }
        catch (HttpRequestException fault)
        {
            throw new StartFaultException($"The patient record of {house.Settings.DataDirectory} does not answer: start Sisote first (`dotnet run --project src/Host`), or name its data folder with --data FOLDER.", fault);
        }
        catch (TourBrokenException fault)
        {
            throw new StartFaultException($"{fault.Message} The record must know the client as a patient, and the unit is 1 to 40 characters long.", fault);
        }
    }

    private static string Tell(string? status) => status switch
    {
        "delivered" => "delivered",
        "refused" => "not delivered, refused",
        _ => "not delivered, not sent",
    };

    private static string Advise(RunningHouse house, DemoPerson person, string unit, string answer)
    {
        var units = ReadUnits(house);
        return !units.Contains(unit, StringComparer.Ordinal)
            ? $"`referralTargets` of `{Cast.Record}` has no unit `{unit}`. {NearestCode.Suggest(unit, units)}".TrimEnd()
            : answer.Contains("consent", StringComparison.OrdinalIgnoreCase)
                ? $"If it is the consent: {person.Name} signs in at {house.Settings.Portal}, Consents, Give a consent, chooses the unit's organisation, ticks the data, Continue, I give my consent. Then refer again."
                : "Nothing reached the unit: refer again when that is mended.";
    }

    private static IReadOnlyList<string> ReadUnits(RunningHouse house) =>
        house.Settings.Deployment.FindSystem(SystemId.Parse(Cast.Record))?.Adapter?.Settings.GetValueOrDefault("referralTargets") is { } targets
            ? [.. targets.Split(',', StringSplitOptions.TrimEntries).Select(static target => target.Split('=')[0].Trim())]
            : [];
}
