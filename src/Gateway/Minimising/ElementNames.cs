// Numbers for the member names that anybody here asks for.
using System.Text;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// Every element name of the catalogue's resource types has a number, the same in all types. A name is looked up once, where it is read; from then on a mask or guide finds it by its
/// number in an array. Names are added while masks are compiled, never from a message.
/// </summary>
internal static class ElementNames
{
    /// <summary>Any other name.</summary>
    internal const int Unknown = 0;

    internal const int System = 1;
    internal const int Code = 2;
    internal const int Display = 3;
    internal const int Coding = 4;
    internal const int Value = 5;
    internal const int Comparator = 6;
    internal const int Reference = 7;
    internal const int Identifier = 8;
    internal const int Security = 9;
    internal const int ResourceType = 10;
    internal const int Resource = 11;
    internal const int Search = 12;
    internal const int Mode = 13;
    internal const int Type = 14;
    internal const int Entry = 15;
    internal const int Use = 16;

    private static readonly Lock Adding = new();
    private static volatile Utf8Map<Number> numbers = new(Numbered(
        ["system", "code", "display", "coding", "value", "comparator", "reference", "identifier", "security", "resourceType", "resource", "search", "mode", "type", "entry", "use"]));

    /// <summary>All names so far.</summary>
    internal static Utf8Map<Number> Known => numbers;

    internal static int Find(ReadOnlySpan<byte> name) => numbers.Find(name)?.Value ?? Unknown;

    /// <summary>The number of a name, a new one if need be.</summary>
    internal static int Of(string name)
    {
        Add([name]);
        return Find(Encoding.UTF8.GetBytes(name));
    }

    /// <summary>Numbers names that have none.</summary>
    internal static void Add(IEnumerable<string> names)
    {
        lock (Adding)
        {
            string[] known = [.. numbers.Values.Select(static number => number.Name)];
            string[] all = [.. known.Union(names)];
            if (all.Length > ushort.MaxValue)
            {
                throw new InvalidOperationException("The catalogue's resource types have more element names than there are numbers.");
            }

            numbers = all.Length == known.Length ? numbers : new Utf8Map<Number>(Numbered(all));
        }
    }

    /// <summary>A table by number from one by name.</summary>
    internal static T?[] Table<T>(IEnumerable<KeyValuePair<string, T>> content)
        where T : class
    {
        var named = content.ToArray();
        Add(named.Select(static pair => pair.Key));
        var all = named.Select(static pair => (Number: Find(Encoding.UTF8.GetBytes(pair.Key)), pair.Value)).ToArray();
        var table = new T?[all.Length == 0 ? 1 : all.Max(static pair => pair.Number) + 1];
        foreach (var (number, value) in all)
        {
            table[number] ??= value;
        }

        return table;
    }

    private static IEnumerable<KeyValuePair<string, Number>> Numbered(string[] names) =>
        names.Select(static (name, place) => KeyValuePair.Create(name, new Number(name, place + 1)));

    internal sealed record Number(string Name, int Value);
}
