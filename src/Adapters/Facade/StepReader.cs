// Reads the step of a task that the gateway wants taken.
using Hl7.Fhir.Model;
using Sisote.Adapters.Sources;
using Sisote.Doors.Adapters;

namespace Sisote.Adapters.Facade;

/// <summary>Makes a step of a change call: a small Task of what changes, the version it starts from, the sender and the key.</summary>
internal static class StepReader
{
    /// <summary>The step, or null where anything of it is missing or malformed.</summary>
    public static TaskToChange? Read(string id, Resource? body, IHeaderDictionary headers) =>
        body is Hl7.Fhir.Model.Task task && SubjectReader.ReadClient(task) is { } client
        && headers.IfMatch is [{ } tag] && VersionIn(tag) is { } version
        && headers[SenderInfo.Header] is [{ } sender] && SenderInfo.FromHeader(sender) is { } senderInfo
        && headers[EntryReader.KeyHeader] is [{ } key] && EntryReader.IsKey(key)
            ? new TaskToChange { Id = id, Task = task, Version = version, Client = client, Sender = senderInfo, IdempotencyKey = key }
            : null;

    private static string? VersionIn(string tag) => tag is ['W', '/', '"', .. { Length: > 0 and <= 15 } version, '"'] ? version : null;
}
