// Writes the answer to a search.
using System.Text;
using System.Text.Json;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Searching;

namespace Sisote.Gateway.Release;

/// <summary>Writes a searchset Bundle of our own: a self link in the caller's words, entries under their handles, no total (a count is a disclosure).</summary>
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
        var (any, type, start) = (false, string.Empty, Array.Empty<byte>());
        foreach (var (draft, resource) in InOrder(question, releases))
        {
            output.Add(any ? ","u8 : ",\"entry\":["u8);
            any = true;
            if (resource.Type != type)
            {
                (type, start) = (resource.Type, JsonSerializer.SerializeToUtf8Bytes($"{baseAddress}{resource.Type}/", UnescapedJson.Options));
            }

            output.Add("{\"fullUrl\":"u8);
            output.Add(start.AsSpan(..^1)); // the handle stands before the closing quote; none of its characters is escaped
            Encoding.ASCII.GetBytes(resource.Handle, output.Room(resource.Handle.Length).Span);
            output.Advance(resource.Handle.Length);
            output.Add("\",\"resource\":"u8);
            output.Add(draft.Output.Written.Span.Slice(resource.Start, resource.Length));
            output.Add(",\"search\":{\"mode\":\"match\"}}"u8);
        }

        output.Add(any ? "]}"u8 : "}"u8);
    }

    /// <summary>The resources of one client are in order already.</summary>
    private static IEnumerable<(ClientDraft Draft, DraftedResource Resource)> InOrder(Question question, IReadOnlyList<ClientRelease.Recorded> releases)
    {
        var all = releases.SelectMany(static release => release.Draft.Resources.Select(resource => (release.Draft, Resource: resource)));
        return releases.Count < 2 ? all : all.Order(Comparer<(ClientDraft Draft, DraftedResource Resource)>.Create((one, other) => question.Compare(one.Resource.Place, other.Resource.Place)));
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
