// What is to be done with a new system's kit, with exact commands.
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Init;

/// <summary>Lists the steps from the kit to the first exchange.</summary>
internal static class NextSteps
{
    /// <summary>The steps, one on a line.</summary>
    /// <param name="system">The system.</param>
    /// <param name="kit">Its files.</param>
    /// <param name="options">The installation.</param>
    /// <param name="folder">Where the kit lies.</param>
    /// <param name="isWritten">Whether the entry stands in the deployment file.</param>
    internal static IEnumerable<string> List(NewSystem system, Kit kit, HouseOptions options, string folder, bool isWritten)
    {
        var (file, data) = (options.DeploymentFile, options.Data);
        if (!isWritten)
        {
            var beside = string.Join(" and ", new[] { system.KeysFile, kit.MappingFile }.OfType<string>());
            yield return $"put the entry under `systems:` of {file}{(folder == kit.Home ? string.Empty : $", and copy {beside} from {folder} to its folder")}";
        }

        foreach (var setting in system.Adapter?.Settings ?? [])
        {
            if (setting.Value.Contains(".example", StringComparison.Ordinal))
            {
                yield return $"write the real `{setting.Name}` into the entry: {setting.Remark}";
            }
            else if (setting.Name.EndsWith("File", StringComparison.Ordinal) || setting.Name is "credentials" or "folder" or "rosterFolder")
            {
                yield return $"`{setting.Name}`, {setting.Remark}: {Path.Combine(data, setting.Value)}";
            }
        }

        if (kit.MappingFile is { } mapping)
        {
            var (record, sample, _) = kit.Samples.First();
            yield return $"write the product's own fields into the mapping, and try it: sisote map test {Path.Combine(folder, mapping)} --input {Path.Combine(folder, sample)} --record {record}";
        }

        yield return $"sisote catalogue check --deployment {file}";
        yield return $"start Sisote again: sisote run --data {data}";
        yield return $"sisote token --system {system.Id} --user someone-1 --role {system.Roles[0]} --purpose {system.Purposes[0]} --data {data}";
        yield return $"sisote doctor --system {system.Id} --data {data}   # says what is missing";
        if (system.Adapter is not null)
        {
            yield return $"sisote probe {system.Id} --client-file client.txt --data {data}   # docs/probing.md";
        }

        yield return $"hand {SystemKey.PrivateFile(Path.Combine(folder, "keys"), system.Id.Value)} to the system and keep no copy; docs/client.md says how it calls";
    }
}
