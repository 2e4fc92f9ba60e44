// Who writes into the network's registers, and what became of it.
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Network;

/// <summary>In whose name the gateway hands a change on. Organisation and sector follow from the system by the deployment file.</summary>
/// <param name="System">The system of the token.</param>
/// <param name="Professional">The professional behind the call.</param>
/// <param name="Role">The professional's role.</param>
/// <param name="CorrelationId">The call.</param>
public sealed record NetworkWriter(SystemId System, ProfessionalId Professional, RoleId Role, string CorrelationId);

/// <summary>What became of a change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NetworkOutcome>))]
public enum NetworkOutcome
{
    /// <summary>It stands, and is on record.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>There is none, or it is another organisation's: the same answer.</summary>
    [JsonStringEnumMemberName("absent")]
    Absent,

    /// <summary>A member is missing or not one that is taken; <see cref="NetworkAnswer.Field"/> names it.</summary>
    [JsonStringEnumMemberName("malformed")]
    Malformed,

    /// <summary>The identifier belongs to something else.</summary>
    [JsonStringEnumMemberName("taken")]
    Taken,

    /// <summary>It has ended already.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,

    /// <summary>The law wants the provider in a public register, and no number was given.</summary>
    [JsonStringEnumMemberName("not-registered")]
    NotRegistered,

    /// <summary>A text names a person; <see cref="NetworkAnswer.Field"/> says which text.</summary>
    [JsonStringEnumMemberName("names-a-person")]
    NamesAPerson,
}

/// <summary>The answer to a change.</summary>
public sealed record NetworkAnswer
{
    /// <summary>What became of it.</summary>
    public required NetworkOutcome Outcome { get; init; }

    /// <summary>What it is about.</summary>
    public string? Id { get; init; }

    /// <summary>The version that stands now, from 1.</summary>
    public long? Version { get; init; }

    /// <summary>The member at fault.</summary>
    public string? Field { get; init; }

    /// <summary>The places in the text that read like something about a person.</summary>
    public ImmutableArray<TextMark> Marks { get; init; } = [];

    /// <summary>The receipt in its header form.</summary>
    public string? Receipt { get; init; }
}
