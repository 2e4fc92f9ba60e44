// Who of the client's side sees an entry.
namespace Sisote.DisclosureLog.Entries;

/// <summary>Who of the client's side sees the entry, and from when.</summary>
public sealed record LogVisibility
{
    /// <summary>Whether the client sees it.</summary>
    public bool Client { get; init; } = true;

    /// <summary>Always false where this version writes: what a guardian sees is not written down with the event, it is decided whenever a guardian looks (docs/minors.md).</summary>
    public bool Guardian { get; init; }

    /// <summary>Not before this instant; null = at once.</summary>
    public DateTimeOffset? From { get; init; }
}
