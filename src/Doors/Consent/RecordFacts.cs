// Facts about a client that decide, as their registers know them.
using System.Collections.Immutable;
using Sisote.Policy.States;

namespace Sisote.Doors.Consent;

/// <summary>Tells facts of a client. <c>POST /clients/facts</c> (sisote-operator, sisote-adapters)</summary>
/// <remarks>A fact that is left out stays as it is: nobody is stripped of a protection by a message that does not speak of it. A birth date that nobody told is read from the identifier. Sending what is on record already changes nothing.</remarks>
public sealed record RecordFacts
{
    /// <summary>The national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>The facts.</summary>
    public required ToldFacts Facts { get; init; }
}

/// <summary>Facts as somebody tells them; null = nothing is told of it.</summary>
public sealed record ToldFacts
{
    /// <summary>Date of birth.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Non-disclosure for personal safety.</summary>
    public bool? SafetyProhibition { get; init; }

    /// <summary>Whether a guardian has one.</summary>
    public bool? GuardianSafetyProhibition { get; init; }

    /// <summary>Whether the minor's bar on the guardian was accepted, where the register tells no context; it closes all.</summary>
    public bool? GuardianBar { get; init; }

    /// <summary>All contexts in which the minor's bar on the guardian is accepted; an empty list = none any more.</summary>
    public ImmutableArray<string>? GuardianBars { get; init; }

    /// <summary>Whether the client has died.</summary>
    public bool? Deceased { get; init; }

    /// <summary>Whether compulsory education continues.</summary>
    public bool? CompulsoryAge { get; init; }

    /// <summary>Form of school.</summary>
    public string? SchoolForm { get; init; }

    /// <summary>All capacity decisions that are in force; an empty list = none any more.</summary>
    public ImmutableArray<CapacityDecision>? Capacity { get; init; }

    /// <summary>What is known afterwards.</summary>
    public ClientFacts Over(ClientFacts kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return new ClientFacts
        {
            BirthDate = BirthDate ?? kept.BirthDate,
            SafetyProhibition = SafetyProhibition ?? kept.SafetyProhibition,
            GuardianSafetyProhibition = GuardianSafetyProhibition ?? kept.GuardianSafetyProhibition,
            GuardianBar = GuardianBar ?? kept.GuardianBar,
            GuardianBars = GuardianBars is { } bars ? (bars.IsDefaultOrEmpty ? null : bars) : kept.GuardianBars,
            Deceased = Deceased ?? kept.Deceased,
            CompulsoryAge = CompulsoryAge ?? kept.CompulsoryAge,
            SchoolForm = SchoolForm ?? kept.SchoolForm,
            Capacity = Capacity ?? kept.Capacity,
        };
    }
}

/// <summary>The facts stand.</summary>
public sealed record FactsRecorded
{
    /// <summary>Revision of the client's state.</summary>
    public required long Revision { get; init; }
}
