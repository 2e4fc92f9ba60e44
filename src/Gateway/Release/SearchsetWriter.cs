// Writes the answer to a search.
using System.Text.Json;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Searching;

namespace Sisote.Gateway.Release;

/// <summary>Writes a searchset Bundle of our own: a self link in the caller's words, entries under their handles, no total (a count is a disclosure). Receipts of more than one client stand in it: a header for each is more than clients take.</summary>
internal static class SearchsetWriter
{
    /// <summary>Writes the Bundle with everything that was recorded, in the order of the question.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="links">Addresses of this page and, where more follows, of the next.</param>
    /// <param name="baseAddress">Address of the source at this gateway, ending with a slash.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="releases">What may leave.</param>
    internal static void Write(PooledBytes output, (string Self, string? Next) links, string baseAddress, Question question, IReadOnlyList<ClientRelease.Recorded> releases)
    {
        output.Add("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[{\"relation\":\"self\",\"url\":"u8);
        output.Add(JsonSerializer.SerializeToUtf8Bytes(links.Self, UnescapedJson.Options));
        if (links.Next is { } next)
        {
            output.Add("},{\"relation\":\"next\",\"url\":"u8);
            output.Add(JsonSerializer.SerializeToUtf8Bytes(next, UnescapedJson.Options));
        }

        output.Add("}]"u8);
        var entries = InOrder(question, releases);
        var (type, start) = (string.Empty, Array.Empty<byte>());
        for (var place = 0; place < entries.Count; place++)
        {
            var (draft, resource) = entries[place];
            if (resource.Type != type)
            {
                (type, start) = (resource.Type, JsonSerializer.SerializeToUtf8Bytes($"{baseAddress}{resource.Type}/", UnescapedJson.Options));
            }

            output.Add(place > 0 ? ",{\"fullUrl\":"u8 : ",\"entry\":[{\"fullUrl\":"u8);
            output.Add(start.AsSpan(..^1)); // the handle stands before the closing quote; none of its characters is escaped
            output.AddAscii(resource.Handle);
            output.Add("\",\"resource\":"u8);
            output.Add(draft.Output.Written.Span.Slice(resource.Start, resource.Length));
            output.Add(",\"search\":{\"mode\":\"match\"}}"u8);
        }

        var receipts = ReceiptsOf(releases);
        if (receipts.Length > 1)
        {
            output.Add(entries.Count > 0 ? ",{\"resource\":"u8 : ",\"entry\":[{\"resource\":"u8);
            output.Add(JsonSerializer.SerializeToUtf8Bytes(OutcomeWriter.OfReceipts(receipts)));
            output.Add(",\"search\":{\"mode\":\"outcome\"}}"u8);
        }

        output.Add(entries.Count > 0 || receipts.Length > 1 ? "]}"u8 : "}"u8);
    }

    /// <summary>The receipts of the clients about whom something leaves.</summary>
    internal static string[] ReceiptsOf(IReadOnlyList<ClientRelease.Recorded> releases) => [.. releases.Select(static release => release.Receipt).OfType<string>()];

    /// <summary>The resources of one client are in order already.</summary>
    private static List<(ClientDraft Draft, DraftedResource Resource)> InOrder(Question question, IReadOnlyList<ClientRelease.Recorded> releases)
    {
        var all = new List<(ClientDraft Draft, DraftedResource Resource)>(releases.Sum(static release => release.Draft.Resources.Count));
        foreach (var release in releases)
        {
            all.AddRange(release.Draft.Resources.ConvertAll(resource => (release.Draft, resource)));
        }

        if (releases.Count > 1)
        {
            all.Sort((one, other) => question.Compare(one.Resource.Place, other.Resource.Place));
        }

        return all;
    }

    /// <summary>Writes the one resource of a read; false where there is none.</summary>
    internal static bool TryWriteOnly(PooledBytes output, IReadOnlyList<ClientRelease.Recorded> releases)
    {
        if (releases is not [{ Draft: { Resources: [var only] } draft }])
        {
            return false;
        }

        output.Add(draft.Output.Written.Span.Slice(only.Start, only.Length));
        return true;
    }
}
