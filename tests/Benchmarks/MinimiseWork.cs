// One message through the minimiser, from the bytes that came to the bytes that go.
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Release;
using Sisote.Policy.Catalogues;
using Sisote.Tests.Gateway.Minimising.Plain;

namespace Sisote.Tests.Benchmarks;

/// <summary>The whole work: check the text, find the resources, read their facts, match the items, choose the mask, write. The reader-based one does the same.</summary>
internal sealed class MinimiseWork : IDisposable
{
    private const string Handle = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly LegalCatalogue catalogue = ((CatalogueReading.Loaded)CatalogueReader.ReadEmbedded()).Catalogue;
    private readonly PooledBytes output = new(1 << 20);
    private readonly SoundJson json = new();
    private readonly ResourceIndex index = new();
    private readonly List<int> found = [];
    private readonly ItemMasks masks;
    private readonly TypeShape shape;
    private readonly PermittedMasks permitted;
    private readonly Minimiser minimiser;
    private readonly HashSet<Policy.Ids.DataItemId> items;
    private readonly JsonGuide resources;
    private readonly JsonGuide searchsets;

    internal MinimiseWork(string type)
    {
        masks = new ItemMasks(catalogue);
        shape = masks.ShapeOf(type)!;
        (resources, searchsets) = (masks.GuideFor(shape, isSearchset: false), masks.GuideFor(shape, isSearchset: true));
        items = [.. masks.ItemsOf(type)];
        permitted = masks.For(shape, items, []);
        minimiser = new Minimiser(output, new ReadRelinker(Handle), masks.Labels);
    }

    internal int Fast(ReadOnlyMemory<byte> message, bool isSearchset)
    {
        output.CutTo(0);
        found.Clear();
        if (!json.TryRead(message, isSearchset ? searchsets : resources))
        {
            return -1;
        }

        if (!isSearchset || !SearchsetReader.TryRead(json, shape, found))
        {
            found.Add(0);
        }

        foreach (var row in found)
        {
            index.Read(json, row, shape);
            if (permitted.Find(index) is { } mask)
            {
                minimiser.TryWriteRelease(index, Handle, mask);
            }
        }

        return output.Length;
    }

    /// <summary>The same with the framework's reader: check, facts, match and write each go over the text again.</summary>
    internal int Plain(byte[] message, bool isSearchset)
    {
        output.CutTo(0);
        if (!PlainJson.IsSound(message))
        {
            return -1;
        }

        foreach (var resource in isSearchset ? ResourcesIn(message) : [message])
        {
            var facts = PlainIndex.Read(resource, shape);
            var matched = PlainMatching.Match(facts, shape, items, catalogue);
            if (!matched.IsEmpty)
            {
                new PlainMinimiser(output, facts.ClientReference, masks.Labels).TryWriteResource(resource.Span, shape.Name, PlainMinimiser.Identity(Handle), masks.MaskFor(shape, matched, []));
            }
        }

        return output.Length;
    }

    private ReadOnlyMemory<byte>[] ResourcesIn(byte[] message)
    {
        json.TryRead(message, searchsets);
        found.Clear();
        SearchsetReader.TryRead(json, shape, found);
        return [.. found.Select(json.Slice)];
    }

    /// <summary>The check alone.</summary>
    internal bool Check(ReadOnlyMemory<byte> message, bool isSearchset) => json.TryRead(message, isSearchset ? searchsets : resources);

    internal static int ReaderPass(ReadOnlySpan<byte> message)
    {
        var reader = new System.Text.Json.Utf8JsonReader(message, new System.Text.Json.JsonReaderOptions { MaxDepth = StrictJson.MaximumDepth });
        var tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    public void Dispose()
    {
        output.Dispose();
        json.Dispose();
    }
}
