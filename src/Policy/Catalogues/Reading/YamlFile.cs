// One YAML file as a strict mapping, and its canonical text.
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sisote.Policy.Catalogues.Reading;

/// <summary>A parsed file: exactly one document, a mapping at its root.</summary>
internal sealed class YamlFile
{
    private const string Hint = "Look here and just above: is every line indented like its neighbours, with spaces only, and is every bracket, brace and quote closed?";

    private YamlFile(string name, YamlMappingNode root)
    {
        Name = name;
        Root = root;
    }

    internal string Name { get; }

    internal YamlMappingNode Root { get; }

    internal static YamlFile? Parse(string name, string text, FaultCollector faults)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                if (FindShared(root, new HashSet<YamlNode>(ReferenceEqualityComparer.Instance)) is not { } shared)
                {
                    return new YamlFile(name, root);
                }

                faults.Add(name, (int)shared.Start.Line, "Anchors and aliases (`&` and `*`) cannot be used: write it out, or put a `*` that is meant in quotes.");
                return null;
            }

            faults.Add(name, 1, "The file must hold one document with a mapping at its root.");
        }
        catch (YamlException fault)
        {
            faults.Add(name, (int)fault.Start.Line, $"Not readable as YAML: {(fault.InnerException?.Message ?? fault.Message).TrimEnd('.')}. {Hint}");
        }
        catch (InvalidOperationException)
        {
            // The parser's own way of saying that the text ended inside something.
            faults.Add(name, (int)(parser.Current?.End.Line ?? 1), $"Not readable as YAML: the text ends before a bracket that was opened is closed. {Hint}");
        }

        return null;
    }

    /// <summary>A node that stands in two places: an alias could hold itself, and a few of them could unfold without end.</summary>
    private static YamlNode? FindShared(YamlNode node, HashSet<YamlNode> seen)
    {
        var children = node switch
        {
            YamlSequenceNode list => list.Children,
            YamlMappingNode map => map.Children.SelectMany(static pair => new[] { pair.Key, pair.Value }),
            _ => Enumerable.Empty<YamlNode>(),
        };
        return !seen.Add(node) ? node : children.Select(child => FindShared(child, seen)).FirstOrDefault(static shared => shared is not null);
    }

    internal YamlMap Open(FaultCollector faults) => new(Name, Root, faults);

    /// <summary>The content without comments, layout, quoting style or order of keys.</summary>
    internal string Canonical()
    {
        var text = new StringBuilder();
        Write(Root, text);
        return text.ToString();
    }

    private static void Write(YamlNode node, StringBuilder text)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                WriteText(scalar.Value ?? string.Empty, text);
                break;
            case YamlSequenceNode list:
                text.Append('[');
                foreach (var child in list.Children)
                {
                    Write(child, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case YamlMappingNode map:
                text.Append('{');
                foreach (var (key, value) in map.Children.OrderBy(static pair => (pair.Key as YamlScalarNode)?.Value, StringComparer.Ordinal))
                {
                    Write(key, text);
                    text.Append(':');
                    Write(value, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
        }
    }

    private static void WriteText(string value, StringBuilder text) =>
        text.Append('"').Append(value.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
}
