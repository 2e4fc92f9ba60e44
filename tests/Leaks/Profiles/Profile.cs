// Who asks whom, for what: one cell of the law in which some rule lets something be read.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Leaks.Profiles;

/// <summary>A sector with one role in it.</summary>
/// <param name="Sector">The sector.</param>
/// <param name="Role">The role.</param>
internal sealed record ProfileEnd(SectorId Sector, RoleId Role)
{
    /// <inheritdoc />
    public override string ToString() => $"{Sector}/{Role}";
}

/// <summary>A profile of the catalogue, derived from its rules for reading, or from those for sending.</summary>
/// <param name="Source">Who holds the data, or sends them.</param>
/// <param name="Recipient">Who asks, or is sent something.</param>
/// <param name="Purpose">For what.</param>
/// <param name="Rules">The rules that speak of it.</param>
internal sealed record Profile(ProfileEnd Source, ProfileEnd Recipient, PurposeId Purpose, ImmutableArray<DisclosureRule> Rules)
{
    /// <summary>Whether the recipient reads, or the source sends.</summary>
    public Direction Direction { get; init; } = Direction.Read;

    /// <summary>Circumstances under which, together, all is permitted that the law can permit here through a standing interface.</summary>
    public ImmutableArray<Scene> Scenes { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => $"{Source} {(Direction == Direction.Read ? "->" : Direction == Direction.Write ? "writes to" : "notifies")} {Recipient} for {Purpose}";
}

/// <summary>The parties of a profile in one deployment, what is on record about one client, and what is permitted then.</summary>
internal sealed record Scene
{
    /// <summary>The system that holds the data.</summary>
    public required SystemEntry Source { get; init; }

    /// <summary>The system that asks, or is sent something.</summary>
    public required SystemEntry Recipient { get; init; }

    /// <summary>Whether the recipient reads, or the source sends.</summary>
    public Direction Direction { get; init; } = Direction.Read;

    /// <summary>The system that calls.</summary>
    public SystemEntry Caller => Direction == Direction.Read ? Recipient : Source;

    /// <summary>The system behind the gateway.</summary>
    public SystemEntry Called => Direction == Direction.Read ? Source : Recipient;

    /// <summary>For what.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>What is on record.</summary>
    public required Func<ConsentState, ConsentState> OnRecord { get; init; }

    /// <summary>What the asker states with the call.</summary>
    public required ImmutableArray<ConditionId> Stated { get; init; }

    /// <summary>The items that the decision point permits, each with the elements masked in it.</summary>
    public required ImmutableDictionary<DataItemId, ImmutableArray<string>> Permitted { get; init; }

    /// <summary>The call's header with all that is stated.</summary>
    public string Context => string.Join(", ", Stated.Select(static condition => $"{condition}=\"on record\""));

    /// <summary>The source as a party.</summary>
    public Party From => PartyOf(Source);

    /// <summary>The recipient as a party.</summary>
    public Party To => PartyOf(Recipient);

    private Party PartyOf(SystemEntry system) =>
        new() { Sector = system.Sector, Role = system.ActsAs, Organisation = system.Organisation, System = system.Id, Professional = system.Id == Caller.Id ? Profiling.Person : null };
}
