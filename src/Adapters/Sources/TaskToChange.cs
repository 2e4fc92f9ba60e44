// A step of a task on its way into a source system.
using Sisote.Doors.Adapters;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Sources;

/// <summary>What the gateway wants a task to say.</summary>
internal sealed record TaskToChange
{
    /// <summary>The facade's id of the task.</summary>
    public required string Id { get; init; }

    /// <summary>Status, reason and output after the step; nothing else of it counts.</summary>
    public required Hl7.Fhir.Model.Task Task { get; init; }

    /// <summary>The version that the step starts from, as a read gave it.</summary>
    public required string Version { get; init; }

    /// <summary>The task's client.</summary>
    public required Hetu Client { get; init; }

    /// <summary>Who takes the step.</summary>
    public required SenderInfo Sender { get; init; }

    /// <summary>The gateway's key of this step; the same on every retry.</summary>
    public required string IdempotencyKey { get; init; }
}
