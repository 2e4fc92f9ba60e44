// An entry that may be sent by the law, ready for the decision on its client.
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Entries;

/// <summary>An inspected entry: its direction, its resources with the items they carry.</summary>
internal sealed record EntryDraft(Direction Direction, Sight Sight, ImmutableArray<EntryResource> Resources)
{
    /// <summary>Labels of the whole entry: it is one delivery, so a label on one resource closes or masks in all of them.</summary>
    internal IEnumerable<string> Labels => Resources.SelectMany(static resource => resource.Index.Labels).Distinct();
}

/// <summary>Holds an entry against the law alone: every element must belong to an item that some rule carries between these parties. What is said here does not depend on any client.</summary>
internal sealed class EntryDrafting(ItemMasks masks)
{
    /// <summary>The draft, or the refusal that names the first element which no item covers.</summary>
    internal (EntryDraft? Draft, Refusal? Refusal) Draft(IReadOnlyList<EntryResource> resources, IReadOnlyList<(Direction Direction, Sight Sight)> sights, Func<FoundReference, bool> canLink)
    {
        Refusal? first = null;
        foreach (var (direction, sight) in sights.Where(static sight => sight.Sight.Items.Count > 0))
        {
            var (matched, refusal) = Match(resources, sight, canLink);
            if (refusal is null)
            {
                return (new EntryDraft(direction, sight, matched), null);
            }

            first ??= refusal;
        }

        return (null, first ?? Refusal.NotConnected);
    }

    /// <summary>The refusal that names the first element which cannot stand in an entry about this client, a reference to another client's resource; null = none.</summary>
    internal Refusal? FindForeign(EntryDraft draft, Func<FoundReference, bool> canLink) =>
        draft.Resources.Select(resource => new EntryInspector(masks.Labels, canLink).FindForbidden(resource, MaskOf(resource, []))).FirstOrDefault(static path => path is not null) is { } found
            ? Refusal.ElementNotPermitted(found)
            : null;

    /// <summary>Whether a resource holds something that is masked for this client.</summary>
    internal bool HoldsMasked(EntryResource resource, IReadOnlyCollection<string> masked, Func<FoundReference, bool> canLink) =>
        masked.Count > 0 && new EntryInspector(masks.Labels, canLink).FindForbidden(resource, MaskOf(resource, masked)) is not null;

    /// <summary>Writes the resources anew, as the target gets them; null where one lacks what FHIR R4 demands of it.</summary>
    internal List<byte[]>? Rewrite(EntryDraft draft, Relinker links, string identifier)
    {
        var written = new List<byte[]>();
        foreach (var resource in draft.Resources)
        {
            using var output = new PooledBytes();
            var address = resource.Shape.SubjectElement is null
                ? Encoding.UTF8.GetBytes($",\"identifier\":[{JsonSerializer.Serialize(new { system = Hetu.System, value = identifier })}]")
                : [];
            if (!new Minimiser(output, links, masks.Labels).TryWriteEntry(resource.Index, address, MaskOf(resource, [])))
            {
                return null;
            }

            written.Add(output.Written.ToArray());
        }

        return written;
    }

    private (ImmutableArray<EntryResource>, Refusal?) Match(IReadOnlyList<EntryResource> resources, Sight sight, Func<FoundReference, bool> canLink)
    {
        var matched = ImmutableArray.CreateBuilder<EntryResource>(resources.Count);
        var inspector = new EntryInspector(masks.Labels, canLink);
        foreach (var resource in resources)
        {
            var carries = resource with { Matched = Carried(resource, sight) };
            if (carries.Matched.IsEmpty)
            {
                return ([], Refusal.ElementNotPermitted(resource.Path));
            }

            if (inspector.FindForbidden(carries, MaskOf(carries, [])) is { } path)
            {
                return ([], Refusal.ElementNotPermitted(path));
            }

            if (EntryInspector.FindMissing(carries, MaskOf(carries, [])) is { } missing)
            {
                return ([], Refusal.Incomplete with { Expression = missing });
            }

            matched.Add(carries);
        }

        return (matched.ToImmutable(), null);
    }

    /// <summary>The items whose elements the resource really holds: a Patient without an address carries no contact data.</summary>
    private ImmutableArray<ItemSelector> Carried(EntryResource resource, Sight sight)
    {
        var all = ItemMasks.Match(resource.Index, sight.Items);
        var needed = all;
        foreach (var candidate in all)
        {
            var others = needed.Remove(candidate);
            if (!others.IsEmpty && ElementsOf(resource).All(element => others.Any(pair => Covers(pair, element)) || !Covers(candidate, element)))
            {
                needed = others;
            }
        }

        return needed;
    }

    private static IEnumerable<string> ElementsOf(EntryResource resource) => resource.Index.Elements.Where(static name => name is not "resourceType" and not "identifier");

    private static bool Covers(ItemSelector pair, string element) =>
        pair.Selector.Elements.Any(path => path == element || path.StartsWith(element + ".", StringComparison.Ordinal));

    private MaskNode MaskOf(EntryResource resource, IEnumerable<string> masked) =>
        masks.MaskFor(resource.Shape, resource.Matched, resource.Shape.SubjectElement is null ? masked.Append($"{resource.Shape.Name}.identifier") : masked);
}
