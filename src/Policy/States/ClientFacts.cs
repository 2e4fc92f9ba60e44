// What is known about the client that decides.
using System.Collections.Immutable;

namespace Sisote.Policy.States;

/// <summary>Facts about the client that conditions and masks ask for. A missing fact never permits.</summary>
public sealed record ClientFacts
{
    /// <summary>Date of birth, where known.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Non-disclosure for personal safety (661/2009 36 §); null = not known, treated as set. Finnish: turvakielto.</summary>
    public bool? SafetyProhibition { get; init; }

    /// <summary>Whether a guardian of the client has one.</summary>
    public bool GuardianSafetyProhibition { get; init; }

    /// <summary>Whether the minor's bar on the guardian was accepted, told without a context: it closes every context (703/2023 51 §, 1287/2013 18 §).</summary>
    public bool GuardianBar { get; init; }

    /// <summary>Contexts in which the minor's bar on the guardian was accepted; null = none.</summary>
    /// <remarks>Null and not empty, so that a state without a bar has the same bytes as before bars had contexts: what was decided then is replayed bit for bit.</remarks>
    public ImmutableArray<string>? GuardianBars { get; init; }

    /// <summary>Whether the client has died.</summary>
    public bool Deceased { get; init; }

    /// <summary>Whether compulsory education continues; null = not known.</summary>
    public bool? CompulsoryAge { get; init; }

    /// <summary>basic, upper-secondary, vocational or tuva; null = not known or not a student.</summary>
    public string? SchoolForm { get; init; }

    /// <summary>Recorded capacity decisions of a minor.</summary>
    public ImmutableArray<CapacityDecision> Capacity { get; init; } = [];
}

/// <summary>A professional's decision on who decides for a minor in one context (national code list 1.2.246.537.5.40202.201901).</summary>
public sealed record CapacityDecision
{
    /// <summary>Identifier of the decision where its register gives one, so that a consent can say on which it rests.</summary>
    public string? Id { get; init; }

    /// <summary>Code of the national list: 1 not able, 2 able and allows, 3 able and forbids, 4 not known.</summary>
    public required string Code { get; init; }

    /// <summary>Context: health, social, student-welfare, youth.</summary>
    public required string Context { get; init; }

    /// <summary>Valid from (inclusive).</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Valid until (inclusive).</summary>
    public DateTimeOffset? To { get; init; }
}
