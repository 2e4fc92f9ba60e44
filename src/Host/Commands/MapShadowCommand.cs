// sisote map shadow: what a mapping on trial would have done otherwise.
using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.Adapters.Mapping;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Asks the running adapters for the counts of a system's shadow mapping: paths and numbers, never a value.</summary>
internal static class MapShadowCommand
{
    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var system = new Argument<string>("system") { Description = "The system whose adapter has the setting `shadowMapping`." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("shadow", "What a mapping in the shadow would have done otherwise, since the adapters started; ends with 5 if anything.") { system, json, data, port };
        command.SetAction((parsed, cancellation) => RunAsync(
            Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.GetRequiredValue(system), parsed.GetValue(json), parsed.InvocationConfiguration, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(HouseOptions options, string system, bool json, InvocationConfiguration streams, CancellationToken cancellation)
    {
        using var house = RunningHouse.Find(options);
        try
        {
            if (await AskAsync(house, system, cancellation) is not { } report)
            {
                await streams.Error.WriteLineAsync($"The adapters have no mapping in the shadow of `{system}`: it is the setting `shadowMapping` of a `rest` adapter.");
                return ExitCodes.Failed;
            }

            await streams.Output.WriteLineAsync(json ? JsonSerializer.Serialize(report, SisoteJson.Options) : Text(report));
            return report.Differences.IsEmpty ? ExitCodes.Ok : ExitCodes.VerificationFailed;
        }
        catch (TokenRefusedException refusal) when (refusal.Error == TokenRefusedException.Unreachable)
        {
            throw house.NotRunning(refusal);
        }
    }

    private static async Task<ShadowReport?> AskAsync(RunningHouse house, string system, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Settings.Adapters, $"$shadow/{Uri.EscapeDataString(system)}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.GetOperatorTokenAsync(cancellation));
        using var answer = await client.SendAsync(request, cancellation);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<ShadowReport>(SisoteJson.Options, cancellation);
    }

    internal static string Text(ShadowReport report)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine($"since {report.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}");
        Table.Write(text, ["record", "way", "compared", "same", "different", "live refused", "shadow refused", "both refused"], report.Records.Select(static one =>
            new[] { one.Record, one.Direction }.Concat(new[] { one.Compared, one.Same, one.Different, one.OnlyLiveRefused, one.OnlyShadowRefused, one.BothRefused }.Select(Number)).ToArray()));
        Table.Write(text, ["record", "way", "what", "records"], report.Differences.Select(static one => new[] { one.Record, one.Direction, one.What, Number(one.Records) }));
        return text.ToString().TrimEnd();
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
