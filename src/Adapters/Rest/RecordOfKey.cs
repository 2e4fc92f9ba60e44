// A record that stands under an entry's key already.
using System.Text.Json.Nodes;
using Sisote.Adapters.Mapping;

namespace Sisote.Adapters.Rest;

/// <summary>Tells whether a record that was found under an entry's key is the one that was to be written: it says the same of the same client, read through the mapping.</summary>
/// <remarks>INVARIANT: what is not certainly the same is not told as delivered. What the mapping does not know of the record is the product's own and says nothing here.</remarks>
internal static class RecordOfKey
{
    /// <summary>Whether it is the same.</summary>
    public static bool IsSame(MappingFile mapping, RecordKind kind, JsonObject written, JsonObject there, DateOnly today)
    {
        var (sent, found) = (RecordToFhir.ReadBack(mapping, kind, written, today), RecordToFhir.ReadBack(mapping, kind, there, today));
        return sent.Faults.IsEmpty && found.Faults.IsEmpty && IsOfSameClient(kind, written, there) && !IsOfAnotherSender(kind, written, there) && IsSame([.. sent.Resources], [.. found.Resources]);
    }

    /// <summary>Whether the answer to an entry says that it is about another key or another client; one that does not say is about the entry.</summary>
    public static bool IsOfAnother(RecordKind kind, JsonObject written, JsonNode answer) => answer is JsonObject said
        && ((kind.Create!.KeyField is { } key && Differ(FhirJson.Text(NativePath.Follow(said, key)), FhirJson.Text(NativePath.Follow(written, key))))
            || Differ(NativePath.ClientCode(kind, said)?.Reveal(), NativePath.ClientCode(kind, written)?.Reveal())
            || Differ(NativePath.ClientNumber(kind, said), NativePath.ClientNumber(kind, written)));

    private static bool Differ(string? said, string? written) => said is not null && written is not null && said != written;

    private static bool IsOfSameClient(RecordKind kind, JsonObject written, JsonObject there) =>
        NativePath.ClientCode(kind, written) == NativePath.ClientCode(kind, there) && NativePath.ClientNumber(kind, written) == NativePath.ClientNumber(kind, there);

    /// <summary>Whether it names another sender, or another constant that only writing sets; a product may keep these to itself.</summary>
    private static bool IsOfAnotherSender(RecordKind kind, JsonObject written, JsonObject there) =>
        kind.Create!.Constants.Select(static pair => pair.Path).Concat(kind.Create.Sender.Select(static pair => pair.Path))
            .Any(path => NativePath.Follow(there, path) is { } said && FhirJson.Text(said) != FhirJson.Text(NativePath.Follow(written, path)));

    private static bool IsSame(List<JsonObject> sent, List<JsonObject> found)
    {
        var difference = new FhirDifference();
        return sent.Count == found.Count
            && sent.TrueForAll(one => found.Find(other => FhirJson.Text(other["resourceType"]) == FhirJson.Text(one["resourceType"]) && !difference.Find(one, other).Any()) is { } same && found.Remove(same));
    }
}
