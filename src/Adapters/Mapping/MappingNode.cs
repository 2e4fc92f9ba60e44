// One mapping of a mapping file, read strictly: every key must be asked for, every fault knows its line and path.
using System.Collections.Immutable;
using Sisote.Policy.Ids;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sisote.Adapters.Mapping;

/// <summary>A cursor over a YAML mapping. Missing or malformed values are reported and replaced by something harmless; a file with faults is never used.</summary>
internal sealed class MappingNode(string file, string path, YamlMappingNode node, List<MappingFault> faults)
{
    private const int DeepestNode = 24;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>Where in the file this stands.</summary>
    public string Path => path;

    /// <summary>The keys as they are written.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.Select(static key => (key as YamlScalarNode)?.Value ?? string.Empty);

    /// <summary>The root of a file; null with noted faults where there is none.</summary>
    public static MappingNode? Parse(string file, string text, List<MappingFault> faults)
    {
        try
        {
            if (FindAlias(text) is { } alias)
            {
                faults.Add(new MappingFault(file, alias, string.Empty, "anchors and aliases (`&` and `*`) cannot be used: write it out"));
                return null;
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return new MappingNode(file, string.Empty, root, faults);
            }

            faults.Add(new MappingFault(file, 1, string.Empty, "the file must hold one document with a mapping at its root"));
        }
        catch (YamlException fault)
        {
            faults.Add(new MappingFault(file, (int)fault.Start.Line, string.Empty, $"not readable as YAML: {(fault.InnerException?.Message ?? fault.Message).TrimEnd('.')}"));
        }

        return null;
    }

    /// <summary>Whether a key is there.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>Notes a fault here or at a key.</summary>
    public void Fault(string message, string? key = null) =>
        faults.Add(new MappingFault(file, (int)((key is null ? null : Find(key)) ?? node).Start.Line, key is null ? path : Join(key), message));

    /// <summary>A text or null.</summary>
    public string? Optional(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { Length: > 0 } text }:
                return text;
            default:
                Fault("must be a text", key);
                return null;
        }
    }

    /// <summary>A text that must be there.</summary>
    public string Require(string key)
    {
        if (!Has(key))
        {
            Fault($"`{key}` is missing");
        }

        return Optional(key) ?? string.Empty;
    }

    /// <summary>One of some words; the first where the key is absent.</summary>
    public string OneOf(string key, params ReadOnlySpan<string> words)
    {
        var text = Optional(key);
        if (text is not null && !words.Contains(text))
        {
            Fault($"`{text}` is none of {string.Join(", ", words.ToArray())}", key);
        }

        return text is not null && words.Contains(text) ? text : words[0];
    }

    /// <summary>True or false; false where absent.</summary>
    public bool Flag(string key) => OneOf(key, "false", "true") == "true";

    /// <summary>A whole number within bounds.</summary>
    public int Number(string key, int standard, int least, int most)
    {
        if (Optional(key) is not { } text)
        {
            return standard;
        }

        if (int.TryParse(text, System.Globalization.NumberStyles.None, null, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault($"must be a whole number from {least} to {most}", key);
        return standard;
    }

    /// <summary>A list of texts; empty where absent.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        if (Find(key) is not { } found)
        {
            return [];
        }

        if (found is YamlSequenceNode list && list.All(static one => one is YamlScalarNode { Value.Length: > 0 }))
        {
            return [.. list.Select(static one => ((YamlScalarNode)one).Value!)];
        }

        Fault("must be a list of texts", key);
        return [];
    }

    /// <summary>A mapping or null.</summary>
    public MappingNode? Map(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlMappingNode map:
                return new MappingNode(file, Join(key), map, faults);
            default:
                Fault("must be a mapping", key);
                return null;
        }
    }

    /// <summary>A list of mappings; empty where absent.</summary>
    public ImmutableArray<MappingNode> Maps(string key)
    {
        if (Find(key) is not { } found)
        {
            return [];
        }

        if (found is YamlSequenceNode list && list.All(static one => one is YamlMappingNode))
        {
            return [.. list.Select((one, index) => new MappingNode(file, $"{Join(key)}[{index}]", (YamlMappingNode)one, faults))];
        }

        Fault("must be a list of mappings", key);
        return [];
    }

    /// <summary>Whether the value of a key is a list.</summary>
    public bool IsList(string key) => Find(key) is YamlSequenceNode;

    /// <summary>Notes every key that nobody asked for.</summary>
    public void Close()
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !asked.Contains(name))
            {
                var written = (key as YamlScalarNode)?.Value ?? "?";
                faults.Add(new MappingFault(file, (int)key.Start.Line, Join(written), $"is not known here. {NearestCode.Suggest(written, asked)}".TrimEnd()));
            }
        }
    }

    private YamlNode? Find(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    private string Join(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>The line of the first alias or of what stands deeper than any mapping does, before the tree is built.</summary>
    private static int? FindAlias(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (parser.Current is YamlDotNet.Core.Events.AnchorAlias || depth > DeepestNode)
            {
                return (int)parser.Current.Start.Line;
            }
        }

        return null;
    }
}
