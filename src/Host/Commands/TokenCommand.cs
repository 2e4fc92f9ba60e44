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
        var user = new Option<string>("--user") { Description = "The professional behind the call.", Required = true };
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
            await Console.Error.WriteLineAsync($"There is no system `{choice.System}`: `sisote demo list` or {options.DeploymentFile} names them.");
            return ExitCodes.Usage;
        }

        try
        {
            var token = await house.Tokens.GetAsync(system.Id, Scopes.Exchange, MakeContext(system, choice), cancellation);
            await Console.Out.WriteLineAsync(token);
            return ExitCodes.Ok;
        }
        catch (FormatException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitCodes.Usage;
        }
        catch (TokenRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Error == "authority_unreachable"
                ? $"The authority {house.Settings.Issuer} does not answer: start Sisote first (`dotnet run --project src/Host`)."
                : refusal.Message);
            return ExitCodes.NotAuthenticated;
        }
        catch (IOException)
        {
            await Console.Error.WriteLineAsync($"The private key of `{system.Id}` is not in {house.Settings.KeyDirectory}: only the system's owner has it.");
            return ExitCodes.NotAuthenticated;
        }
    }

    private static BusinessContext MakeContext(SystemEntry system, Choice choice) => new()
    {
        SubjectId = ProfessionalId.Parse(choice.User),
        SubjectName = choice.Name,
        SubjectRole = RoleId.Parse(choice.Role),
        OrganisationId = system.Organisation,
        PurposeOfUse = [PurposeId.Parse(choice.Purpose)],
    };
}
