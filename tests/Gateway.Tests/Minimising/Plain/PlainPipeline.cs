// The whole of minimising, once as the gateway does it and once plainly.
using System.Text;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Gateway.Minimising.Plain;

/// <summary>Takes one resource from bytes to bytes. The answer is what leaves, or why nothing does.</summary>
internal sealed class PlainPipeline(LegalCatalogue catalogue, ItemMasks masks)
{
    internal const string Refused = "refused";
    internal const string Stays = "stays";

    /// <summary>As the gateway does it.</summary>
    internal string Minimise(ReadOnlyMemory<byte> text, TypeShape shape, IReadOnlySet<DataItemId> items, IEnumerable<string> hidden)
    {
        using var json = new SoundJson();
        if (!json.TryRead(text, masks.GuideFor(shape, isSearchset: false)) || !json.IsObject(0))
        {
            return Refused;
        }

        var index = ResourceIndex.Of(json, 0, shape);
        using var output = new PooledBytes();
        return masks.For(shape, items, hidden).Find(index) is { } mask
            && new Minimiser(output, new Sisote.Gateway.Release.ReadRelinker("handle"), masks.Labels).TryWriteRelease(index, "id-1", mask)
            ? $"{Facts(index.Type, index.Id, index.ClientIdentifier, index.ClientReference, index.Labels)} {Encoding.UTF8.GetString(output.Written.Span)}"
            : Stays;
    }

    /// <summary>The same from the framework's reader, member by member; of the text without what nobody could ask for.</summary>
    internal string MinimisePlainly(byte[] text, TypeShape shape, IReadOnlySet<DataItemId> items, IEnumerable<string> hidden)
    {
        if (!PlainText.IsSoundAsAWhole(text) || PlainText.WithoutUnread(text, masks.GuideFor(shape, isSearchset: false)) is not { } read || !PlainJson.IsSound(read) || FirstOf(read) != '{')
        {
            return Refused;
        }

        var index = PlainIndex.Read(read, shape);
        var matched = PlainMatching.Match(index, shape, items, catalogue);
        using var output = new PooledBytes();
        return !matched.IsEmpty
            && new PlainMinimiser(output, index.ClientReference, masks.Labels).TryWriteResource(read, shape.Name, PlainMinimiser.Identity("id-1"), masks.MaskFor(shape, matched, hidden))
            ? $"{Facts(index.Type, index.Id, index.ClientIdentifier, index.ClientReference, index.Labels)} {Encoding.UTF8.GetString(output.Written.Span)}"
            : Stays;
    }

    private static string Facts(string? type, string? id, string? client, string? reference, IEnumerable<string> labels) => $"{type}|{id}|{client}|{reference}|{string.Join(',', labels)}";

    private static char FirstOf(ReadOnlySpan<byte> text) => (char)text.TrimStart(" \t\r\n"u8)[0];
}
