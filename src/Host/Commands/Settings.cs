// The options that commands share.
using System.CommandLine;
using System.Globalization;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Options that several commands understand, and the configuration behind them.</summary>
internal static class Settings
{
    /// <summary><c>--data</c></summary>
    internal static Option<string?> Data() => new("--data") { Description = "Folder of this installation's own files (default ./data)." };

    /// <summary><c>--port</c></summary>
    internal static Option<int?> Port() => new("--port")
    {
        HelpName = "NUMBER",
        Description = "First port; the others follow it (default 8080).",
        CustomParser = static result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && HouseOptions.IsFirstPort(number))
            {
                return number;
            }

            result.AddError("--port is a number from 1 to 64999, for example 8180; the ports after it are used, too.");
            return null;
        },
    };

    /// <summary><c>--format</c></summary>
    internal static Option<string> Format()
    {
        var format = new Option<string>("--format") { Description = "table or json.", DefaultValueFactory = static _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        return format;
    }

    /// <summary>Environment variables and <c>appsettings.json</c> of the working folder.</summary>
    internal static IConfigurationRoot Configuration() => new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddKeyPerFile("/run/secrets", optional: true)
        .Build();

    /// <summary>Reads the house's options.</summary>
    internal static HouseOptions Read(string? data, int? port) => HouseOptions.Read(Configuration(), data, port);
}
