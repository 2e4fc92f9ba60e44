// What would leave about one client, before it is on record.
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Searching;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;

namespace Sisote.Gateway.Release;

/// <summary>A minimised resource.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Place">Its handle, and by what it is sorted.</param>
/// <param name="Start">Where it stands in the draft.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="Source">The resource as it came.</param>
internal readonly record struct DraftedResource(string Type, Position Place, int Start, int Length, ResourceIndex Source)
{
    internal string Handle => Place.Handle;
}

/// <summary>The minimised resources of one client with the decision they rest on.</summary>
internal sealed class ClientDraft(Decided decided, int resources) : IDisposable
{
    internal PooledBytes Output { get; } = new(Math.Clamp(resources * 1024, 2048, 1024 * 1024));

    internal List<DraftedResource> Resources { get; } = [];

    internal HashSet<DataItemId> Items { get; } = [];

    /// <summary>The handles so far: what a source names twice leaves once.</summary>
    internal HashSet<string> Handles { get; } = new(StringComparer.Ordinal);

    /// <summary>How many resources could leave but are not asked for.</summary>
    internal int Unasked { get; set; }

    /// <summary>The selectors of which the resources hold something, one bit each.</summary>
    internal ulong Held { get; set; }

    /// <summary>The decision, with what the labels of documents changed in it.</summary>
    internal Decided Decided { get; set; } = decided;

    public void Dispose() => Output.Dispose();
}

/// <summary>Minimises a client's resources by what was decided.</summary>
internal sealed class Drafting(ItemMasks masks, Decider decider, ILogger<Drafting> log)
{
    /// <summary>Drafts what may leave of these resources and is asked for, in the order that was asked for.</summary>
    internal ClientDraft Draft(ReadExchange exchange, Judged judged, IReadOnlyList<ResourceIndex> resources)
    {
        var draft = new ClientDraft(judged.Decided, resources.Count);
        var permitted = masks.For(exchange.Shape, judged.Permitted, judged.Masked);
        var minimiser = new Minimiser(draft.Output, new ReadRelinker(exchange.Handles.ForClient(judged.Known.Client)), masks.Labels);
        foreach (var resource in resources)
        {
            AddResource(draft, exchange, judged, resource, permitted, minimiser);
        }

        draft.Resources.Sort((one, other) => exchange.Question.Compare(one.Place, other.Place));
        draft.Items.UnionWith(PermittedMasks.ItemsOf(exchange.Shape, draft.Held));
        return draft;
    }

    private void AddResource(ClientDraft draft, ReadExchange exchange, Judged judged, ResourceIndex resource, PermittedMasks permitted, Minimiser minimiser)
    {
        if (resource.HasLabels)
        {
            var here = DecideWithLabels(draft, judged, resource);
            permitted = masks.For(exchange.Shape, here.Permitted, here.Masked);
        }

        if (permitted.Find(resource) is not { } mask)
        {
            return;
        }

        var (type, source) = (exchange.Shape.Name, exchange.Call.Asker.Other.Id);
        if (resource.Id is not { } id || exchange.Handles.ForResource(source, type, judged.Known.Client, id) is not { } handle)
        {
            Log.ResourceWithheld(log, type, source.Value, "id");
            return;
        }

        var start = draft.Output.Length;
        if (!minimiser.TryWriteRelease(resource, handle, mask))
        {
            Log.ResourceWithheld(log, type, source.Value, "mandatory-element");
            return;
        }

        if (!exchange.Question.Asks(draft.Output.Written[start..], out var keys))
        {
            draft.Output.CutTo(start);
            draft.Unasked++;
            return;
        }

        if (!draft.Handles.Add(handle))
        {
            draft.Output.CutTo(start);
            return;
        }

        draft.Resources.Add(new DraftedResource(type, new Position(keys, handle), start, draft.Output.Length - start, resource));
        draft.Held |= permitted.HeldBy(resource);
    }

    /// <summary>A label on the resource can close or mask what the client's state left open; it never opens.</summary>
    private Judged DecideWithLabels(ClientDraft draft, Judged judged, ResourceIndex resource)
    {
        var (whole, document) = decider.DecideOnDocument(draft.Decided, resource.Labels);
        draft.Decided = whole;
        return judged with
        {
            Decided = judged.Decided with { Decision = document },
            Permitted = document.Permits.Select(static permit => permit.Item).Intersect(judged.Permitted).ToHashSet(),
        };
    }
}
