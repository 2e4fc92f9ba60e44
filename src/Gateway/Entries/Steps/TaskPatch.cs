// Reads a step: a JSON Patch that may touch three elements of a task.
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Entries.Steps;

/// <summary>A step as the caller wrote it.</summary>
/// <param name="Status">Where it leads.</param>
/// <param name="Task">What the task is to say of it: the elements that change and those that FHIR R4 demands.</param>
internal sealed record AskedStep(TaskStatus Status, byte[] Task);

/// <summary>
/// Reads RFC 6902 patches of <c>add</c> and <c>replace</c>. Only <c>status</c>, <c>statusReason</c> and <c>output</c> may be named, each once; what else a patch names refuses it by path. A step
/// says all of it anew: a reason that it does not give is gone.
/// </summary>
internal static class TaskPatch
{
    private const int MostOperations = 3;

    /// <summary>The step, or why there is none.</summary>
    internal static (AskedStep? Step, Refusal? Refusal) Read(ReadOnlyMemory<byte> patch)
    {
        using var document = JsonDocument.Parse(patch, new JsonDocumentOptions { MaxDepth = StrictJson.MaximumDepth });
        if (document.RootElement is not { ValueKind: JsonValueKind.Array } operations || operations.GetArrayLength() == 0)
        {
            return (null, Refusal.Malformed);
        }

        var changed = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var operation in operations.EnumerateArray())
        {
            if (ReadOperation(operation) is not var (path, value))
            {
                return (null, Refusal.Malformed);
            }

            if (ElementOf(path) is not { } element)
            {
                return (null, Refusal.ElementNotPermitted(FhirPathOf(path)));
            }

            if (!changed.TryAdd(element, value) || changed.Count > MostOperations)
            {
                return (null, Refusal.Malformed);
            }
        }

        return Make(changed);
    }

    private static (string Path, JsonElement Value)? ReadOperation(JsonElement operation) =>
        operation.ValueKind == JsonValueKind.Object && operation.EnumerateObject().All(static member => member.Name is "op" or "path" or "value")
        && TextOf(operation, "op") is "add" or "replace" && TextOf(operation, "path") is ['/', ..] and { Length: <= 200 } path && operation.TryGetProperty("value", out var value)
            ? (path, value)
            : null;

    private static string? ElementOf(string path) => path switch
    {
        "/status" => "status",
        "/statusReason" => "statusReason",
        "/output" or "/output/-" => path[1..],
        _ => null,
    };

    private static (AskedStep?, Refusal?) Make(Dictionary<string, JsonElement> changed)
    {
        if (!changed.TryGetValue("status", out var value) || value.ValueKind != JsonValueKind.String || TaskSteps.Find(value.GetString()!) is not { } status)
        {
            return (null, Refusal.StepUnclear("Task.status", $"A step leads to one of {string.Join(", ", TaskSteps.Statuses.Select(static known => known.Status))}."));
        }

        var (hasReason, hasOutput) = (changed.ContainsKey("statusReason"), changed.ContainsKey("output") || changed.ContainsKey("output/-"));
        return status switch
        {
            _ when changed.ContainsKey("output") && changed.ContainsKey("output/-") => (null, Refusal.Malformed),
            { NeedsReason: true } when !hasReason => (null, Refusal.StepUnclear("Task.statusReason", $"`{status.Status}` needs a coded reason.")),
            { NeedsReason: false } when hasReason => (null, Refusal.StepUnclear("Task.statusReason", $"`{status.Status}` takes no reason.")),
            { TakesOutput: false } when hasOutput => (null, Refusal.StepUnclear("Task.output", $"`{status.Status}` takes no output.")),
            _ => (new AskedStep(status, Write(status, changed)), null),
        };
    }

    private static byte[] Write(TaskStatus status, Dictionary<string, JsonElement> changed)
    {
        var task = new JsonObject
        {
            ["resourceType"] = "Task",
            ["status"] = status.Status,
            ["intent"] = "order",
            ["code"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://hl7.org/fhir/CodeSystem/task-code", ["code"] = "fulfill" }) },
            ["for"] = new JsonObject { ["type"] = "Patient" },
        };
        foreach (var (element, value) in changed.Where(static pair => pair.Key != "status"))
        {
            var node = JsonNode.Parse(value.GetRawText());
            task[element.Split('/')[0]] = element == "output/-" ? new JsonArray(node) : node;
        }

        return JsonSerializer.SerializeToUtf8Bytes(task, UnescapedJson.Options);
    }

    /// <summary>A JSON Pointer as a FHIRPath: <c>/output/0/type</c> is <c>Task.output[0].type</c>.</summary>
    private static string FhirPathOf(string pointer) =>
        "Task" + string.Concat(pointer.Split('/').Skip(1).Select(static part => part == "-" ? string.Empty : part.Length > 0 && part.All(char.IsAsciiDigit) ? $"[{part}]" : $".{part}"));

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
