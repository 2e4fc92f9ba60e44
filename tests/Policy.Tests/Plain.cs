// Writes any value of the policy's model out in full, so that a file can hold a test to every property of it.
using System.Collections;
using System.Reflection;
using System.Text;

namespace Sisote.Tests.Policy;

internal static class Plain
{
    /// <summary>One line per property, indented; entries of dictionaries in order of their keys.</summary>
    internal static string Text(object? value)
    {
        var text = new StringBuilder();
        Write(value, 0, text);
        return text.ToString();
    }

    private static void Write(object? value, int depth, StringBuilder text)
    {
        switch (value)
        {
            case null or string or bool or int or long or Enum or DateOnly or DateTimeOffset:
            case not null when value.GetType().Namespace == "Sisote.Policy.Ids" || value is Sisote.Policy.Catalogues.CatalogueVersion:
                text.Append(' ').Append(value is DateOnly day ? $"{day:yyyy-MM-dd}" : value is DateTimeOffset at ? $"{at:O}" : value ?? "-").Append('\n');
                break;
            case IDictionary dictionary:
                Lines(dictionary.Keys.Cast<object>().OrderBy(static key => $"{key}", StringComparer.Ordinal).Select(key => ($"{key}", dictionary[key])), depth, text);
                break;
            case IEnumerable list:
                Lines(list.Cast<object?>().Select(static entry => ("-", entry)), depth, text);
                break;
            default:
                var properties = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.GetIndexParameters().Length == 0);
                text.Append(value.GetType().DeclaringType is null ? string.Empty : $" {value.GetType().Name}");
                Lines(properties.OrderBy(static property => property.Name, StringComparer.Ordinal).Select(property => (property.Name, property.GetValue(value))), depth, text);
                break;
        }
    }

    private static void Lines(IEnumerable<(string Name, object? Value)> entries, int depth, StringBuilder text)
    {
        text.Append('\n');
        foreach (var (name, value) in entries)
        {
            text.Append(' ', depth * 2).Append(name).Append(':');
            Write(value, depth + 1, text);
        }
    }
}
