// A resource that left, as its recipient knows it.
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Entries;

/// <summary>A resource that left, as its recipient knows it.</summary>
public sealed record LogResource
{
    /// <summary>FHIR resource type.</summary>
    public required string Type { get; init; }

    /// <summary>The recipient's handle, or the handle the target gave.</summary>
    public required string Handle { get; init; }

    /// <summary>HMAC-SHA-256 of the bytes that left, under a key of the client that only the consent service makes: a document can be matched with the record, the record tells nothing of the document.</summary>
    public Digest? Content { get; init; }
}
