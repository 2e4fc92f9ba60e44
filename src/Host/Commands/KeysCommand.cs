// sisote keys: the keys that what is known of clients is sealed with.
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;

namespace Sisote.Host.Commands;

/// <summary>Lists the keys with what is under each, makes a new one, and puts one aside that nothing is under.</summary>
internal static class KeysCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("keys", "The keys that identifiers, facts and cases are sealed with.") { List(), Rotate(), Retire() };

    private static Command List() => Run("list", "List the keys with how many values are under each.", null, static (api, _, cancellation) => api.KeysAsync(cancellation));

    private static Command Rotate() => Run(
        "rotate", "Make a new key. It seals from now on; older values are sealed with it in the background, and `list` shows how far that is.", null, static (api, _, cancellation) => api.RotateKeyAsync(cancellation));

    private static Command Retire() => Run(
        "retire", "Put a key aside that nothing is under any more. Its file stays in the key folder under another name.",
        new Argument<int>("number") { Description = "The key, as `list` shows it." }, static (api, number, cancellation) => api.RetireKeyAsync(number, cancellation));

    private static Command Run(string name, string description, Argument<int>? number, Func<ConsentRoomApi, int, CancellationToken, Task<EnvelopeKeyList>> ask)
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var command = new Command(name, description) { data, port, format };
        if (number is not null)
        {
            command.Add(number);
        }

        command.SetAction((parsed, cancellation) => ConsentRoomApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var list = await ask(api, number is null ? 0 : parsed.GetRequiredValue(number), cancellation);
            await parsed.InvocationConfiguration.Output.WriteAsync(parsed.GetRequiredValue(format) == "json" ? JsonSerializer.Serialize(list, SisoteJson.Options) + Environment.NewLine : Text(list));
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static string Text(EnvelopeKeyList list)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Table.Write(
            text,
            ["key", "values", "use"],
            list.Keys.Select(static key => new[] { Number(key.Number), Number(key.Values), key.Seals ? "seals" : key.Values > 0 ? "opens" : "can be retired" })
                .Concat(list.Lost > 0 ? [["not on file", Number(list.Lost), "cannot be opened: put the key file back"]] : Array.Empty<string[]>()));
        return text.ToString();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
