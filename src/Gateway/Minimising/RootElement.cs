// What one element of a resource tells about the whole.
using System.Collections.Immutable;

namespace Sisote.Gateway.Minimising;

/// <summary>The part that an element plays in <see cref="ResourceIndex"/>.</summary>
internal enum RootPart
{
    /// <summary>None of its own; it may still be filtered or change the meaning.</summary>
    Plain,
    Type,
    Id,
    Meta,

    /// <summary>A Patient's identifiers, among them the national one.</summary>
    Identifiers,

    /// <summary>The reference to the client.</summary>
    Subject,

    /// <summary>Other resources inside; they never leave, so what they hold changes nothing.</summary>
    Contained,
}

/// <summary>One element at the root of a resource.</summary>
/// <param name="Part">The part it plays.</param>
/// <param name="Modifier">Its bit among the modifiers; 0 = it is none.</param>
/// <param name="Ordinary">The literal that changes nothing: not deceased, not forbidden, record in use.</param>
/// <param name="Filtered">Where in it codings decide on items; null = nowhere.</param>
/// <param name="Selectors">The selectors that name the element or something in it.</param>
internal sealed record RootElement(RootPart Part, ulong Modifier, JsonKind Ordinary, CodingPath? Filtered, ulong Selectors)
{
    internal static RootElement Of(string name, string? subject, ImmutableArray<string> modifiers, TypeConditions conditions) => new(
        name switch
        {
            "resourceType" => RootPart.Type,
            "id" => RootPart.Id,
            "meta" => RootPart.Meta,
            "contained" => RootPart.Contained,
            "identifier" when subject is null => RootPart.Identifiers,
            _ when name == subject => RootPart.Subject,
            _ => RootPart.Plain,
        },
        modifiers.IndexOf(name) is >= 0 and var place ? 1UL << place : 0,
        name == "active" ? JsonKind.True : JsonKind.False,
        conditions.PathsOf(name),
        conditions.BitsWhere(pair => pair.Selector.Elements.Any(path => path == name || path.StartsWith(name + ".", StringComparison.Ordinal))));
}
