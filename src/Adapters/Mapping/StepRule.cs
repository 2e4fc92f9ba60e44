// How a product takes the steps of a referral.
using System.Text.Json.Nodes;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Mapping;

/// <summary>How a REST system moves on the task that a kind of record makes.</summary>
/// <param name="Post">Address with <c>{id}</c> to which a step is posted.</param>
/// <param name="Version">Path of the record's version, in what is read and in the answer to a step.</param>
/// <param name="VersionField">Field of a step that says from which version it starts; null = a header does.</param>
/// <param name="VersionHeader">Header that says it; null = a field does.</param>
/// <param name="Id">Path of the record's own id.</param>
/// <param name="Written">A step as a kind of record: where status, reason and feedback stand in it, and its key, constants and sender.</param>
internal sealed record StepRule(string Post, string Version, string? VersionField, string? VersionHeader, string Id, RecordKind Written)
{
    private const int LongestVersion = 15;
    private static readonly string[] Elements = ["resourceType", "status", "statusReason", "output"];

    /// <summary>Whether an element of the task is one that a step says.</summary>
    public static bool Says(string element) => Elements.Contains(element);

    /// <summary>What a step says of a task; nothing else of the task counts.</summary>
    public static JsonObject Said(JsonObject task)
    {
        var said = new JsonObject();
        foreach (var element in Elements.Where(task.ContainsKey))
        {
            said[element] = task[element]?.DeepClone();
        }

        return said;
    }

    /// <summary>The version of a record, as it is told and as a step starts from it.</summary>
    /// <exception cref="NativeFaultException">There is none, or none that can stand in a header.</exception>
    public string VersionOf(JsonObject record) =>
        FhirJson.Text(NativePath.Follow(record, Version)) is { Length: > 0 and <= LongestVersion } version && version.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.')
            ? version
            : throw new NativeFaultException(NativeFault.Unreadable, "a record without a version of 1 to 15 letters, digits, points and hyphens");
}
