// Chooses what stands on one page of an answer.
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Searching;

namespace Sisote.Gateway.Release;

/// <summary>Resources of one client that may stand on a page.</summary>
/// <param name="Client">The client, with what was decided.</param>
/// <param name="Resources">The resources.</param>
internal sealed record ClientPart(Judged Client, IReadOnlyList<ResourceIndex> Resources);

/// <summary>One page, before anything of it is on record.</summary>
/// <param name="Parts">What stands on it, client by client.</param>
/// <param name="Next">Its last place, where more follows.</param>
internal sealed record ChosenPage(IReadOnlyList<ClientPart> Parts, Position? Next);

/// <summary>
/// Cuts answers into pages after minimising: a page is full of what may leave, and no gap tells of what stays. It looks ahead no further than the one answer of the source, whose size has a limit.
/// </summary>
internal sealed class Paging(Drafting drafting)
{
    /// <summary>The page that was asked for. A search that fits one page whole is not looked through here.</summary>
    internal ChosenPage Choose(ReadExchange exchange, IReadOnlyList<ClientPart> parts) =>
        exchange.Terms is not { } terms || (terms.After is null && parts.Sum(static part => part.Resources.Count) <= terms.PageSize)
            ? new ChosenPage(parts, null)
            : Cut(exchange, terms, parts);

    private ChosenPage Cut(ReadExchange exchange, SearchTerms terms, IReadOnlyList<ClientPart> parts)
    {
        var found = new List<(int Part, DraftedResource Resource)>();
        for (var part = 0; part < parts.Count; part++)
        {
            using var draft = drafting.Draft(exchange, parts[part].Client, parts[part].Resources);
            found.AddRange(draft.Resources.Select(resource => (part, resource)));
        }

        found.Sort((one, other) => terms.Question.Compare(one.Resource.Place, other.Resource.Place));
        var ahead = found.Where(one => terms.After is not { Position: var last } || terms.Question.Compare(one.Resource.Place, last) > 0).Take(terms.PageSize + 1).ToArray();
        var page = ahead.Take(terms.PageSize).ToArray();
        var chosen = page.GroupBy(static one => one.Part).Select(group => parts[group.Key] with { Resources = [.. group.Select(static one => one.Resource.Source)] });
        // Of whom nothing leaves at all, it is on record once: with the first page.
        var unanswered = terms.After is null ? parts.Where((_, part) => found.TrueForAll(one => one.Part != part)) : parts.Count == 1 && page.Length == 0 ? [parts[0] with { Resources = [] }] : [];
        return new ChosenPage([.. chosen, .. unanswered], ahead.Length > page.Length ? page[^1].Resource.Place : null);
    }
}
