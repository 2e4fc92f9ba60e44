// What would leave about one client, before it is on record.
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;

namespace Sisote.Gateway.Release;

/// <summary>A minimised resource.</summary>
internal readonly record struct DraftedResource(string Type, string Handle, int Start, int Length);

/// <summary>The minimised resources of one client with the decision they rest on.</summary>
internal sealed class ClientDraft(Decided decided) : IDisposable
{
    internal PooledBytes Output { get; } = new();

    internal List<DraftedResource> Resources { get; } = [];

    internal HashSet<DataItemId> Items { get; } = [];

    /// <summary>The decision, with what the labels of documents changed in it.</summary>
    internal Decided Decided { get; set; } = decided;

    public void Dispose() => Output.Dispose();
}

/// <summary>Minimises a client's resources by what was decided.</summary>
internal sealed class Drafting(ItemMasks masks, Decider decider, ILogger<Drafting> log)
{
    /// <summary>Drafts what may leave of these resources, never more than the caller has room for.</summary>
    internal ClientDraft Draft(ReadExchange exchange, Judged judged, IReadOnlyList<ResourceIndex> resources, int room)
    {
        var draft = new ClientDraft(judged.Decided);
        foreach (var resource in resources.TakeWhile(_ => draft.Resources.Count < room))
        {
            AddResource(draft, exchange, judged, resource);
        }

        return draft;
    }

    private void AddResource(ClientDraft draft, ReadExchange exchange, Judged judged, ResourceIndex resource)
    {
        var here = resource.Labels.Count == 0 ? judged : DecideWithLabels(draft, judged, resource);
        var matched = masks.Match(resource, exchange.Shape, here.Permitted);
        if (matched.IsEmpty)
        {
            return;
        }

        var (type, source) = (exchange.Shape.Name, exchange.Call.Asker.Other.Id);
        if (resource.Id is not { } id || exchange.Handles.ForResource(source, type, judged.Known.Client, id) is not { } handle)
        {
            Log.ResourceWithheld(log, type, source.Value, "id");
            return;
        }

        var mask = masks.MaskFor(exchange.Shape, matched, here.Masked);
        var links = new ReadRelinker(exchange.Handles.ForClient(judged.Known.Client), resource.ClientReference);
        var start = draft.Output.Length;
        if (!new Minimiser(draft.Output, links, masks.Labels).TryWriteResource(resource.Json.Span, type, Minimiser.Identity(handle), mask))
        {
            Log.ResourceWithheld(log, type, source.Value, "mandatory-element");
            return;
        }

        draft.Resources.Add(new DraftedResource(type, handle, start, draft.Output.Length - start));
        draft.Items.UnionWith(matched.Where(pair => pair.Selector.Elements.Any(element => resource.Elements.Contains(element.Split('.')[0]))).Select(static pair => pair.Item));
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
