// sisote probe: does a connected system keep the contract.
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Host.Doctor;
using Sisote.Host.House;
using Sisote.Host.Probe;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Host.Commands;

/// <summary>Probes a connected system through its adapter, about one client only, and writes a signed report; or verifies such a report.</summary>
internal static class ProbeCommand
{
    private static readonly JsonSerializerOptions Json = new(SisoteJson.Options) { WriteIndented = true };

    /// <summary>What was given besides data folder and port.</summary>
    private sealed record Given(string? System, FileInfo? Client, FileInfo? Write, string? Rule, FileInfo? Out, FileInfo? Verify, FileInfo? Key, string Format);

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var system = new Argument<string?>("system") { Description = "The connected system, as sisote.yaml names it.", Arity = ArgumentArity.ZeroOrOne };
        var client = new Option<FileInfo?>("--client-file") { HelpName = "FILE", Description = "A file with one identity code on a line: the only client that is looked at." };
        var write = new Option<FileInfo?>("--write") { HelpName = "FILE", Description = "A FHIR resource or transaction that is written about this client, twice under one key. Without it nothing is written." };
        var rule = new Option<string?>("--rule") { Description = "The rule of the catalogue under which it is written (with --write)." };
        var output = new Option<FileInfo?>("--out") { HelpName = "FILE", Description = "Write the report there, signed with the operator's key." };
        var verify = new Option<FileInfo?>("--verify") { HelpName = "FILE", Description = "Check a written report instead, offline, and print it." };
        var key = new Option<FileInfo?>("--key") { HelpName = "FILE", Description = "The operator's public key set for --verify (default: that of the data folder)." };
        var command = new Command("probe", "Check through its adapter that a connected system keeps the contract; ends with 5 if it does not.") { system, client, write, rule, output, verify, key, format, data, port };
        command.SetAction((parsed, cancellation) =>
        {
            var given = new Given(parsed.GetValue(system), parsed.GetValue(client), parsed.GetValue(write), parsed.GetValue(rule), parsed.GetValue(output), parsed.GetValue(verify), parsed.GetValue(key), parsed.GetRequiredValue(format));
            var options = Settings.Read(parsed.GetValue(data), parsed.GetValue(port));
            return given.Verify is not null ? VerifyAsync(options, given, parsed.InvocationConfiguration, cancellation) : ProbeAsync(options, given, parsed.InvocationConfiguration, cancellation);
        });
        return command;
    }

    private static async Task<int> ProbeAsync(HouseOptions options, Given given, InvocationConfiguration streams, CancellationToken cancellation)
    {
        if (given is not { System: { } name, Client: { } clientFile } || (!RuleId.TryParse(given.Rule, out var rule) && given.Write is not null))
        {
            await streams.Error.WriteLineAsync("`sisote probe SYSTEM --client-file FILE` probes, with `--write FILE --rule RULE` by writing too; `sisote probe --verify FILE` checks a report.");
            return ExitCodes.Usage;
        }

        using var house = RunningHouse.Find(options);
        var task = new ProbeTask(FindSystem(house, name), await ReadClientAsync(clientFile, cancellation), given.Write is null ? null : await ReadEntryAsync(given.Write, cancellation), rule);
        foreach (var gap in AdapterCheck.FindGaps(house.Settings, task.System))
        {
            await streams.Error.WriteLineAsync($"{gap.Found}. {gap.Remedy}");
        }

        try
        {
            var report = await new SystemProbe(house, task, TimeProvider.System).RunAsync(cancellation);
            if (given.Out is { } file)
            {
                await File.WriteAllTextAsync(file.FullName, ProbeSignature.Sign(report, OperatorKey(house)) + "\n", cancellation);
            }

            return await TellAsync(report, given.Format, streams);
        }
        catch (TokenRefusedException refusal) when (refusal.Error == TokenRefusedException.Unreachable)
        {
            throw house.NotRunning(refusal);
        }
    }

    private static async Task<int> VerifyAsync(HouseOptions options, Given given, InvocationConfiguration streams, CancellationToken cancellation)
    {
        var keyFile = given.Key?.FullName ?? SystemKey.PublicFile(options.Configuration["Sisote:Keys"] ?? Path.Combine(options.Data, "keys"), InnerSystems.Operator.Value);
        var report = ProbeSignature.Open(await File.ReadAllTextAsync(given.Verify!.FullName, cancellation), ReadKeys(await File.ReadAllTextAsync(keyFile, cancellation), keyFile));
        if (report is null)
        {
            await streams.Error.WriteLineAsync("This is no report that the holder of this key signed.");
            return ExitCodes.VerificationFailed;
        }

        return await TellAsync(report, given.Format, streams);
    }

    private static async Task<int> TellAsync(ProbeReport report, string format, InvocationConfiguration streams)
    {
        if (format == "json")
        {
            await streams.Output.WriteLineAsync(JsonSerializer.Serialize(report, Json));
        }
        else
        {
            Table.Write(streams.Output, ["", "check", "of", "found"], report.Checks.Select(static check => new[] { Mark(check.Verdict), check.Name, check.Subject, check.Found }));
            var failed = report.Checks.Count(static check => check.Verdict == ProbeVerdict.Fail);
            await streams.Output.WriteLineAsync($"{report.System} ({report.Kind}) at {report.At:yyyy-MM-dd HH:mm:ss}Z: {(report.Passed ? "it keeps the contract, as far as this client shows" : failed == 0 ? "nothing of this client is there, so nothing was shown" : $"{failed} of {report.Checks.Length} checks failed")}.");
        }

        return report.Passed ? ExitCodes.Ok : ExitCodes.VerificationFailed;
    }

    private static string Mark(ProbeVerdict verdict) => verdict switch { ProbeVerdict.Pass => "pass", ProbeVerdict.Fail => "FAIL", _ => "-" };

    private static SystemEntry FindSystem(RunningHouse house, string name)
    {
        var systems = house.Settings.Deployment.Systems;
        return systems.FirstOrDefault(system => system.Id.Value == name && system.Adapter is not null)
            ?? throw new StartFaultException($"There is no system `{name}` with an adapter in the deployment file. {NearestCode.Suggest(name, systems.Where(static system => system.Adapter is not null).Select(static system => system.Id.Value))}".TrimEnd());
    }

    private static async Task<Hetu> ReadClientAsync(FileInfo file, CancellationToken cancellation)
    {
        var lines = (await File.ReadAllLinesAsync(file.FullName, cancellation)).Select(static line => line.Trim()).Where(static line => line.Length > 0).ToList();
        return lines is [var only] && Hetu.TryParse(only, out var client) ? client : throw new StartFaultException("--client-file must hold exactly one personal identity code on a line.");
    }

    private static async Task<JsonObject> ReadEntryAsync(FileInfo file, CancellationToken cancellation)
    {
        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(file.FullName, cancellation)) is JsonObject entry && entry["resourceType"] is JsonValue && ((string?)entry["resourceType"] != "Bundle" || entry["entry"] is JsonArray { Count: > 0 })
                ? entry
                : throw new StartFaultException("--write must hold a FHIR resource, or a transaction of some.");
        }
        catch (JsonException)
        {
            throw new StartFaultException("--write must hold a FHIR resource in JSON.");
        }
    }

    private static SystemKey OperatorKey(RunningHouse house)
    {
        var file = SystemKey.PrivateFile(house.Settings.KeyDirectory, InnerSystems.Operator.Value);
        return File.Exists(file) ? SystemKey.Read(file) : throw new StartFaultException($"The operator's key {file} is not there: name the data folder of the installation with --data FOLDER.");
    }

    private static JsonWebKeySet ReadKeys(string text, string file)
    {
        try
        {
            return JsonWebKeySet.Create(text);
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException)
        {
            throw new StartFaultException($"{file} holds no key set.", fault);
        }
    }
}
