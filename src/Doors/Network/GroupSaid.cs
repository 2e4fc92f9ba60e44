// A co-operation group: on whose mandate, on which level, who sits in it for whom.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Network;

/// <summary>A group as the operator puts it on record. <c>POST /network/groups/{id}</c> at the consent room (sisote-operator).</summary>
/// <remarks>A seat in a group is no ground of any disclosure: what decides never reads this.</remarks>
public sealed record GroupSaid
{
    /// <summary>Name.</summary>
    public required Wording Name { get; init; }

    /// <summary>The organisation that calls it together.</summary>
    public required OrganisationId Convener { get; init; }

    /// <summary>municipal, county or national.</summary>
    public required string Level { get; init; }

    /// <summary>Whether a statute demands it.</summary>
    public required bool IsStatutory { get; init; }

    /// <summary>The mandate: the statute, or the decision or agreement that it rests on; 1 to 200 characters.</summary>
    public required string Mandate { get; init; }

    /// <summary>What it does.</summary>
    public required ImmutableArray<Wording> Tasks { get; init; }

    /// <summary>The municipalities that it speaks for, as codes; each once.</summary>
    public ImmutableArray<string> Area { get; init; } = [];

    /// <summary>Members, former ones included.</summary>
    public ImmutableArray<GroupMember> Members { get; init; } = [];

    /// <summary>The first day of its term, Finnish time; null = today.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day of its term, itself included; null = no end.</summary>
    public DateOnly? LastDay { get; init; }
}

/// <summary>A member.</summary>
/// <param name="Professional">Who, as the member's own organisation names the person.</param>
/// <param name="Organisation">From which organisation.</param>
/// <param name="Municipality">The municipality that the member represents; null for none.</param>
/// <param name="FirstDay">First day of the membership; null = as the group's.</param>
/// <param name="LastDay">Last day; null = as the group's.</param>
public sealed record GroupMember(ProfessionalId Professional, OrganisationId Organisation, string? Municipality = null, DateOnly? FirstDay = null, DateOnly? LastDay = null);

/// <summary>Who speaks for each municipality of a group's area today. <c>GET /network/groups/{id}/coverage</c> at the gateway.</summary>
/// <param name="Id">The group.</param>
/// <param name="Municipalities">In the order of the area.</param>
public sealed record GroupCoverage(string Id, ImmutableArray<CoveredMunicipality> Municipalities)
{
    /// <summary>Works out the coverage on a day.</summary>
    public static GroupCoverage Of(string id, GroupSaid group, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new(id, [.. group.Area.Select(municipality =>
        {
            var seats = group.Members.Where(member => member.Municipality == municipality && !(day < member.FirstDay) && !(day > member.LastDay)).ToImmutableArray();
            return new CoveredMunicipality(municipality, seats.IsEmpty, seats);
        })]);
    }
}

/// <summary>A municipality and who speaks for it.</summary>
/// <param name="Municipality">Code.</param>
/// <param name="IsGap">Whether nobody does.</param>
/// <param name="Members">Those who do.</param>
public sealed record CoveredMunicipality(string Municipality, bool IsGap, ImmutableArray<GroupMember> Members);
