// One mapping of persons.yaml, read strictly.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sisote.Host.Demo;

/// <summary>Asks a mapping for its keys; what is missing, malformed or was never asked for is a fault with its line.</summary>
internal sealed class DemoYaml(string file, YamlMappingNode node, List<CatalogueFault> faults)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>The mapping at the root of a text; null where it is not readable.</summary>
    internal static DemoYaml? Parse(string file, string text, List<CatalogueFault> faults)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return new DemoYaml(file, root, faults);
            }

            faults.Add(new CatalogueFault(file, 1, "The file must hold one document with a mapping at its root."));
        }
        catch (YamlException fault)
        {
            faults.Add(new CatalogueFault(file, (int)fault.Start.Line, $"Not readable as YAML: {(fault.InnerException?.Message ?? fault.Message).TrimEnd('.')}. {Hint}"));
        }
        catch (InvalidOperationException)
        {
            // The parser's own way of saying that the text ended inside something.
            faults.Add(new CatalogueFault(file, (int)(parser.Current?.End.Line ?? 1), $"Not readable as YAML: the text ends before a bracket that was opened is closed. {Hint}"));
        }

        return null;
    }

    /// <summary>Adds a fault at a key, or at the mapping where it has no such key.</summary>
    internal void Fault(string key, string message) => faults.Add(new CatalogueFault(file, (int)(Find(key) ?? node).Start.Line, message.TrimEnd()));

    /// <summary>A text that may be absent.</summary>
    internal string? OptionalText(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { } text } when !string.IsNullOrWhiteSpace(text):
                return text.Trim();
            default:
                Fault(key, $"`{key}` must be a text.");
                return null;
        }
    }

    /// <summary>A text.</summary>
    internal string Text(string key)
    {
        if (Find(key) is null)
        {
            Fault(key, $"`{key}` is missing.");
        }

        return OptionalText(key) ?? string.Empty;
    }

    /// <summary>True, false or absent.</summary>
    internal bool? Flag(string key)
    {
        var text = OptionalText(key);
        if (text is not (null or "true" or "false"))
        {
            Fault(key, $"`{key}` must be true or false.");
        }

        return text is null ? null : text == "true";
    }

    /// <summary>A code; where <paramref name="what"/> is given, one of those known.</summary>
    internal TCode? Code<TCode>(string key, string? what, IReadOnlyCollection<string> known)
        where TCode : struct, ICode<TCode>
    {
        var text = Text(key);
        if (text.Length == 0)
        {
            return null;
        }

        if (!TCode.TryParse(text, out var code))
        {
            Fault(key, $"`{text}` is not a code: use 1 to 64 letters, digits, '-', '_' or '.'.");
            return null;
        }

        if (what is not null && !known.Contains(text))
        {
            Fault(key, $"There is no {what} `{text}`. {NearestCode.Suggest(text, known)}");
        }

        return code;
    }

    /// <summary>A text in three languages.</summary>
    internal LocalisedText Localised(string key)
    {
        if (Find(key) is not YamlMappingNode map)
        {
            Fault(key, $"`{key}` needs fi, sv and en.");
            return new LocalisedText { Fi = string.Empty, Sv = string.Empty, En = string.Empty };
        }

        var texts = new DemoYaml(file, map, faults);
        var read = new LocalisedText { Fi = texts.Text("fi"), Sv = texts.Text("sv"), En = texts.Text("en") };
        texts.Close();
        return read;
    }

    /// <summary>A list of mappings; empty where it is absent.</summary>
    internal IEnumerable<DemoYaml> Maps(string key)
    {
        if (Find(key) is not { } found)
        {
            yield break;
        }

        foreach (var child in found is YamlSequenceNode list ? list.Children : [found])
        {
            if (child is YamlMappingNode map)
            {
                yield return new DemoYaml(file, map, faults);
            }
            else
            {
                faults.Add(new CatalogueFault(file, (int)child.Start.Line, $"`{key}` must be a list of mappings."));
            }
        }
    }

    /// <summary>A mapping below a key, or null where it is absent.</summary>
    internal DemoYaml? Map(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlMappingNode map:
                return new DemoYaml(file, map, faults);
            default:
                Fault(key, $"`{key}` must be a mapping.");
                return null;
        }
    }

    /// <summary>A list of texts; empty where it is absent.</summary>
    internal IReadOnlyList<string> Texts(string key)
    {
        if (Find(key) is not { } found)
        {
            return [];
        }

        if (found is YamlSequenceNode list && list.Children.All(static child => child is YamlScalarNode { Value.Length: > 0 }))
        {
            return [.. list.Children.Select(static child => ((YamlScalarNode)child).Value!)];
        }

        Fault(key, $"`{key}` must be a list of texts: [one, two].");
        return [];
    }

    /// <summary>A mapping of texts below a key, in its order; empty where it is absent.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Pairs(string key) =>
        Map(key) is { } map ? [.. map.Keys.ToArray().Select(name => KeyValuePair.Create(name, map.Text(name)))] : [];

    /// <summary>The keys.</summary>
    internal IEnumerable<string> Keys => node.Children.Keys.Select(static key => key.ToString());

    /// <summary>Leaves the keys that nobody asked for, where the mapping has a fault already.</summary>
    internal void Ignore() => asked.UnionWith(Keys);

    /// <summary>Makes a fault of every key that nobody asked for.</summary>
    internal void Close() => faults.AddRange(node.Children.Keys
        .Where(key => !asked.Contains(((YamlScalarNode)key).Value ?? string.Empty))
        .Select(key => new CatalogueFault(file, (int)key.Start.Line, $"Unknown key `{key}`. {NearestCode.Suggest(key.ToString(), asked)}".TrimEnd())));

    private const string Hint = "Look here and just above: is every line indented like its neighbours, with spaces only, and is every bracket, brace and quote closed?";

    private YamlNode? Find(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }
}
