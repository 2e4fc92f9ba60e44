// The other half of the configuration: who is connected, under which agreements.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Policy.Deployments;

/// <summary>Organisations, systems and agreements of one installation (file <c>sisote.yaml</c>). It can narrow the catalogue, never widen it.</summary>
public sealed record Deployment
{
    /// <summary>The organisations.</summary>
    public required ImmutableArray<OrganisationEntry> Organisations { get; init; }

    /// <summary>The connected systems.</summary>
    public required ImmutableArray<SystemEntry> Systems { get; init; }

    /// <summary>Agreements as written in the file; the consent service takes them over and keeps their life.</summary>
    public ImmutableArray<Agreement> Agreements { get; init; } = [];

    /// <summary>Rules of the catalogue that this installation does not use.</summary>
    public ImmutableArray<RuleId> RulesOff { get; init; } = [];

    /// <summary>Access classes: the most that a role may get in this installation (457/2024; condition <c>role-scope</c>).</summary>
    public ImmutableArray<RoleScope> RoleScopes { get; init; } = [];

    /// <summary>Who watches whose log; null where nobody does.</summary>
    public WitnessingEntry? Witnessing { get; init; }

    /// <summary>The system with this id, or null.</summary>
    public SystemEntry? FindSystem(SystemId id) => Systems.FirstOrDefault(system => system.Id == id);

    /// <summary>The organisation with this id, or null.</summary>
    public OrganisationEntry? FindOrganisation(OrganisationId id) => Organisations.FirstOrDefault(organisation => organisation.Id == id);
}

/// <summary>An organisation: a controller of data.</summary>
public sealed record OrganisationEntry
{
    /// <summary>Code.</summary>
    public required OrganisationId Id { get; init; }

    /// <summary>Names for people.</summary>
    public required LocalisedText Name { get; init; }

    /// <summary>wellbeing-county, municipality, education-provider, association, company, authority.</summary>
    public required string Kind { get; init; }

    /// <summary>Years for which this controller keeps records of the log where no statute says how many; null = it has not decided, and they stay.</summary>
    public int? LogYears { get; init; }
}

/// <summary>A connected system. Its id is also its OAuth client_id and its place in gateway addresses.</summary>
public sealed record SystemEntry
{
    /// <summary>Code.</summary>
    public required SystemId Id { get; init; }

    /// <summary>The controller.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>The sector whose data it holds or in whose task it asks.</summary>
    public required SectorId Sector { get; init; }

    /// <summary>The role under which it stands in a decision where no person of its side acts (as source of a read, as receiver of a write).</summary>
    public required RoleId ActsAs { get; init; }

    /// <summary>Names for people.</summary>
    public required LocalisedText Name { get; init; }

    /// <summary>Roles that its professionals may have in a token.</summary>
    public ImmutableArray<RoleId> Roles { get; init; } = [];

    /// <summary>Purposes it may ask for.</summary>
    public ImmutableArray<PurposeId> Purposes { get; init; } = [];

    /// <summary>Conditions of type system-check that it is trusted to check (for example relation-verified in a record that verifies care relations).</summary>
    public ImmutableArray<ConditionId> Attests { get; init; } = [];

    /// <summary>Public keys (JWKS), relative to the deployment file; null for a system that never calls.</summary>
    public string? KeysFile { get; init; }

    /// <summary>The subsystem as which it calls where it calls through X-Road; null for a system that never does.</summary>
    public XRoadClient? XRoad { get; init; }

    /// <summary>Whether Sisote's own portal calls under this id, for people of this organisation who have no system of their own.</summary>
    public bool Portal { get; init; }

    /// <summary>Whether professionals of other organisations may hand single cases over to people of this organisation by a secure link; nobody of it needs an account or software.</summary>
    public bool Link { get; init; }

    /// <summary>How the gateway reaches its data; null for a system that only asks.</summary>
    public AdapterEntry? Adapter { get; init; }

    /// <summary>Where it is told of changes that it subscribes to; null where it takes no notifications.</summary>
    public NotifyEntry? Notify { get; init; }
}

/// <summary>Where a system takes notifications. It stands in the deployment and nowhere else, so that no request decides where the gateway calls.</summary>
public sealed record NotifyEntry
{
    /// <summary>The receiver: https, or http on the machine itself.</summary>
    public required Uri Url { get; init; }

    /// <summary>Name of the file in the key folder with the secret under which notifications are signed; null = they are not.</summary>
    public string? SecretFile { get; init; }
}

/// <summary>The adapter of a system: its kind and settings, as the adapters' documentation lists them.</summary>
public sealed record AdapterEntry
{
    /// <summary>patient-record, exercise-counselling, school, student-welfare.</summary>
    public required string Kind { get; init; }

    /// <summary>Settings by name; checked by the adapter of that kind at start.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>The most that a role of one organisation may get.</summary>
public sealed record RoleScope
{
    /// <summary>The organisation; null = of all organisations.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>The role.</summary>
    public required RoleId Role { get; init; }

    /// <summary>Items inside the scope.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }
}
