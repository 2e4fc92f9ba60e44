// What is given.
using System.Text.Json;

namespace Sisote.Client;

/// <summary>One FHIR R4 resource.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">This system's own handle of it.</param>
/// <param name="Resource">The resource.</param>
public sealed record Item(string Type, string Id, JsonElement Resource)
{
    /// <summary>Always <c>item:***</c>: a log line about an item says nothing of a client.</summary>
    public override string ToString() => "item:***";
}
