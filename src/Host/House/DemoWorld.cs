// What the demonstration makes for itself at the first start.
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sisote.Doors.Tokens;
using Sisote.Host.Demo;
using Sisote.Policy.Deployments;

namespace Sisote.Host.House;

/// <summary>Writes the demo's deployment file, persons and keys where they are absent; what is there stays as it is, so that a newcomer can change it.</summary>
internal static partial class DemoWorld
{
    /// <summary>What the demonstration's deployment file holds when it is first written, with the ports of this instance.</summary>
    internal static string DeploymentText(int firstPort)
    {
        using var stream = typeof(DemoWorld).Assembly.GetManifestResourceStream("demo/sisote.yaml") ?? throw new InvalidOperationException("sisote.yaml is built in.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return MovePorts(reader.ReadToEnd(), firstPort);
    }

    /// <summary>Whether a deployment file is still as the demonstration wrote it, whatever its ports were.</summary>
    internal static bool IsAsWritten(string text) =>
        RecordPort().Match(text) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && text == DeploymentText(port - RecordOffset);

    /// <summary>Writes <c>sisote.yaml</c> with the ports of this instance and <c>persons.yaml</c>, each unless there is one.</summary>
    internal static void EnsureFiles(HouseOptions options)
    {
        if (!File.Exists(options.PersonsFile))
        {
            File.WriteAllText(options.PersonsFile, DemoPersons.FirstText());
        }

        if (!File.Exists(options.DeploymentFile))
        {
            File.WriteAllText(options.DeploymentFile, DeploymentText(options.FirstPort));
        }
    }

    /// <summary>Makes a key pair for every room and every system of the deployment that names a key file in the key folder and has none.</summary>
    internal static void EnsureKeys(HouseOptions options, Deployment deployment)
    {
        var folder = options.Configuration["Sisote:Keys"] ?? Path.Combine(options.Data, "keys");
        foreach (var room in InnerSystems.All)
        {
            SystemKey.Ensure(folder, room.Value);
        }

        foreach (var system in deployment.Systems.Where(static system => system.KeysFile is not null))
        {
            var publicFile = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(options.DeploymentFile)!, system.KeysFile!));
            if (publicFile == Path.GetFullPath(SystemKey.PublicFile(folder, system.Id.Value)) && !File.Exists(publicFile))
            {
                SystemKey.Ensure(folder, system.Id.Value);
            }
        }
    }

    /// <summary>The built-in file speaks of ports from 8080; another first port moves them all.</summary>
    internal static string MovePorts(string yaml, int firstPort)
    {
        if (firstPort == HouseOptions.DefaultPort)
        {
            return yaml;
        }

        // Each port is replaced by a mark first, so that a moved one is not moved again where the ranges overlap.
        for (var offset = 0; offset < 20; offset++)
        {
            yaml = yaml.Replace($":{HouseOptions.DefaultPort + offset}", $":\u0001{offset}\u0002", StringComparison.Ordinal);
        }

        for (var offset = 0; offset < 20; offset++)
        {
            yaml = yaml.Replace($":\u0001{offset}\u0002", $":{firstPort + offset}", StringComparison.Ordinal);
        }

        return yaml;
    }

    private const int RecordOffset = 11;

    [GeneratedRegex(@"documents: http://127\.0\.0\.1:(\d{1,5})\n")]
    private static partial Regex RecordPort();
}
