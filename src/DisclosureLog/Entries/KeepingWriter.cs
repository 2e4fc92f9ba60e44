// Writes what entries tell of the log's own keeping, in canonical order.
using System.Globalization;

namespace Sisote.DisclosureLog.Entries;

/// <summary>The members of schema 3: erasures and holds.</summary>
internal static class KeepingWriter
{
    internal static void Write(CanonicalWriter json, LogErasure? erasure)
    {
        if (erasure is null)
        {
            return;
        }

        json.Name("erasure");
        json.StartObject();
        Text(json, "asOf", Day(erasure.AsOf));
        json.Name("count");
        json.Number(erasure.Count);
        Text(json, "export", erasure.Export?.ToString());
        Text(json, "period", erasure.Period);
        if (!erasure.Ranges.IsDefaultOrEmpty)
        {
            json.Name("ranges");
            json.StartArray();
            foreach (var range in erasure.Ranges)
            {
                Write(json, range);
            }

            json.EndArray();
        }

        json.EndObject();
    }

    internal static void Write(CanonicalWriter json, LogHold? hold)
    {
        if (hold is null)
        {
            return;
        }

        json.Name("hold");
        json.StartObject();
        Text(json, "organisation", hold.Organisation?.Value);
        if (hold.Range is { } range)
        {
            json.Name("range");
            Write(json, range);
        }

        Text(json, "reason", hold.Reason);
        Text(json, "scope", hold.Scope);
        Text(json, "until", hold.Until is { } until ? Day(until) : null);
        json.EndObject();
    }

    internal static void Write(CanonicalWriter json, LogRange range)
    {
        json.StartObject();
        json.Name("first");
        json.Number(range.First);
        json.Name("last");
        json.Number(range.Last);
        json.EndObject();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Text(CanonicalWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.Name(name);
            json.Text(value);
        }
    }
}
