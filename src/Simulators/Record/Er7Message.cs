// The record's own small HL7 v2 reader and writer.
using System.Text;

namespace Sisote.Simulators.Record;

/// <summary>A message in ER7 form with the usual delimiters, UTF-8 or ISO 8859-1. What this record does not understand it refuses.</summary>
internal sealed class Er7Message
{
    private readonly List<string[]> segments;

    private Er7Message(List<string[]> segments) => this.segments = segments;

    /// <summary>Reads a message, or null.</summary>
    public static Er7Message? Parse(byte[] bytes)
    {
        var probe = Encoding.Latin1.GetString(bytes);
        if (!probe.StartsWith(@"MSH|^~\&|", StringComparison.Ordinal))
        {
            return null;
        }

        var charset = probe.Split('\r')[0].Split('|').ElementAtOrDefault(17);
        Encoding? encoding = charset switch
        {
            "UNICODE UTF-8" => new UTF8Encoding(false, throwOnInvalidBytes: true),
            "8859/1" => Encoding.Latin1,
            _ => null,
        };
        try
        {
            var lines = encoding?.GetString(bytes).Split('\r', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('|')).ToList();
            return lines is null ? null : new Er7Message([["MSH", "|", .. lines[0][1..]], .. lines.Skip(1)]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Value of the first segment of a name.</summary>
    public string Get(string segment, int field, int component = 1, int subcomponent = 1) => Get(segments.FirstOrDefault(found => found[0] == segment) ?? [], field, component, subcomponent);

    /// <summary>Whether there is such a segment.</summary>
    public bool Has(string segment) => segments.Exists(found => found[0] == segment);

    /// <summary>All segments of a name.</summary>
    public IEnumerable<string[]> All(string segment) => segments.Where(found => found[0] == segment);

    /// <summary>Value of a segment.</summary>
    public static string Get(string[] segment, int field, int component = 1, int subcomponent = 1)
    {
        var raw = field < segment.Length ? segment[field].Split('~')[0] : string.Empty;
        var part = raw.Split('^').ElementAtOrDefault(component - 1)?.Split('&').ElementAtOrDefault(subcomponent - 1) ?? string.Empty;
        return Unescape(part);
    }

    /// <summary>Everything but the header and the event, for telling a retry from another message.</summary>
    public string Content() => string.Join('\r', segments.Where(static segment => segment[0] is not "MSH" and not "EVN").Select(static segment => string.Join('|', segment)));

    /// <summary>Makes a value safe inside a message.</summary>
    public static string Escape(string value) => value.Replace(@"\", @"\E\", StringComparison.Ordinal)
        .Replace("|", @"\F\", StringComparison.Ordinal).Replace("^", @"\S\", StringComparison.Ordinal)
        .Replace("&", @"\T\", StringComparison.Ordinal).Replace("~", @"\R\", StringComparison.Ordinal)
        .ReplaceLineEndings(@"\.br\");

    private static string Unescape(string raw)
    {
        var parts = raw.Split('\\');
        for (var index = 1; index + 1 < parts.Length; index += 2)
        {
            parts[index] = parts[index] switch
            {
                "F" => "|",
                "S" => "^",
                "T" => "&",
                "R" => "~",
                "E" => "\\",
                ".br" => "\n",
                _ => string.Empty,
            };
        }

        return string.Concat(parts);
    }
}
