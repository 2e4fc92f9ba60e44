// What would leave about one client, before it is on record.
using System.Runtime.InteropServices;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Requests;
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

    internal List<DraftedResource> Resources { get; } = new(resources);

    internal HashSet<DataItemId> Items { get; } = [];

    /// <summary>The handles so far: what a source names twice leaves once.</summary>
    internal HashSet<string> Handles { get; } = new(resources, HandleText.Comparer);

    /// <summary>How many resources could leave but are not asked for.</summary>
    internal int Unasked { get; set; }

    /// <summary>The selectors of which the resources hold something, one bit each.</summary>
    internal ulong Held { get; set; }

    /// <summary>The decision, with what the labels of documents changed in it.</summary>
    internal Decided Decided { get; set; } = decided;

    /// <summary>Brings the resources into the order of a question.</summary>
    internal void Sort(Question question) => CollectionsMarshal.AsSpan(Resources).Sort(new Order(question));

    public void Dispose() => Output.Dispose();

    private readonly struct Order(Question question) : IComparer<DraftedResource>
    {
        public int Compare(DraftedResource x, DraftedResource y) => question.Compare(x.Place, y.Place);
    }
}

/// <summary>Minimises a client's resources by what was decided.</summary>
internal sealed class Drafting(ItemMasks masks, Decider decider, ILogger<Drafting> log)
{
    /// <summary>Drafts what may leave of these resources and is asked for, in the order that was asked for.</summary>
    internal ClientDraft Draft(ReadExchange exchange, Judged judged, IReadOnlyList<ResourceIndex> resources)
    {
        var draft = new ClientDraft(judged.Decided, resources.Count);
        var permitted = FindPermitted(draft, exchange, judged, resources);
        var handles = HandlesOf(exchange, judged, permitted);
        var minimiser = new Minimiser(draft.Output, new ReadRelinker(ClientHandle(exchange, judged)), masks.Labels);
        for (var place = 0; place < handles.Length; place++)
        {
            AddResource(draft, exchange, permitted[place], handles[place], minimiser);
        }

        draft.Sort(exchange.Question);
        draft.Items.UnionWith(PermittedMasks.ItemsOf(exchange.Shape, draft.Held));
        return draft;
    }

    /// <summary>The resources of which something may leave.</summary>
    private List<PermittedResource> FindPermitted(ClientDraft draft, ReadExchange exchange, Judged judged, IReadOnlyList<ResourceIndex> resources)
    {
        var found = new List<PermittedResource>(resources.Count);
        var unlabelled = masks.For(exchange.Shape, judged.Permitted, judged.Masked);
        foreach (var resource in resources)
        {
            var permitted = unlabelled;
            if (resource.HasLabels)
            {
                var here = DecideWithLabels(draft, judged, resource);
                permitted = masks.For(exchange.Shape, here.Permitted, here.Masked);
            }

            if (permitted.Find(resource, out var held) is { } mask)
            {
                found.Add(new PermittedResource(resource, resource.Id, mask, held));
            }
        }

        return found;
    }

    private void AddResource(ClientDraft draft, ReadExchange exchange, PermittedResource permitted, string? handle, Minimiser minimiser)
    {
        var (type, source) = (exchange.Shape.Name, exchange.Call.Asker.Other.Id);
        if (handle is null)
        {
            Log.ResourceWithheld(log, type, source.Value, "id");
            return;
        }

        var start = draft.Output.Length;
        if (!minimiser.TryWriteRelease(permitted.Resource, handle, permitted.Mask))
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

        draft.Resources.Add(new DraftedResource(type, new Position(keys, handle), start, draft.Output.Length - start, permitted.Resource));
        draft.Held |= permitted.Held;
    }

    /// <summary>What was named by its handle keeps it: there is only one handle for one thing.</summary>
    private static string?[] HandlesOf(ReadExchange exchange, Judged judged, List<PermittedResource> permitted) => (exchange.Interaction, permitted) switch
    {
        (Interaction.Read { Type: "Patient", Handle: var asked }, [{ Id: not null }]) => [asked],
        (Interaction.Read { Handle: var asked }, [{ Id: { } id }]) when id == exchange.UpstreamId => [asked],
        _ => exchange.Handles.ForResources(exchange.Call.Asker.Other.Id, exchange.Shape.Name, judged.Known.Client, permitted.ConvertAll(static one => one.Id)),
    };

    private static string ClientHandle(ReadExchange exchange, Judged judged) => exchange.Interaction switch
    {
        Interaction.Read { Type: "Patient", Handle: var asked } => asked,
        Interaction.Search { PatientHandle: { } asked } => asked,
        _ => exchange.Handles.ForClient(judged.Known.Client),
    };

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

    /// <summary>A resource of which something may leave, with its mask and the selectors of which it holds something.</summary>
    private readonly record struct PermittedResource(ResourceIndex Resource, string? Id, MaskNode Mask, ulong Held);
}
