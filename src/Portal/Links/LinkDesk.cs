// Where links are made, found, opened and taken back.
using Sisote.Portal.Keeping;

namespace Sisote.Portal.Links;

/// <summary>
/// Keeps links in the sealed store, under their sender. A link itself is never written again: that it was taken back, that a code was tried, that it was opened are marks beside it, each of which only one
/// of several callers can set, in whatever replica. So nothing that happens at the same time undoes another thing.
/// </summary>
/// <remarks>INVARIANT: a mark is kept at least as long as the link it closes.</remarks>
internal sealed class LinkDesk(SealedStore store, TimeProvider clock, ILogger<LinkDesk> log)
{
    /// <summary>Days for which a link is good unless the sender says otherwise.</summary>
    public const int DefaultDays = 7;

    /// <summary>The longest period, in days.</summary>
    public const int MostDays = 14;

    /// <summary>Wrong codes after which a link is dead.</summary>
    public const int MostTries = 5;

    /// <summary>How often a link may be opened.</summary>
    public const int MostOpenings = 5;

    private const string Registry = "sisote:links"; // no subject of an issuer: the owner of what is found by the token alone
    private const string OwnerKind = "linkowner";
    private const string FormKind = "linkform";
    private const string RevokedKind = "linkrevoked";
    private const string TryKind = "linktry";
    private const string OpeningKind = "linkopening";
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7); // so long a sender sees what became of a link that is over

    /// <summary>Makes a link; null where this form already made one.</summary>
    /// <param name="owner">The sender.</param>
    /// <param name="form">A fresh id of the form that was sent, so that sending it twice makes one link.</param>
    /// <param name="link">What is handed over.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<MadeLink?> MakeAsync(string owner, string form, HandOverLink link, CancellationToken cancellation)
    {
        var lifetime = link.Until - link.MadeAt + Remembered;
        if (!await store.TryAddAsync(owner, FormKind, form, new Mark(link.MadeAt), cancellation, lifetime))
        {
            return null;
        }

        var made = new MadeLink(LinkSecrets.NewToken(), LinkSecrets.NewCode());
        var id = LinkSecrets.IdOf(made.Token);
        await store.PutAsync(owner, HandOverLink.Kind, id, link with { CodeMac = LinkSecrets.MacOf(made.Token, made.Code) }, cancellation, lifetime);
        await store.PutAsync(Registry, OwnerKind, id, new LinkOwner(owner), cancellation, lifetime);
        Log.LinkMade(log, link.System.Value, link.Provider.Value);
        return made;
    }

    /// <summary>The links of a sender, the newest first.</summary>
    public async Task<IReadOnlyList<KeptLink>> ListAsync(string owner, CancellationToken cancellation)
    {
        var links = new List<KeptLink>();
        foreach (var (id, link) in await store.ListAsync<HandOverLink>(owner, HandOverLink.Kind, cancellation))
        {
            links.Add(await StandingAsync(owner, id, link, cancellation));
        }

        return [.. links.OrderByDescending(static link => link.Link.MadeAt)];
    }

    /// <summary>Takes a link back; false where the person has no such link.</summary>
    public async Task<bool> RevokeAsync(string owner, string id, CancellationToken cancellation)
    {
        if (await store.GetAsync<HandOverLink>(owner, HandOverLink.Kind, id, cancellation) is not { } link)
        {
            return false;
        }

        await store.TryAddAsync(owner, RevokedKind, id, new Mark(clock.GetUtcNow()), cancellation, LifetimeOf(link));
        Log.LinkRevoked(log);
        return true;
    }

    /// <summary>The link of a token, if it can be opened now.</summary>
    public async Task<KeptLink?> FindAsync(string? token, CancellationToken cancellation)
    {
        if (!LinkSecrets.IsToken(token))
        {
            return null;
        }

        var id = LinkSecrets.IdOf(token!);
        return await store.GetAsync<LinkOwner>(Registry, OwnerKind, id, cancellation) is { Subject: var owner }
            && await store.GetAsync<HandOverLink>(owner, HandOverLink.Kind, id, cancellation) is { } link
            && await StandingAsync(owner, id, link, cancellation) is { State: LinkState.Open } kept
                ? kept
                : null;
    }

    /// <summary>Whether a code is the link's. A wrong one leaves a mark for good; one guess takes its mark before it is compared, so that no number of guesses at once is more than is allowed.</summary>
    public async Task<bool> IsRightAsync(KeptLink? kept, string? token, string code, CancellationToken cancellation)
    {
        var given = LinkSecrets.MacOf(token ?? string.Empty, code);
        if (kept is null)
        {
            return LinkSecrets.AreSame(given, new string('0', given.Length)); // no link: the comparison is made all the same
        }

        if (await TakeAsync(kept, TryKind, MostTries, cancellation) is not { } mark || !LinkSecrets.AreSame(given, kept.Link.CodeMac))
        {
            return false;
        }

        store.Remove(kept.Owner, mark, kept.Id);
        return true;
    }

    /// <summary>Begins an opening; null where there were enough of them.</summary>
    public Task<string?> BeginOpeningAsync(KeptLink kept, CancellationToken cancellation) => TakeAsync(kept, OpeningKind, MostOpenings, cancellation);

    /// <summary>Writes down that an opening showed something.</summary>
    public Task ShownAsync(KeptLink kept, string opening, CancellationToken cancellation) =>
        store.PutAsync(kept.Owner, opening, kept.Id, new Mark(clock.GetUtcNow(), Shown: true), cancellation, LifetimeOf(kept.Link));

    /// <summary>Whether the sender took the link back, or its time ran out, since it was found.</summary>
    public bool IsOver(KeptLink kept) => store.Has(kept.Owner, RevokedKind, kept.Id) || kept.Link.Until <= clock.GetUtcNow();

    /// <summary>Takes an opening back that came to nothing by a fault of ours.</summary>
    public void Undo(KeptLink kept, string opening) => store.Remove(kept.Owner, opening, kept.Id);

    private static TimeSpan LifetimeOf(HandOverLink link) => link.Until - link.MadeAt + Remembered; // from now: later than the link's own

    private async Task<string?> TakeAsync(KeptLink kept, string kind, int most, CancellationToken cancellation)
    {
        foreach (var mark in Marks(kind, most))
        {
            if (await store.TryAddAsync(kept.Owner, mark, kept.Id, new Mark(clock.GetUtcNow()), cancellation, LifetimeOf(kept.Link)))
            {
                return mark;
            }
        }

        return null;
    }

    private async Task<KeptLink> StandingAsync(string owner, string id, HandOverLink link, CancellationToken cancellation)
    {
        var opened = new List<DateTimeOffset>();
        foreach (var mark in Marks(OpeningKind, MostOpenings))
        {
            if (await store.GetAsync<Mark>(owner, mark, id, cancellation) is { Shown: true, At: var at })
            {
                opened.Add(at);
            }
        }

        bool HasAll(string kind, int most) => Marks(kind, most).All(mark => store.Has(owner, mark, id));
        var state = store.Has(owner, RevokedKind, id) ? LinkState.Revoked
            : link.Until <= clock.GetUtcNow() ? LinkState.Ended
            : HasAll(TryKind, MostTries) ? LinkState.Locked
            : HasAll(OpeningKind, MostOpenings) ? LinkState.UsedUp
            : LinkState.Open;
        return new KeptLink(id, owner, link, state, [.. opened.Order()]);
    }

    private static IEnumerable<string> Marks(string kind, int most) => Enumerable.Range(1, most).Select(number => $"{kind}{number}");

    private sealed record LinkOwner(string Subject);

    private sealed record Mark(DateTimeOffset At, bool Shown = false);
}
