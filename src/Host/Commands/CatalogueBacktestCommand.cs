// sisote catalogue backtest: what would another catalogue have decided?
using System.CommandLine;
using System.Globalization;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Host.House;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Replaying;

namespace Sisote.Host.Commands;

/// <summary>Lets a running instance decide its logged requests again by a catalogue that is not active yet, and tells what would change.</summary>
internal static class CatalogueBacktestCommand
{
    private const string Embedded = "embedded";

    private sealed record Choice(string Catalogue, DateOnly? Since, string? Deployment, string Format);

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var catalogue = new Argument<string>("new") { Description = "The folder of the new catalogue, or `embedded` for the one built into this program." };
        var since = new Option<DateOnly?>("--since") { HelpName = "YYYY-MM-DD", Description = "Only what was logged on this day (Finnish time) or later." };
        var deployment = new Option<string?>("--deployment") { Description = "A deployment file to decide by, instead of the one of each decision." };
        var format = new Option<string>("--format") { Description = "text, json or csv.", DefaultValueFactory = static _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "csv");
        var command = new Command("backtest", "Decide what is on record again by another catalogue, and list what would change; ends with 5 if something on record was changed or cannot be decided again.")
        {
            catalogue, since, deployment, format, data, port,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            Settings.Read(parsed.GetValue(data), parsed.GetValue(port)),
            new Choice(parsed.GetRequiredValue(catalogue), parsed.GetValue(since), parsed.GetValue(deployment), parsed.GetRequiredValue(format)),
            parsed.InvocationConfiguration,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(HouseOptions options, Choice choice, InvocationConfiguration streams, CancellationToken cancellation)
    {
        var folder = choice.Catalogue == Embedded ? null : choice.Catalogue;
        var catalogue = LawAndDeployment.ReadCatalogue(folder);
        var narrowing = choice.Deployment is { } file ? DeploymentNarrowing.Of(LawAndDeployment.ReadDeployment(Path.GetFullPath(file), catalogue)) : null;
        using var house = RunningHouse.Find(options);
        var request = new BacktestRequest
        {
            Catalogue = [.. TextsOf(folder).Select(static text => new CatalogueText { Name = text.Name, Text = text.Text })],
            Since = choice.Since is { } day ? FinnishTime.StartOf(day) : null,
            Narrowing = narrowing,
        };
        try
        {
            var result = await new BacktestApi(house).RunAsync(request, line => TellProgress(line, streams.Error), cancellation);
            BacktestReport.Write(streams.Output, result, catalogue, choice.Format);
            return result.IsSound ? ExitCodes.Ok : ExitCodes.VerificationFailed;
        }
        catch (TokenRefusedException refusal)
        {
            await streams.Error.WriteLineAsync($"{refusal.Message} Is Sisote running, and is the operator's key in {house.Settings.KeyDirectory}?");
            return ExitCodes.NotAuthenticated;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException)
        {
            await streams.Error.WriteLineAsync($"The back-test did not come to its end: {fault.Message}");
            return ExitCodes.Failed;
        }
    }

    private static IEnumerable<(string Name, string Text)> TextsOf(string? folder) => folder is null
        ? CatalogueReader.EmbeddedTexts()
        : Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText(path)));

    private static void TellProgress(BacktestLine line, TextWriter writer) =>
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Read:N0} of {line.Of:N0} entries"));
}
