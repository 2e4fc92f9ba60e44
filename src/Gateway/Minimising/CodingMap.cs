// Finds a value by a coding in UTF-8.
using System.Text;

namespace Sisote.Gateway.Minimising;

/// <summary>A fixed map from codings (system and code) to values.</summary>
internal sealed class CodingMap<T>(IEnumerable<(string System, string Code, T Value)> content)
    where T : class
{
    private readonly Utf8Map<Utf8Map<T>> systems = new(content.GroupBy(static coding => coding.System, StringComparer.Ordinal).Select(static system =>
        KeyValuePair.Create(system.Key, new Utf8Map<T>(system.Select(static coding => KeyValuePair.Create(coding.Code, coding.Value))))));

    internal T? Find(ReadOnlySpan<byte> system, ReadOnlySpan<byte> code) => systems.Find(system)?.Find(code);

    internal T? Find(string system, string code) => Find(Encoding.UTF8.GetBytes(system), Encoding.UTF8.GetBytes(code));
}
