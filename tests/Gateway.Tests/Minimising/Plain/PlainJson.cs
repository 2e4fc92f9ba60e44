// The strict check of JSON as the framework's reader makes it, token by token.
using System.Text.Json;
using System.Text.Unicode;

namespace Sisote.Tests.Gateway.Minimising.Plain;

/// <summary>The plain form of <c>StrictJson</c>: slower, obvious, and equal on every input.</summary>
internal static class PlainJson
{
    internal const int MaximumDepth = 64;

    private const int MaximumMembers = 512;

    internal static readonly JsonReaderOptions Options = new() { MaxDepth = MaximumDepth, CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false };

    internal static bool IsSound(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] == 0xEF || !Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            return HasOneReading(json);
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException) // an escape that is no character
        {
            return false;
        }
    }

    private static bool HasOneReading(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        var names = new List<Range>();
        var objects = new Stack<int>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    objects.Push(names.Count);
                    break;
                case JsonTokenType.EndObject:
                    names.RemoveRange(objects.Peek(), names.Count - objects.Pop());
                    break;
                case JsonTokenType.PropertyName when reader.ValueIsEscaped || !IsNew(json, names, objects.Peek(), NameAt(ref reader)):
                    return false;
                case JsonTokenType.String when reader.ValueIsEscaped:
                    _ = reader.GetString();
                    break;
            }
        }

        return true;
    }

    private static Range NameAt(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex + 1;
        return new Range(start, start + reader.ValueSpan.Length);
    }

    private static bool IsNew(ReadOnlySpan<byte> json, List<Range> names, int first, Range name)
    {
        var text = json[name];
        for (var i = first; i < names.Count; i++)
        {
            if (json[names[i]].SequenceEqual(text))
            {
                return false;
            }
        }

        names.Add(name);
        return names.Count - first <= MaximumMembers;
    }
}
