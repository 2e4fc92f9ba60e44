// A search as it was accepted.
using System.Collections.Immutable;

namespace Sisote.Gateway.Searching;

/// <summary>What a search asks for, with the words in which links repeat it.</summary>
internal sealed record SearchTerms
{
    internal required Question Question { get; init; }

    /// <summary>The caller's own accepted words, in their order.</summary>
    internal required ImmutableArray<KeyValuePair<string, string>> Words { get; init; }

    /// <summary>The most resources on one page, counted among what may leave.</summary>
    internal required int PageSize { get; init; }

    /// <summary>When the first page was asked for.</summary>
    internal required DateTimeOffset Asked { get; init; }

    /// <summary>Where a later page begins; null on the first.</summary>
    internal Cursor? After { get; init; }

    /// <summary>The cursor as the caller sent it.</summary>
    internal string? CursorText { get; init; }
}

/// <summary>Where a search goes on, for the gateway to read again and for nobody else.</summary>
/// <param name="Asked">When the first page was asked for.</param>
/// <param name="Words">The search.</param>
/// <param name="Ground">The selectors whose items could leave when it was asked, one bit each: a later page shows nothing more.</param>
/// <param name="Position">The last place on the page before.</param>
internal sealed record Cursor(DateTimeOffset Asked, ImmutableArray<KeyValuePair<string, string>> Words, ulong Ground, Position Position)
{
    /// <summary>What the caller stated with the first page: it holds for a later one that states nothing, since clients follow links without their headers.</summary>
    internal ImmutableArray<KeyValuePair<string, string?>> Stated { get; init; } = [];
}
