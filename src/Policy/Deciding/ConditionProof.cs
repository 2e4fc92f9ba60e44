// Whether a condition holds in one request: evaluated as the catalogue says, from what is on record.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>Asks the sources of a condition one after the other; the first that shows it is the proof.</summary>
internal static class ConditionProof
{
    /// <summary>What shows a condition for an item under a flow; the item is null where the condition does not differ by item.</summary>
    internal static Proof Find(KnownCondition known, Flow flow, KnownItem? item, ConsentFinding? consents, in Circumstances circumstances, ref Holding holding)
    {
        var condition = known.Condition;
        if (circumstances.Stated is { } stated && !FollowsFromFields(condition, circumstances))
        {
            return stated.Show(condition, circumstances.Law.Catalogue, circumstances.At, ref holding);
        }

        foreach (var source in condition.EvaluatedFrom)
        {
            if ((source.Directions.IsEmpty || source.Directions.Contains(circumstances.Request.Direction))
                && Ask(condition.Id, source, flow, item, consents, circumstances, ref holding) is { IsShown: true } proof)
            {
                return proof;
            }
        }

        return default;
    }

    /// <summary>What follows from fields of the case itself is derived even where everything else is stated; an unsaid field leaves the word to the statement.</summary>
    private static bool FollowsFromFields(Condition condition, in Circumstances circumstances)
    {
        var facts = circumstances.State.Facts;
        return condition.EvaluatedFrom.Any(source => source switch
        {
            EvidenceSource.Age => facts.BirthDate is not null,
            EvidenceSource.CompulsoryEducation => facts.CompulsoryAge is not null,
            EvidenceSource.SchoolForm => facts.SchoolForm is not null,
            EvidenceSource.CapacityRecorded or EvidenceSource.ConsentFound or EvidenceSource.SameOrganisation => true,
            _ => false,
        });
    }

    private static Proof Ask(
        ConditionId condition, EvidenceSource source, Flow flow, KnownItem? item, ConsentFinding? consents, in Circumstances circumstances, ref Holding holding)
    {
        var request = circumstances.Request;
        var facts = circumstances.State.Facts;
        return source switch
        {
            EvidenceSource.RecordedRelationship recorded => RelationshipSearch.Find(recorded, circumstances, ref holding),
            EvidenceSource.RecordedDecision => item is null ? default : RelationshipSearch.FindDecision(condition, item.Id, circumstances, ref holding),
            EvidenceSource.InForceAgreement agreement => FindAgreement(agreement.Kind, flow.Rule.Id, circumstances, ref holding),
            EvidenceSource.Statement statement => FindStatement(condition, statement.By, circumstances),
            EvidenceSource.ByChannel channel => Proof.When(channel.Channels.Contains(request.Channel), ProofKind.System),
            EvidenceSource.Age age => FindAge(age, circumstances, ref holding),
            EvidenceSource.CompulsoryEducation compulsory => Proof.When(facts.CompulsoryAge == compulsory.Continues, ProofKind.ClientFact),
            EvidenceSource.SchoolForm school => Proof.When(facts.SchoolForm is { } form && school.Forms.Contains(form), ProofKind.ClientFact),
            EvidenceSource.CapacityRecorded => FindCapacity(flow, circumstances, ref holding),
            EvidenceSource.ConsentCovers covers => Proof.When(consents?.Covers(covers.Item) == true, ProofKind.Consent),
            EvidenceSource.ConsentFound => Proof.When(consents?.Used.Count > 0, ProofKind.Consent),
            EvidenceSource.ConsentNotAsked => Proof.When(flow.Consents.Length == 0, ProofKind.System),
            EvidenceSource.MaskApplied => new Proof(ProofKind.Mask),
            EvidenceSource.NotCarried absent => Proof.When(circumstances.Law.Find(absent.Item) is not { } known || !flow.Carries(known), ProofKind.Mask),
            EvidenceSource.SameOrganisation => Proof.When(request.From.Organisation is { } one && request.To.Organisation == one, ProofKind.System),
            EvidenceSource.InsideRoleScope => Proof.When(item is not null && circumstances.InsideScope(item) == true, ProofKind.System),
            EvidenceSource.NamedProfessional => Proof.When(circumstances.Requester.Professional is not null, ProofKind.System),
            _ => default,
        };
    }

    /// <summary>The agreement that lasts longest among those in force; ties by id, so that order on record does not matter.</summary>
    private static Proof FindAgreement(string kind, RuleId rule, in Circumstances circumstances, ref Holding holding)
    {
        if (circumstances.Request is not { From.Organisation: { } from, To.Organisation: { } to })
        {
            return default;
        }

        string? found = null;
        DateTimeOffset? end = null;
        foreach (var agreement in circumstances.State.Agreements)
        {
            if (agreement.Kind == kind && agreement.From <= circumstances.At && (agreement.To is null || circumstances.At <= agreement.To)
                && agreement.Flows.AsSpan().Contains(rule) && agreement.Parties.AsSpan().Contains(from) && agreement.Parties.AsSpan().Contains(to)
                && (found is null || Lasting.IsLonger(agreement.To, agreement.Id, end, found)))
            {
                (found, end) = (agreement.Id, agreement.To);
            }
        }

        holding.EndsAt(end);
        return found is null ? default : new Proof(ProofKind.Agreement, found);
    }

    private static Proof FindStatement(ConditionId condition, StatementBy by, in Circumstances circumstances)
    {
        foreach (var attestation in circumstances.Request.Attestations)
        {
            if (attestation.Condition == condition && by switch
            {
                StatementBy.System => attestation.BySystem,
                StatementBy.NamedProfessional => circumstances.Requester.Professional is not null && !string.IsNullOrWhiteSpace(attestation.Reference),
                _ => !string.IsNullOrWhiteSpace(attestation.Reference),
            })
            {
                var kind = by switch { StatementBy.System => ProofKind.System, StatementBy.NamedProfessional => ProofKind.Human, _ => ProofKind.Attestation };
                return new Proof(kind, attestation.Reference);
            }
        }

        return default;
    }

    private static Proof FindAge(EvidenceSource.Age age, in Circumstances circumstances, ref Holding holding)
    {
        if (circumstances.AgeInYears is not { } years || (years < age.Years) != age.Below)
        {
            return default;
        }

        holding.EndsWith(age.Below ? circumstances.LastDayBelow(age.Years) : null);
        return new Proof(ProofKind.Clock);
    }

    private static Proof FindCapacity(Flow flow, in Circumstances circumstances, ref Holding holding)
    {
        if (circumstances.AgeInYears >= MinorsConsent.FullAge)
        {
            return new Proof(ProofKind.Clock);
        }

        var capacity = circumstances.CapacityIn(flow.CapacityContext);
        if (circumstances.AgeInYears is null || capacity.Ability is null or Ability.Unknown)
        {
            return default;
        }

        holding.EndsAt(capacity.Until);
        return new Proof(ProofKind.Human);
    }
}
