// What a withdrawal reaches and what it does not.
using System.Collections.Immutable;
using Sisote.Doors.Consent;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Finds which flows stop with a consent, and which go on without it.</summary>
internal sealed class WithdrawalEffects(ConsentScope scope)
{
    /// <summary>Flows that rested on the consent and have nothing else to rest on.</summary>
    public ImmutableArray<AffectedFlow> Stops(ConsentRecord withdrawn, IReadOnlyCollection<ConsentRecord> others) =>
        [.. from flow in scope.FlowsOn(withdrawn)
            let items = flow.Items.Where(item => !others.Any(other => Carries(other, withdrawn, item))).ToImmutableArray()
            where items.Length > 0
            select new AffectedFlow { Rule = flow.Rule.Id, Items = items }];

    /// <summary>Flows of the same items to the same recipient that go on: on another consent in force, or by statute alone.</summary>
    public ImmutableArray<AffectedFlow> Continues(ConsentRecord withdrawn, IReadOnlyCollection<ConsentRecord> others) =>
        [.. from flow in scope.FlowsOn(withdrawn)
            from other in others
            let items = flow.Items.Where(item => Carries(other, withdrawn, item)).ToImmutableArray()
            where items.Length > 0
            select new AffectedFlow { Rule = flow.Rule.Id, Items = items, Consent = new ConsentReference { Id = other.Id, Version = other.Version, Form = other.Form } },
            .. scope.FlowsBeside(withdrawn).Select(static flow => new AffectedFlow { Rule = flow.Rule.Id, Items = flow.Items })];

    private static bool Carries(ConsentRecord other, ConsentRecord withdrawn, DataItemId item) =>
        other.Id != withdrawn.Id
        && other.Form == withdrawn.Form
        && other.Type == ConsentType.Permit
        && other.Purpose == withdrawn.Purpose
        && other.RecipientSector == withdrawn.RecipientSector
        && other.RecipientOrganisation == withdrawn.RecipientOrganisation
        && (other.RecipientRole is null || other.RecipientRole == withdrawn.RecipientRole)
        && (other.RecipientSystem is null || other.RecipientSystem == withdrawn.RecipientSystem)
        && (other.RecipientPerson is null || other.RecipientPerson == withdrawn.RecipientPerson)
        && (other.SourceOrganisations is not { } sources || withdrawn.SourceOrganisations?.All(sources.Contains) == true)
        && (other.AllItems || other.Items.Contains(item));
}
