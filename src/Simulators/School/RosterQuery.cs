// OneRoster's query parameters over rows of JSON.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sisote.Simulators.School;

/// <summary>One request for rows: filter, order, page and fields (OneRoster 1.2 REST binding).</summary>
internal sealed partial record RosterQuery
{
    private const int LargestLimit = 1000;

    /// <summary>Rows per page. <value>100</value></summary>
    public required int Limit { get; init; }

    /// <summary>Rows to skip. <value>0</value></summary>
    public required int Offset { get; init; }

    private ImmutableArray<Condition> Conditions { get; init; } = [];

    private bool AnyCondition { get; init; }

    private string? Sort { get; init; }

    private bool Descending { get; init; }

    private ImmutableArray<string> Fields { get; init; } = [];

    /// <summary>Reads the parameters; on a fault <paramref name="minor"/> is the code that OneRoster gives for it.</summary>
    public static RosterQuery? Read(IQueryCollection parameters, out string minor)
    {
        minor = "invaliddata";
        if (!TryNumber(parameters["limit"], 100, 1, LargestLimit, out var limit) || !TryNumber(parameters["offset"], 0, 0, int.MaxValue, out var offset))
        {
            return null;
        }

        minor = "invalid_filter_field";
        var filter = (string?)parameters["filter"];
        var any = filter?.Contains("' OR ", StringComparison.Ordinal) == true;
        var conditions = ReadConditions(filter, any ? "' OR " : "' AND ");
        return conditions.IsDefault
            ? null
            : new RosterQuery
            {
                Limit = limit,
                Offset = offset,
                Conditions = conditions,
                AnyCondition = any,
                Sort = parameters["sort"],
                Descending = parameters["orderBy"] == "desc",
                Fields = [.. ((string?)parameters["fields"] ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries)],
            };
    }

    /// <summary>Rows that pass the filter, in order; not yet paged.</summary>
    public IReadOnlyList<JsonObject> Select(IEnumerable<JsonObject> rows)
    {
        var kept = rows.Where(row => Conditions.IsEmpty || (AnyCondition ? Conditions.Any(condition => condition.Holds(row)) : Conditions.All(condition => condition.Holds(row))));
        if (Sort is not { Length: > 0 } sort)
        {
            return [.. kept];
        }

        var ordered = kept.OrderBy(row => Values(row, sort).FirstOrDefault(), StringComparer.Ordinal);
        return Descending ? [.. ordered.Reverse()] : [.. ordered];
    }

    /// <summary>The page of rows with the wanted fields only.</summary>
    public JsonArray Page(IReadOnlyList<JsonObject> rows) =>
        [.. rows.Skip(Offset).Take(Limit).Select(row => (JsonNode)(Fields.IsEmpty ? row.DeepClone() : new JsonObject(row.Where(field => Fields.Contains(field.Key)).Select(static field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())))))];

    private static ImmutableArray<Condition> ReadConditions(string? filter, string separator)
    {
        if (string.IsNullOrEmpty(filter))
        {
            return [];
        }

        var parts = filter.Split(separator);
        var conditions = ImmutableArray.CreateBuilder<Condition>(parts.Length);
        for (var index = 0; index < parts.Length; index++)
        {
            var text = index < parts.Length - 1 ? parts[index] + "'" : parts[index];
            if (ConditionText().Match(text) is not { Success: true } match)
            {
                return default;
            }

            conditions.Add(new Condition(match.Groups["field"].Value, match.Groups["op"].Value, match.Groups["value"].Value));
        }

        return conditions.ToImmutable();
    }

    private static bool TryNumber(string? text, int standard, int least, int most, out int number)
    {
        number = standard;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }

    private static IEnumerable<string> Values(JsonNode? node, string path)
    {
        if (node is JsonArray many)
        {
            return many.SelectMany(one => Values(one, path));
        }

        if (path.Length == 0)
        {
            return node is null ? [] : [node.ToString()];
        }

        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return node is JsonObject one ? Values(one[dot < 0 ? path : path[..dot]], dot < 0 ? string.Empty : path[(dot + 1)..]) : [];
    }

    [GeneratedRegex(@"^(?<field>[A-Za-z][A-Za-z0-9.]*)(?<op>!=|>=|<=|=|>|<|~)'(?<value>[^']*)'$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ConditionText();

    private sealed record Condition(string Field, string Operator, string Value)
    {
        public bool Holds(JsonObject row)
        {
            var values = Values(row, Field).ToList();
            return Operator switch
            {
                "=" => values.Contains(Value, StringComparer.Ordinal),
                "!=" => !values.Contains(Value, StringComparer.Ordinal),
                "~" => values.Any(value => value.Contains(Value, StringComparison.OrdinalIgnoreCase)),
                ">" => values.Any(value => string.CompareOrdinal(value, Value) > 0),
                ">=" => values.Any(value => string.CompareOrdinal(value, Value) >= 0),
                "<" => values.Any(value => string.CompareOrdinal(value, Value) < 0),
                _ => values.Any(value => string.CompareOrdinal(value, Value) <= 0),
            };
        }
    }
}
