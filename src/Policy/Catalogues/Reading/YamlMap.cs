// One mapping of a YAML file, read strictly: every key must be asked for, every fault knows its line.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Policy.Ids;
using YamlDotNet.RepresentationModel;

namespace Sisote.Policy.Catalogues.Reading;

/// <summary>A cursor over a mapping. Missing or malformed values are reported and replaced by something harmless; a reading with faults is never used.</summary>
internal sealed class YamlMap(string file, YamlMappingNode node, FaultCollector faults)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    internal string File => file;

    internal int Line => (int)node.Start.Line;

    internal FaultCollector Faults => faults;

    internal IEnumerable<(string Key, int Line)> Keys =>
        node.Children.Keys.Select(static key => ((key as YamlScalarNode)?.Value ?? string.Empty, (int)key.Start.Line));

    internal bool Has(string key) => Find(key) is not null;

    internal int LineOf(string key) => Find(key) is { } value ? (int)value.Start.Line : Line;

    internal void Fault(string message, int? line = null) => faults.Add(file, line ?? Line, message);

    internal string? OptionalText(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { } text } when !string.IsNullOrWhiteSpace(text):
                return text.Trim();
            case var other:
                Fault($"`{key}` must be a text.", (int)other.Start.Line);
                return null;
        }
    }

    internal string Text(string key)
    {
        if (!Has(key))
        {
            Fault($"`{key}` is missing.");
        }

        return OptionalText(key) ?? string.Empty;
    }

    internal string OneOf(string key, params ReadOnlySpan<string> words)
    {
        var text = Text(key);
        if (text.Length > 0 && !words.Contains(text))
        {
            Fault($"`{key}` is `{text}`, must be one of {string.Join(", ", words.ToArray())}.", LineOf(key));
        }

        return text;
    }

    internal bool Flag(string key, bool otherwise = false)
    {
        switch (OptionalText(key))
        {
            case null:
                return otherwise;
            case "true":
                return true;
            case "false":
                return false;
            default:
                Fault($"`{key}` must be true or false.", LineOf(key));
                return otherwise;
        }
    }

    internal int? Number(string key)
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Fault($"`{key}` must be a whole number.", LineOf(key));
        return null;
    }

    internal DateOnly? Date(string key)
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Fault($"`{key}` must be a date like 2026-08-01.", LineOf(key));
        return null;
    }

    internal TCode Code<TCode>(string key, Vocabulary kind)
        where TCode : struct, ICode<TCode> =>
        OptionalCode<TCode>(key, kind) ?? Missing<TCode>(key);

    internal TCode? OptionalCode<TCode>(string key, Vocabulary kind)
        where TCode : struct, ICode<TCode>
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }

        return Refer<TCode>(text, kind, LineOf(key));
    }

    internal ImmutableArray<TCode> Codes<TCode>(string key, Vocabulary kind)
        where TCode : struct, ICode<TCode>
    {
        var codes = ImmutableArray.CreateBuilder<TCode>();
        foreach (var (text, line) in Scalars(key))
        {
            if (Refer<TCode>(text, kind, line) is { } code)
            {
                if (codes.Contains(code))
                {
                    Fault($"`{key}` names `{text}` twice.", line);
                }

                codes.Add(code);
            }
        }

        return codes.DrainToImmutable();
    }

    internal ImmutableArray<string> Texts(string key) => [.. Scalars(key).Select(static scalar => scalar.Text)];

    internal List<(string Text, int Line)> Scalars(string key)
    {
        var found = new List<(string, int)>();
        switch (Find(key))
        {
            case null:
                break;
            case YamlScalarNode { Value: { } single } only when !string.IsNullOrWhiteSpace(single):
                found.Add((single.Trim(), (int)only.Start.Line));
                break;
            case YamlSequenceNode list:
                foreach (var child in list.Children)
                {
                    if (child is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text))
                    {
                        found.Add((text.Trim(), (int)child.Start.Line));
                    }
                    else
                    {
                        Fault($"`{key}` must be a list of texts.", (int)child.Start.Line);
                    }
                }

                break;
            case var other:
                Fault($"`{key}` must be a list of texts.", (int)other.Start.Line);
                break;
        }

        return found;
    }

    internal LocalisedText Localised(string key)
    {
        if (Map(key) is not { } map)
        {
            if (!Has(key))
            {
                Fault($"`{key}` is missing; it needs fi, sv and en.");
            }

            return Nothing;
        }

        var text = map.Localised();
        map.Close();
        return text;
    }

    internal LocalisedText? OptionalLocalised(string key) => Has(key) ? Localised(key) : null;

    internal LocalisedText Localised() => new() { Fi = Text("fi"), Sv = Text("sv"), En = Text("en") };

    internal YamlMap? Map(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlMappingNode map:
                return new YamlMap(file, map, faults);
            case var other:
                Fault($"`{key}` must be a mapping.", (int)other.Start.Line);
                return null;
        }
    }

    internal List<YamlMap> Maps(string key)
    {
        var maps = new List<YamlMap>();
        var children = Find(key) switch
        {
            null => [],
            YamlMappingNode single => [single],
            YamlSequenceNode list => list.Children,
            var other => [other],
        };
        foreach (var child in children)
        {
            if (child is YamlMappingNode map)
            {
                maps.Add(new YamlMap(file, map, faults));
            }
            else
            {
                Fault($"`{key}` must be a list of mappings.", (int)child.Start.Line);
            }
        }

        return maps;
    }

    internal void Close()
    {
        foreach (var (key, line) in Keys)
        {
            if (!asked.Contains(key))
            {
                Fault($"Unknown key `{key}`.", line);
            }
        }
    }

    internal static LocalisedText Nothing { get; } = new() { Fi = string.Empty, Sv = string.Empty, En = string.Empty };

    private TCode? Refer<TCode>(string text, Vocabulary kind, int line)
        where TCode : struct, ICode<TCode>
    {
        if (!TCode.TryParse(text, out var code))
        {
            Fault($"`{text}` is not a code: use 1 to 64 letters, digits, '-', '_' or '.'.", line);
            return null;
        }

        faults.Refer(kind, text, file, line);
        return code;
    }

    private TCode Missing<TCode>(string key)
        where TCode : struct
    {
        if (!Has(key))
        {
            Fault($"`{key}` is missing.");
        }

        return default;
    }

    private YamlNode? Find(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }
}
