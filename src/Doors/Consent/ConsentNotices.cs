// What a recipient is told when a consent that it relied on is withdrawn.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>
/// Notices to the caller's own organisation, oldest first. <c>GET /notices?after=</c> (professional, or a connected system's token: of that system only).
/// </summary>
/// <remarks>A notice has no reason and names neither a consent nor a person. Ask again with the last one's <see cref="ConsentNotice.Id"/> for newer ones.</remarks>
public sealed record ConsentNotices
{
    /// <summary>At most 100 notices.</summary>
    public required ImmutableArray<ConsentNotice> Notices { get; init; }

    /// <summary>Whether there are newer ones.</summary>
    public required bool More { get; init; }
}

/// <summary>Stop using what was received and review it; what a statute of your own obliges you to keep, you keep.</summary>
public sealed record ConsentNotice
{
    /// <summary>Identifier; later notices have greater ones.</summary>
    public required string Id { get; init; }

    /// <summary>Always <c>stop-use-and-review</c>.</summary>
    public string What { get; init; } = "stop-use-and-review";

    /// <summary>Since when.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The system that received.</summary>
    public SystemId? System { get; init; }

    /// <summary>The items concerned.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>What was received, each as <c>Type/handle</c> with the handle that the recipient knows.</summary>
    public required ImmutableArray<string> Resources { get; init; }
}
