// sisote token: an access token for curl.
using System.CommandLine;
using Sisote.Doors.Tokens;
using Sisote.Host.House;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Host.Commands;

/// <summary>Gets an access token as a connected system would, with the private key in the key folder, and prints it.</summary>
internal static class TokenCommand
{
    private sealed record Choice(string System, string User, string Role, string Purpose, string? Name);

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var system = new Option<string>("--system") { Description = "The connected system, as `demo list` or sisote.yaml names it.", Required = true };
        var user = new Option<string>("--user") { Description = "The professional behind the call: the id that the system itself gives them.", Required = true };
        var role = new Option<string>("--role") { Description = "The role, one that the system is registered for.", Required = true };
        var purpose = new Option<string>("--purpose") { Description = "The purpose of use, one that the system is registered for.", Required = true };
        var name = new Option<string?>("--name") { Description = "The professional's name, for documents that the recipient files." };
        var command = new Command("token", "Print an access token of a connected system (for curl).") { system, user, role, purpose, name, data, port };
        command.SetAction((parsed, cancellation) => RunAsync(
            Settings.Read(parsed.GetValue(data), parsed.GetValue(port)),
            new Choice(parsed.GetRequiredValue(system), parsed.GetRequiredValue(user), parsed.GetRequiredValue(role), parsed.GetRequiredValue(purpose), parsed.GetValue(name)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(HouseOptions options, Choice choice, CancellationToken cancellation)
    {
        using var house = RunningHouse.Find(options);
        var system = SystemId.TryParse(choice.System, out var id) ? house.Settings.Deployment.FindSystem(id) : null;
        if (system is null)
        {
            var known = NearestCode.Suggest(choice.System, house.Settings.Deployment.Systems.Select(static system => system.Id.Value));
            await Console.Error.WriteLineAsync($"There is no system `{choice.System}` in {options.DeploymentFile}. {known}".TrimEnd());
            return ExitCodes.Usage;
        }

        if (FindFault(system, choice) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
            return ExitCodes.Usage;
        }

        return await PrintAsync(house, system, MakeContext(system, choice), cancellation);
    }

    private static async Task<int> PrintAsync(RunningHouse house, SystemEntry system, BusinessContext context, CancellationToken cancellation)
    {
        try
        {
            await Console.Out.WriteLineAsync(await house.Tokens.GetAsync(system.Id, Scopes.Exchange, context, cancellation));
            return ExitCodes.Ok;
        }
        catch (TokenRefusedException refusal) when (refusal.Error == TokenRefusedException.Unreachable)
        {
            throw house.NotRunning(refusal);
        }
        catch (IOException)
        {
            await Console.Error.WriteLineAsync($"The private key of `{system.Id}` is not in {house.Settings.KeyDirectory}: only the system's owner has it.");
            return ExitCodes.NotAuthenticated;
        }
    }

    /// <summary>What is wrong with the options, in words of the command line; the authority would say it in words of the token.</summary>
    private static string? FindFault(SystemEntry system, Choice choice) =>
        !ProfessionalId.TryParse(choice.User, out _) ? "--user must be 1 to 64 letters, digits, '-', '_' or '.': any id that the system itself gives the professional, never an identity code."
        : FindUnregistered("--role", choice.Role, system, system.Roles.Select(static role => role.Value))
            ?? FindUnregistered("--purpose", choice.Purpose, system, system.Purposes.Select(static purpose => purpose.Value));

    private static string? FindUnregistered(string option, string given, SystemEntry system, IEnumerable<string> registered) =>
        registered.Contains(given, StringComparer.Ordinal)
            ? null
            : $"{option} `{given}` is not registered for `{system.Id}`; registered: {string.Join(", ", registered)}. {(NearestCode.Find(given, registered) is { } near ? $"Did you mean `{near}`?" : string.Empty)}".TrimEnd();

    private static BusinessContext MakeContext(SystemEntry system, Choice choice) => new()
    {
        SubjectId = ProfessionalId.Parse(choice.User),
        SubjectName = choice.Name,
        SubjectRole = RoleId.Parse(choice.Role),
        OrganisationId = system.Organisation,
        PurposeOfUse = [PurposeId.Parse(choice.Purpose)],
    };
}
