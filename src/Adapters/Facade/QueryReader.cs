// Reads a search form; what it does not know it refuses.
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Facade;

/// <summary>Reads the parameters of a facade search. Every parameter at most once; commas separate alternatives.</summary>
internal static class QueryReader
{
    /// <summary>The query, or null where a parameter is unknown, repeated or malformed.</summary>
    public static FacadeQuery? Read(string type, IFormCollection form)
    {
        var query = new FacadeQuery { Type = type };
        foreach (var (name, value) in form)
        {
            if (Apply(query, name, value) is not { } next)
            {
                return null;
            }

            query = next;
        }

        return query;
    }

    private static FacadeQuery? Apply(FacadeQuery query, string name, StringValues value)
    {
        if (value is not [{ Length: > 0 } text])
        {
            return null;
        }

        return name switch
        {
            "identifier" when query.Type == "Patient" => ReadClient(text) is { } client ? query with { Client = client } : null,
            "patient:identifier" when query.Type != "Patient" => ReadClient(text) is { } client ? query with { Client = client } : null,
            "category" => ReadTokens(text) is { } tokens ? query with { Categories = tokens } : null,
            "code" => ReadTokens(text) is { } tokens ? query with { Codes = tokens } : null,
            "status" => query with { Statuses = [.. text.Split(',')] },
            "_count" => ReadCount(text) is { } count ? query with { Count = count } : null,
            _ => null,
        };
    }

    private static Hetu? ReadClient(string text) =>
        text.StartsWith(Hetu.System + "|", StringComparison.Ordinal) && Hetu.TryParse(text[(Hetu.System.Length + 1)..], out var hetu) ? hetu : null;

    private static ImmutableArray<Token>? ReadTokens(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>();
        foreach (var part in text.Split(','))
        {
            if (part.Split('|') is not [{ Length: > 0 } system, { Length: > 0 } code])
            {
                return null;
            }

            tokens.Add(new Token(system, code));
        }

        return tokens.ToImmutable();
    }

    private static int? ReadCount(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= FacadeQuery.MaxCount ? count : null;
}
