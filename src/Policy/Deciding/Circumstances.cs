// Whether a condition holds in one request: evaluated as the catalogue says, from what is on record.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>One request on one state at one instant.</summary>
internal sealed class Circumstances(CompiledLaw law, AccessRequest request, ConsentState state, DateTimeOffset at, StatedConditions? stated)
{
    internal AccessRequest Request => request;

    internal ConsentState State => state;

    internal DateTimeOffset At => at;

    internal DateOnly Today { get; } = FinnishTime.DateOf(at);

    internal LegalCatalogue Catalogue => law.Catalogue;

    /// <summary>The side that asks: the recipient of a read, the sender of anything else.</summary>
    internal Party Requester => request.Direction == Direction.Read ? request.To : request.From;

    /// <summary>Shows that a condition holds for an item under a flow, or null.</summary>
    internal ConditionEvidence? Show(Condition condition, Flow flow, DataItemId item, in ConsentFinding consents, ref Holding holding)
    {
        if (stated is not null && !FollowsFromFields(condition))
        {
            return stated.Show(condition.Id, at, ref holding) ?? stated.ShowWithGrace(condition, Catalogue, at, ref holding);
        }

        foreach (var source in condition.EvaluatedFrom)
        {
            if ((source.Directions.IsEmpty || source.Directions.Contains(request.Direction))
                && Show(condition.Id, source, flow, item, consents, ref holding) is { } evidence)
            {
                return evidence;
            }
        }

        return null;
    }

    /// <summary>Age in whole years, by the Finnish calendar; null = not known.</summary>
    internal int? AgeInYears => state.Facts.BirthDate is { } born ? YearsBetween(born, Today) : null;

    /// <summary>The last day before the client reaches an age.</summary>
    internal DateOnly? LastDayBelow(int years) => state.Facts.BirthDate is { } born && born.Year + years < 9999 ? born.AddYears(years).AddDays(-1) : null;

    /// <summary>The capacity decision in force in a context (null = any context), or null.</summary>
    internal CapacityDecision? Capacity(string? context) => state.Facts.Capacity.FirstOrDefault(decision =>
        (context is null || decision.Context == context) && (decision.From is null || decision.From <= at) && (decision.To is null || at <= decision.To));

    private static int YearsBetween(DateOnly born, DateOnly day) => born > day ? 0 : day.Year - born.Year - (day < born.AddYears(day.Year - born.Year) ? 1 : 0);

    /// <summary>What follows from fields of the case itself is derived even where everything else is stated; an unsaid field leaves the word to the statement.</summary>
    private bool FollowsFromFields(Condition condition) => condition.EvaluatedFrom.Any(source => source switch
    {
        EvidenceSource.Age => state.Facts.BirthDate is not null,
        EvidenceSource.CompulsoryEducation => state.Facts.CompulsoryAge is not null,
        EvidenceSource.SchoolForm => state.Facts.SchoolForm is not null,
        EvidenceSource.CapacityRecorded or EvidenceSource.ConsentFound or EvidenceSource.SameOrganisation => true,
        _ => false,
    });

    private ConditionEvidence? Show(ConditionId condition, EvidenceSource source, Flow flow, DataItemId item, in ConsentFinding consents, ref Holding holding) => source switch
    {
        EvidenceSource.RecordedRelationship recorded => ShowRelationship(condition, recorded, ref holding),
        EvidenceSource.InForceAgreement agreement => ShowAgreement(condition, agreement.Kind, flow.Rule.Id, ref holding),
        EvidenceSource.Statement statement => ShowStatement(condition, statement.By),
        EvidenceSource.ByChannel channel => When(channel.Channels.Contains(request.Channel), condition, "system"),
        EvidenceSource.Age age => ShowAge(condition, age, ref holding),
        EvidenceSource.CompulsoryEducation compulsory => When(state.Facts.CompulsoryAge == compulsory.Continues, condition, "client-fact"),
        EvidenceSource.SchoolForm school => When(state.Facts.SchoolForm is { } form && school.Forms.Contains(form), condition, "client-fact"),
        EvidenceSource.CapacityRecorded => ShowCapacity(condition, flow, ref holding),
        EvidenceSource.ConsentCovers covers => When(consents.Covers(covers.Item), condition, "consent"),
        EvidenceSource.ConsentFound => When(!consents.Used.IsDefaultOrEmpty, condition, "consent"),
        EvidenceSource.ConsentNotAsked => When(flow.Rule.Consents.IsEmpty, condition, "system"),
        EvidenceSource.MaskApplied => When(true, condition, "mask"),
        EvidenceSource.NotCarried absent => When(!flow.Items.Contains(absent.Item), condition, "mask"),
        EvidenceSource.SameOrganisation => When(request.From.Organisation is { } one && request.To.Organisation == one, condition, "system"),
        EvidenceSource.InsideRoleScope => When(InsideScope(item) == true, condition, "system"),
        EvidenceSource.NamedProfessional => When(Requester.Professional is not null, condition, "system"),
        _ => null,
    };

    /// <summary>Whether every access class of the recipient's role holds the item; null where the deployment sets none.</summary>
    internal bool? InsideScope(DataItemId item)
    {
        bool? inside = null;
        foreach (var scope in law.Deployment.RoleScopes)
        {
            if (scope.Role == request.To.Role && (scope.Organisation is null || scope.Organisation == request.To.Organisation))
            {
                inside = inside != false && scope.Items.Contains(item);
            }
        }

        return inside;
    }

    private static ConditionEvidence? When(bool holds, ConditionId condition, string source, string? reference = null) =>
        holds ? new ConditionEvidence { Condition = condition, Source = source, Reference = reference } : null;

    private ConditionEvidence? ShowRelationship(ConditionId condition, EvidenceSource.RecordedRelationship recorded, ref Holding holding)
    {
        if (recorded.Between == RelationshipEnds.BothEnds)
        {
            var source = Longest(recorded, relationship => Joins(relationship, request.From));
            var recipient = Longest(recorded, relationship => Joins(relationship, request.To));
            return source is null || recipient is null ? null : Rest(condition, recorded, recipient, ref holding, source);
        }

        return Longest(recorded, relationship => Joins(relationship, recorded.Between)) is { } found ? Rest(condition, recorded, found, ref holding) : null;
    }

    private static ConditionEvidence Rest(
        ConditionId condition, EvidenceSource.RecordedRelationship recorded, Relationship relationship, ref Holding holding, Relationship? other = null)
    {
        holding.EndsAt(WithGrace(relationship.To, recorded.GraceDays));
        holding.EndsAt(WithGrace(other?.To, recorded.GraceDays));
        return new ConditionEvidence { Condition = condition, Source = "relationship", Reference = relationship.Id };
    }

    private static DateTimeOffset? WithGrace(DateTimeOffset? end, int days) => end is { Year: < 9999 } known ? known.AddDays(days) : end;

    /// <summary>The one that lasts longest among those that hold now; ties by id, so that order on record does not matter.</summary>
    private Relationship? Longest(EvidenceSource.RecordedRelationship recorded, Func<Relationship, bool> joins) => state.Relationships
        .Where(relationship => recorded.Kinds.Contains(relationship.Kind) && InForce(relationship, recorded.GraceDays) && joins(relationship))
        .OrderByDescending(static relationship => relationship.To ?? DateTimeOffset.MaxValue)
        .ThenBy(static relationship => relationship.Id, StringComparer.Ordinal)
        .FirstOrDefault();

    private bool InForce(Relationship relationship, int graceDays) =>
        relationship.From <= at
        && (relationship.To is null || at - relationship.To <= TimeSpan.FromDays(graceDays))
        && (relationship.Status == RelationshipStatus.Active || (graceDays > 0 && relationship is { Status: RelationshipStatus.Ended, To: not null }));

    private bool Joins(Relationship relationship, RelationshipEnds ends) => ends switch
    {
        RelationshipEnds.Requester => Touches(relationship, Requester.Organisation) && !IsOthersClient(relationship, Requester),
        RelationshipEnds.Recipient => Touches(relationship, request.To.Organisation),
        RelationshipEnds.Source => Touches(relationship, request.From.Organisation),
        RelationshipEnds.RequesterProfessional => Requester.Professional is { } person && relationship.Professional == person,
        RelationshipEnds.Organisations => request is { From.Organisation: { } from, To.Organisation: { } to }
            && ((relationship.FromOrganisation == from && relationship.ToOrganisation == to) || (relationship.FromOrganisation == to && relationship.ToOrganisation == from)),
        _ => false,
    };

    private static bool Joins(Relationship relationship, Party party) =>
        party.Professional is { } person ? relationship.Professional == person : Touches(relationship, party.Organisation);

    /// <summary>Whether a relationship names somebody of the party's own house, and not the party: a colleague's client is not one's own.</summary>
    private static bool IsOthersClient(Relationship relationship, Party party) =>
        relationship.ToOrganisation == party.Organisation && relationship.Professional is { } named && party.Professional is { } person && named != person;

    private static bool Touches(Relationship relationship, OrganisationId? organisation) =>
        organisation is { } known && (relationship.FromOrganisation == known || relationship.ToOrganisation == known);

    private ConditionEvidence? ShowAgreement(ConditionId condition, string kind, RuleId rule, ref Holding holding)
    {
        var found = request is { From.Organisation: { } from, To.Organisation: { } to }
            ? state.Agreements
                .Where(agreement => agreement.Kind == kind && agreement.Flows.Contains(rule) && agreement.Parties.Contains(from) && agreement.Parties.Contains(to))
                .Where(agreement => agreement.From <= at && (agreement.To is null || at <= agreement.To))
                .OrderByDescending(static agreement => agreement.To ?? DateTimeOffset.MaxValue)
                .ThenBy(static agreement => agreement.Id, StringComparer.Ordinal)
                .FirstOrDefault()
            : null;
        holding.EndsAt(found?.To);
        return When(found is not null, condition, "agreement", found?.Id);
    }

    private ConditionEvidence? ShowStatement(ConditionId condition, StatementBy by)
    {
        foreach (var attestation in request.Attestations)
        {
            if (attestation.Condition != condition)
            {
                continue;
            }

            var counts = by switch
            {
                StatementBy.System => attestation.BySystem,
                StatementBy.NamedProfessional => Requester.Professional is not null && !string.IsNullOrWhiteSpace(attestation.Reference),
                _ => !string.IsNullOrWhiteSpace(attestation.Reference),
            };
            if (counts)
            {
                var source = by switch { StatementBy.System => "system", StatementBy.NamedProfessional => "human", _ => "attestation" };
                return When(true, condition, source, attestation.Reference);
            }
        }

        return null;
    }

    private ConditionEvidence? ShowAge(ConditionId condition, EvidenceSource.Age age, ref Holding holding)
    {
        if (AgeInYears is not { } years || years < age.Years != age.Below)
        {
            return null;
        }

        holding.EndsWith(age.Below ? LastDayBelow(age.Years) : null);
        return When(true, condition, "clock");
    }

    private ConditionEvidence? ShowCapacity(ConditionId condition, Flow flow, ref Holding holding)
    {
        if (AgeInYears >= MinorsConsent.FullAge)
        {
            return When(true, condition, "clock");
        }

        var context = flow.Rule.Consents.Select(static consent => consent.MinorsContext).FirstOrDefault(static context => context is not null);
        var decision = Capacity(context is null ? null : Catalogue.MinorsPolicies[context].CapacityContext);
        if (AgeInYears is null || decision is null || MinorsConsent.Meaning(decision) == Ability.Unknown)
        {
            return null;
        }

        holding.EndsAt(decision.To);
        return When(true, condition, "human");
    }
}
