// How a link stands, for its sender.
namespace Sisote.Portal.Links;

/// <summary>Where a link stands.</summary>
internal enum LinkState
{
    /// <summary>It can be opened.</summary>
    Open,

    /// <summary>Its time is over.</summary>
    Ended,

    /// <summary>The sender took it back.</summary>
    Revoked,

    /// <summary>It was opened as often as it may be.</summary>
    UsedUp,

    /// <summary>Too many wrong codes.</summary>
    Locked,
}

/// <summary>A link with what became of it.</summary>
/// <param name="Id">Its id, the same as in the log; no part of its address.</param>
/// <param name="Owner">The subject of its sender.</param>
/// <param name="Link">What was made.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Opened">When it showed something, oldest first.</param>
internal sealed record KeptLink(string Id, string Owner, HandOverLink Link, LinkState State, IReadOnlyList<DateTimeOffset> Opened);

/// <summary>What the sender is shown once.</summary>
/// <param name="Token">What the address carries.</param>
/// <param name="Code">What is told another way.</param>
internal sealed record MadeLink(string Token, string Code);
