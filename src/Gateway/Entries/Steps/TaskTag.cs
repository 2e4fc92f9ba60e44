// The version of a task as its recipient knows it.
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Requests;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Entries.Steps;

/// <summary>
/// ETags of tasks. A version is a handle like any other: made for one recipient from the source's own version, bound to the task and its client, and read back only there. So a step can
/// say from which version it starts, and the gateway keeps nothing.
/// </summary>
internal static class TaskTag
{
    private const int Longest = 128;

    /// <summary>The text of the one ETag of an If-Match header; null where there is none, more than one, or something else.</summary>
    internal static string? Read(StringValues header)
    {
        var text = header is [{ Length: <= Longest } only] ? only : string.Empty;
        text = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        return text is ['"', .. { Length: > 0 } inner, '"'] && inner.All(static c => c is > ' ' and <= '~' and not '"') ? inner : null;
    }

    /// <summary>The ETag of a task that was read; null for any other resource, and where the source gives no version.</summary>
    internal static string? Of(ReadExchange exchange, IReadOnlyList<ResourceIndex> resources) =>
        exchange is { Interaction: Interaction.Read { Type: "Task" }, Client: { } client } && resources is [{ Id: { } id } task] && VersionIn(task.Json) is { } version
            ? Write(exchange.Handles, exchange.Call.Asker.Other.Id, client.Known.Client, (id, version))
            : null;

    /// <summary>The ETag of a version.</summary>
    internal static string? Write(Handles.Handles handles, SystemId source, ClientId client, (string Task, string Version) known) =>
        handles.ForResource(source, PlaceOf(known.Task), client, known.Version) is { } handle ? $"W/\"{handle}\"" : null;

    /// <summary>The source's version that a tag stands for; null where it is none of this task's.</summary>
    internal static string? Resolve(Handles.Handles handles, SystemId source, HandleContent task, string tag) =>
        handles.ReadResource(source, PlaceOf(task.UpstreamId), tag) is { } content && content.Client == task.Client ? content.UpstreamId : null;

    /// <summary>The source's version of a resource.</summary>
    internal static string? VersionIn(ReadOnlyMemory<byte> resource)
    {
        using var document = JsonDocument.Parse(resource, new JsonDocumentOptions { MaxDepth = StrictJson.MaximumDepth });
        return document.RootElement.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("versionId", out var version) && version.ValueKind == JsonValueKind.String ? version.GetString() : null;
    }

    private static string PlaceOf(string task) => $"Task/{task}/version";
}
