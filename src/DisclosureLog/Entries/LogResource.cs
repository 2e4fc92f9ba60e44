// A resource that left, as its recipient knows it.
namespace Sisote.DisclosureLog.Entries;

/// <summary>A resource that left, as its recipient knows it.</summary>
public sealed record LogResource
{
    /// <summary>FHIR resource type.</summary>
    public required string Type { get; init; }

    /// <summary>The recipient's handle, or the handle the target gave.</summary>
    public required string Handle { get; init; }
}
