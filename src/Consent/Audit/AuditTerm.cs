// One condition of a search over AuditEvents.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Audit;

namespace Sisote.Consent.Audit;

/// <summary>One value that a parameter may have: <c>[system|]code</c>, or <c>Type/id</c> of a reference. A null part is not asked about.</summary>
internal sealed record AuditToken(string? System, string? Code, string? Type = null)
{
    public bool Matches(AuditCoding coding) => (System is null || System == coding.System) && (Code is null || Code == coding.Code);

    public bool Matches(AuditReference reference) =>
        (System is null || System == reference.System) && (Code is null || Code == reference.Value) && (Type is null || Type == reference.Type);
}

/// <summary>A parameter with its values, one of which must be there.</summary>
internal sealed record AuditTerm(AuditParameter Parameter, ImmutableArray<AuditToken> Values)
{
    /// <summary>Whether an event meets it.</summary>
    public bool Matches(AuditEvent audit) => Parameter switch
    {
        AuditParameter.Patient => AnyReference(References(audit).Where(static reference => reference.Type == "Patient")),
        AuditParameter.Agent => AnyReference(audit.Agents.Select(static agent => agent.Who).OfType<AuditReference>()),
        AuditParameter.Entity => AnyReference(audit.Entities.Select(static entity => entity.What).OfType<AuditReference>()),
        AuditParameter.Source => AnyReference([audit.Observer]),
        AuditParameter.AgentRole => AnyCoding(audit.Agents.Select(static agent => agent.Role).OfType<AuditCoding>()),
        AuditParameter.EntityType => AnyCoding(audit.Entities.Select(static entity => entity.Type)),
        AuditParameter.EntityRole => AnyCoding(audit.Entities.Select(static entity => entity.Role).OfType<AuditCoding>()),
        AuditParameter.Type => AnyCoding([audit.Type]),
        AuditParameter.Subtype => AnyCoding(audit.Subtypes),
        AuditParameter.Outcome => AnyCoding([new(AuditCodes.OutcomeSystem, audit.Outcome)]),
        AuditParameter.Action => AnyCoding([new(AuditCodes.ActionSystem, audit.Action)]),
        AuditParameter.Policy => audit.Agents.SelectMany(static agent => agent.Policies).Any(policy => Values.Any(value => value.Code == policy)),
        AuditParameter.Address => audit.Agents.Select(static agent => agent.Machine).OfType<string>().Any(machine => Values.Any(value => machine.StartsWith(value.Code!, StringComparison.OrdinalIgnoreCase))),
        _ => throw new InvalidOperationException("An unknown parameter is refused before."),
    };

    private bool AnyCoding(IEnumerable<AuditCoding> codings) => codings.Any(coding => Values.Any(value => value.Matches(coding)));

    private bool AnyReference(IEnumerable<AuditReference> references) => references.Any(reference => Values.Any(value => value.Matches(reference)));

    private static IEnumerable<AuditReference> References(AuditEvent audit) =>
        audit.Agents.Select(static agent => agent.Who).Concat(audit.Entities.Select(static entity => entity.What)).OfType<AuditReference>();
}

/// <summary>What can be asked about, besides the date.</summary>
internal enum AuditParameter
{
    /// <summary>The client.</summary>
    Patient,

    /// <summary>Who took part.</summary>
    Agent,

    /// <summary>What it was about.</summary>
    Entity,

    /// <summary>Who reports.</summary>
    Source,

    /// <summary>Role of a professional.</summary>
    AgentRole,

    /// <summary>Type of what it was about.</summary>
    EntityType,

    /// <summary>Role of what it was about.</summary>
    EntityRole,

    /// <summary>Type.</summary>
    Type,

    /// <summary>Subtype.</summary>
    Subtype,

    /// <summary>Outcome.</summary>
    Outcome,

    /// <summary>Action.</summary>
    Action,

    /// <summary>Rule or statute.</summary>
    Policy,

    /// <summary>Machine name of a system.</summary>
    Address,
}
