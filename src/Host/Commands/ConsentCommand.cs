// sisote consent: which consents of a client are on record, and do they carry a flow?
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Host.Commands;

/// <summary>Lists and checks consents of one client. The output names no person; looking is an entry of the log.</summary>
internal static class ConsentCommand
{
    private const string OnInput = "The client's national identifier is read from standard input, so that it stands in no command line.";

    private static readonly JsonSerializerOptions Indented = new(SisoteJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The command.</summary>
    internal static Command Make() => new("consent", "Consents and prohibitions on record. " + OnInput) { List(), Check() };

    private static Command List()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var command = new Command("list", "List a client's consents, ended ones included. " + OnInput) { format, data, port };
        command.SetAction((parsed, cancellation) => ConsentRoomApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var found = await api.ConsentsAsync(await ConsentRoomApi.ReadIdentifierAsync(cancellation), cancellation);
            Write(parsed.InvocationConfiguration.Output, parsed.GetValue(format), found, ["id", "version", "form", "status", "items", "recipient", "purpose", "how", "given by", "until"], found.Consents.Select(static one => RowOf(one.Consent)));
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Check()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var (from, to) = (Side("--from", "Who would give."), Side("--to", "Who would receive."));
        var (fromOrganisation, toOrganisation) = (Code<OrganisationId>("--from-organisation", "The giving organisation."), Code<OrganisationId>("--to-organisation", "The receiving organisation."));
        var (system, person) = (Code<SystemId>("--to-system", "The receiving system."), Code<ProfessionalId>("--to-person", "The receiving professional."));
        var purpose = new Option<PurposeId?>("--purpose") { Description = "What for.", Required = true, CustomParser = CatalogueOptions.ReadCode<PurposeId> };
        var items = new Option<string[]>("--item") { HelpName = "ITEM", Description = "An item; may be given several times.", Required = true, AllowMultipleArgumentsPerToken = true };
        items.Validators.Add(static result => result.Tokens.Where(static token => !DataItemId.TryParse(token.Value, out _)).ToList().ForEach(_ => result.AddError("An item is 1 to 64 letters, digits, '-', '_' or '.'.")));
        var direction = new Option<string>("--direction") { Description = "read, write or notify.", DefaultValueFactory = static _ => "read" };
        direction.AcceptOnlyFromAmong("read", "write", "notify");
        var command = new Command("check", "Say which consents of a client stand for a flow, item by item; exit code 4 where one is missing. " + OnInput)
        {
            from, to, fromOrganisation, toOrganisation, system, person, purpose, items, direction, format, data, port,
        };
        command.SetAction((parsed, cancellation) => ConsentRoomApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var found = await api.CheckAsync(
                new CheckConsents
                {
                    Identifier = await ConsentRoomApi.ReadIdentifierAsync(cancellation),
                    From = PartyOf(parsed.GetRequiredValue(from)) with { Organisation = parsed.GetValue(fromOrganisation) },
                    To = PartyOf(parsed.GetRequiredValue(to)) with { Organisation = parsed.GetValue(toOrganisation), System = parsed.GetValue(system), Professional = parsed.GetValue(person) },
                    Direction = parsed.GetValue(direction) switch { "write" => Direction.Write, "notify" => Direction.Notify, _ => Direction.Read },
                    Purpose = parsed.GetValue(purpose)!.Value,
                    Items = [.. parsed.GetRequiredValue(items).Select(DataItemId.Parse)],
                },
                cancellation);
            Write(parsed.InvocationConfiguration.Output, parsed.GetValue(format), found, ["item", "rule", "asks for", "stands", "by or why not"], found.Checks.Select(RowOf));
            return found.Checks.Length > 0 && found.Checks.GroupBy(static check => check.Item).All(static item => item.Any(static check => check.Stands)) ? ExitCodes.Ok : ExitCodes.Refused;
        }));
        return command;
    }

    /// <summary>Writes an answer as a table or as the JSON that the door answered.</summary>
    internal static void Write<T>(TextWriter output, string? format, T answer, string[] headings, IEnumerable<string[]> rows)
    {
        if (format == "json")
        {
            output.WriteLine(JsonSerializer.Serialize(answer, Indented));
        }
        else
        {
            Table.Write(output, headings, rows);
        }
    }

    /// <summary>A day of the table.</summary>
    internal static string Day(DateTimeOffset? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";

    private static string[] RowOf(MyConsent one) =>
    [
        one.Consent.Id,
        one.Consent.Version.ToString(CultureInfo.InvariantCulture),
        one.Consent.Type == ConsentType.Prohibition ? $"{one.Consent.Form} (closes)" : one.Consent.Form.Value,
        JsonSerializer.SerializeToElement(one.Consent.Status, SisoteJson.Options).GetString()!,
        one.Consent.AllItems ? "all" : string.Join(' ', one.Consent.Items),
        RecipientOf(one.Consent),
        one.Consent.Purpose?.Value ?? "-",
        one.Evidence?.Source is { } source ? $"{one.How} ({source})" : one.Evidence?.RecordedFor is { } recorded ? $"{one.How} ({recorded})" : one.How,
        one.Consent.GivenBy,
        one.Consent.To is null ? "withdrawn" : Day(one.Consent.To),
    ];

    private static string[] RowOf(ConsentCheck check) =>
    [
        check.Item.Value,
        check.Rule.Value,
        string.Join(' ', check.Forms),
        check.Stands ? "yes" : "no",
        check.Stands ? string.Join(' ', check.Consents.Select(static consent => $"{consent.Id} v{consent.Version}")) : JsonSerializer.SerializeToElement(check.Missing, SisoteJson.Options).GetString() ?? "-",
    ];

    private static string RecipientOf(ConsentRecord record) =>
        string.Join('/', new[] { record.RecipientOrganisation?.Value ?? record.RecipientSector?.Value, record.RecipientSystem?.Value, record.RecipientRole?.Value, record.RecipientPerson?.Value }.OfType<string>()) is { Length: > 0 } named ? named : "any";

    private static Party PartyOf(CatalogueSide side) => new() { Sector = side.Sector, Role = side.Role!.Value };

    private static Option<CatalogueSide> Side(string name, string what) =>
        new(name) { HelpName = "SECTOR/ROLE", Description = what, Required = true, CustomParser = static result => CatalogueOptions.ReadSide(result, roleNeeded: true) };

    private static Option<T?> Code<T>(string name, string what)
        where T : struct, ICode<T> => new(name) { Description = what, CustomParser = CatalogueOptions.ReadCode<T> };
}
