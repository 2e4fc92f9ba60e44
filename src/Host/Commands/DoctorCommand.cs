// sisote doctor: is everything in order, and if not, what is to be done.
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sisote.Doors;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Host.Doctor;
using Sisote.Host.House;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Host.Commands;

/// <summary>Examines the installation of the data folder, or with <c>--gateway</c> another one as a connected system sees it.</summary>
internal static class DoctorCommand
{
    private const string DefaultUser = "sisote-doctor";
    private static readonly JsonSerializerOptions Json = new(SisoteJson.Options) { Converters = { new JsonStringEnumConverter<Verdict>(JsonNamingPolicy.KebabCaseLower) } };

    /// <summary>What was given besides data folder and port.</summary>
    private sealed record Given(string? Gateway, string? Keys, string? System, string? Organisation, string? Role, string? Purpose, string? User, string? Source, bool NoExchange);

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var gateway = new Option<string?>("--gateway") { HelpName = "ADDRESS", Description = "Examine the gateway there, as a connected system sees it, instead of the installation of the data folder." };
        var keys = new Option<string?>("--keys") { HelpName = "FOLDER", Description = "Where SYSTEM.private.jwk.json is (with --gateway)." };
        var system = new Option<string?>("--system") { Description = "The calling system, whose adapter is looked at, too (default: the first whose private key is in the key folder, without its adapter)." };
        var organisation = new Option<string?>("--organisation") { Description = "Its organisation (with --gateway)." };
        var role = new Option<string?>("--role") { Description = "The role of the call (default: the first one registered)." };
        var purpose = new Option<string?>("--purpose") { Description = "The purpose of the call (default: the first one registered)." };
        var user = new Option<string?>("--user") { Description = $"The professional behind the call (default {DefaultUser})." };
        var source = new Option<string?>("--source") { Description = "The source system to ask (default: each of the installation until one answers)." };
        var quiet = new Option<bool>("--no-exchange") { Description = "Ask for a token but make no exchange, which would stand in the disclosure log." };
        var command = new Command("doctor", "Check names, connections, certificates, clocks, issuer, token and one exchange about nobody; says what to do about each fault. Ends with 5 if one is found.")
        {
            data, port, gateway, keys, system, organisation, role, purpose, user, source, quiet, format,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var given = new Given(parsed.GetValue(gateway), parsed.GetValue(keys), parsed.GetValue(system), parsed.GetValue(organisation), parsed.GetValue(role), parsed.GetValue(purpose), parsed.GetValue(user), parsed.GetValue(source), parsed.GetValue(quiet));
            using var house = given.Gateway is null ? RunningHouse.Find(Settings.Read(parsed.GetValue(data), parsed.GetValue(port))) : null;
            var subject = house is not null ? Inside(house, given) : Outside(given);
            return await ExamineAsync(subject, house, parsed.GetRequiredValue(format), parsed.InvocationConfiguration, cancellation);
        });
        return command;
    }

    private static async Task<int> ExamineAsync(DoctorSubject subject, RunningHouse? house, string format, InvocationConfiguration streams, CancellationToken cancellation)
    {
        await using var services = RunningHouse.MakeServices();
        var findings = new List<Finding>();
        await foreach (var finding in new Examination(subject, house?.Http ?? services.GetRequiredService<IHttpClientFactory>(), TimeProvider.System).RunAsync(cancellation))
        {
            findings.Add(finding);
            if (format == "table")
            {
                await WriteAsync(finding, streams.Output);
            }
        }

        await (format == "json" ? streams.Output.WriteLineAsync(JsonSerializer.Serialize(findings, Json)) : streams.Output.WriteLineAsync(Sum(findings)));
        return findings.Exists(static finding => finding.Verdict == Verdict.Bad) ? ExitCodes.VerificationFailed : ExitCodes.Ok;
    }

    private static async Task WriteAsync(Finding finding, TextWriter output)
    {
        var mark = finding.Verdict switch { Verdict.Good => "ok     ", Verdict.Warning => "WARNING", Verdict.Bad => "FAULT  ", _ => "-      " };
        await output.WriteLineAsync($"{mark}  {finding.Check}: {finding.Found}");
        if (finding.Remedy is { } remedy)
        {
            await output.WriteLineAsync($"           {remedy}");
        }
    }

    private static string Sum(List<Finding> findings) => findings.Count(static finding => finding.Verdict == Verdict.Bad) switch
    {
        0 when findings.Exists(static finding => finding.Verdict == Verdict.NotTried) => "No fault, but not everything could be tried.",
        0 => "Everything is in order.",
        1 => "One fault.",
        var faults => $"{faults} faults; mend the first one first.",
    };

    /// <summary>The installation of the data folder, with all its doors.</summary>
    private static DoctorSubject Inside(RunningHouse house, Given given)
    {
        var settings = house.Settings;
        var caller = given.System is { } name
            ? settings.Deployment.FindSystem(Read("--system", name, SystemId.Parse)) ?? throw new StartFaultException($"There is no system `{name}` in the deployment file. {NearestCode.Suggest(name, settings.Deployment.Systems.Select(static system => system.Id.Value))}".TrimEnd())
            : settings.Deployment.Systems.FirstOrDefault(system => system is { Roles.Length: > 0, Purposes.Length: > 0 } && File.Exists(SystemKey.PrivateFile(settings.KeyDirectory, system.Id.Value)));
        return new DoctorSubject
        {
            Gateway = settings.Gateway,
            Issuer = settings.Issuer,
            InnerDoors = [("consent", settings.Consent, "Sisote__Consent"), ("adapters", settings.Adapters, "Sisote__Adapters"), ("portal", settings.Portal, "Sisote__Portal")],
            Settings = settings,
            System = caller?.Id,
            Named = given.System is null || caller?.Adapter is null ? null : caller,
            Context = caller is null or { Roles: [] } or { Purposes: [] } ? null : MakeContext(given, caller.Organisation, caller.Roles[0], caller.Purposes[0]),
            Sources = given.Source is { } source ? [Read("--source", source, SystemId.Parse)] : [.. SourcesFor(settings.Deployment, caller)],
            MakesExchange = !given.NoExchange,
            LogKeyFile = Path.Combine(settings.KeyDirectory, "consent.log.vkey"),
        };
    }

    /// <summary>Other organisations' systems first: what an own register answers is no exchange.</summary>
    private static IEnumerable<SystemId> SourcesFor(Deployment deployment, SystemEntry? caller) => deployment.Systems
        .Where(static system => system.Adapter is not null)
        .OrderBy(system => system.Organisation == caller?.Organisation)
        .Select(static system => system.Id);

    /// <summary>A gateway somewhere, with nothing but what a connected system has.</summary>
    private static DoctorSubject Outside(Given given)
    {
        var gateway = Uri.TryCreate(given.Gateway!.TrimEnd('/') + "/", UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address
            : throw new StartFaultException("--gateway is an address such as https://sisote.example/.");
        var system = given.System is { } name ? Read("--system", name, SystemId.Parse) : (SystemId?)null;
        if (system is not null && (given.Keys, given.Organisation, given.Role, given.Purpose, given.Source) is not (not null, not null, not null, not null, not null))
        {
            throw new StartFaultException("With --gateway and --system, say also --keys, --organisation, --role, --purpose and --source: without the deployment file there is nowhere else to read them.");
        }

        return new DoctorSubject
        {
            Gateway = gateway,
            Settings = new RoomSettings
            {
                Issuer = gateway, Gateway = gateway, Portal = gateway, Consent = gateway, Adapters = gateway,
                DataDirectory = Path.GetFullPath("."),
                KeyDirectory = Path.GetFullPath(given.Keys ?? "."),
                Catalogue = LawAndDeployment.ReadCatalogue(folder: null),
                Deployment = new Deployment { Organisations = [], Systems = [] },
            },
            System = system,
            Context = system is null ? null : MakeContext(given, Read("--organisation", given.Organisation!, OrganisationId.Parse), Read("--role", given.Role!, RoleId.Parse), Read("--purpose", given.Purpose!, PurposeId.Parse)),
            Sources = given.Source is { } source ? [Read("--source", source, SystemId.Parse)] : [],
            MakesExchange = !given.NoExchange,
        };
    }

    private static BusinessContext MakeContext(Given given, OrganisationId organisation, RoleId role, PurposeId purpose) => new()
    {
        SubjectId = Read("--user", given.User ?? DefaultUser, ProfessionalId.Parse),
        SubjectRole = given.Role is { } named ? Read("--role", named, RoleId.Parse) : role,
        OrganisationId = organisation,
        PurposeOfUse = [given.Purpose is { } chosen ? Read("--purpose", chosen, PurposeId.Parse) : purpose],
    };

    private static T Read<T>(string option, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException)
        {
            throw new StartFaultException($"{option}: `{text}` cannot be a name of this kind.");
        }
    }
}
