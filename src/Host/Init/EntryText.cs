// A new system's entry as it stands in the deployment file, and its place there.
using System.Text;
using System.Text.RegularExpressions;
using Sisote.Host.House;

namespace Sisote.Host.Init;

/// <summary>Writes the entry, and puts it behind the other systems of a deployment file of which nothing else changes.</summary>
internal static partial class EntryText
{
    private const int RemarkColumn = 60;

    /// <summary>The entry, as an item of a list.</summary>
    /// <param name="system">The system.</param>
    /// <param name="indent">What stands before the list's hyphens.</param>
    internal static string Write(NewSystem system, string indent = "  ")
    {
        var text = new StringBuilder();
        Line($"- id: {system.Id}", "also its client_id and its place in addresses");
        Line($"  organisation: {system.Organisation.Id}");
        Line($"  sector: {system.Sector}");
        Line($"  actsAs: {system.Roles[0]}", "the role where nobody is named");
        Line($"  name: {{fi: {Quoted(system.Name.Fi)}, sv: {Quoted(system.Name.Sv)}, en: {Quoted(system.Name.En)}}}");
        Line($"  roles: [{string.Join(", ", system.Roles)}]", "what its tokens may say; leave what it needs");
        Line($"  purposes: [{string.Join(", ", system.Purposes)}]", "what it may ask for; leave what it needs");
        Line($"  keys: {system.KeysFile}", "its public key");
        if (system.Adapter is { } adapter)
        {
            Line("  adapter:");
            Line($"    kind: {system.Kind}");
            Line("    settings:");
            foreach (var setting in adapter.Settings)
            {
                Line($"      {setting.Name}: {setting.Value}", setting.Remark);
            }
        }

        return text.ToString();

        void Line(string words, string? remark = null) =>
            text.Append(indent).Append(remark is null ? words : $"{words.PadRight(RemarkColumn)} # {remark}").Append('\n');
    }

    /// <summary>The file with the entry behind its last system; every other byte stays.</summary>
    /// <exception cref="StartFaultException">The systems are no list with an item on each line.</exception>
    internal static string PutInto(string file, string yaml, NewSystem system)
    {
        var newLine = yaml.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var heading = Systems().Matches(yaml) is [var only] ? only
            : throw new StartFaultException($"{file} has no line `systems:` with a list below it: put the entry there by hand.");
        var (end, indent) = (heading.Index + heading.Length, (string?)null);
        for (var at = end; at < yaml.Length;)
        {
            var next = yaml.IndexOf('\n', at) is var found and >= 0 ? found + 1 : yaml.Length;
            var line = yaml[at..next].TrimEnd();
            if (line.Length > 0 && line[0] is not (' ' or '#' or '-'))
            {
                break;
            }

            if (line.Length > 0 && line[0] != '#')
            {
                indent ??= line.TrimStart().StartsWith('-') ? line[..^line.TrimStart().Length] : throw new StartFaultException($"{file} has no list below `systems:`: put the entry there by hand.");
                end = next;
            }

            at = next;
        }

        var before = yaml[..end];
        var entry = Write(system, indent ?? "  ").Replace("\n", newLine, StringComparison.Ordinal);
        return (before.EndsWith('\n') ? before : before + newLine) + entry + yaml[end..];
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^systems:[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\z)", RegexOptions.Multiline)]
    private static partial Regex Systems();
}
