// Turns a decision case from paper into what stands on record, and into a call of the access door.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sisote.Policy.Cases;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Gateway.Access;

/// <summary>A condition as a case states it, with its dates.</summary>
internal sealed record PaperFact(Condition Condition, DateTimeOffset? From, DateTimeOffset? To, bool IsEnded, string Id);

/// <summary>
/// The circumstances of a case as a house knows them: relationships and agreements on record, access classes in the deployment, attestations in the call. A circumstance is made up only in a
/// way in which the catalogue says that it is shown, and so that it shows nothing else.
/// </summary>
internal sealed class CaseOnRecord
{
    private readonly LegalCatalogue catalogue;
    private readonly DecisionCase @case;
    private readonly List<PaperFact> facts = [];
    private readonly List<Relationship> relationships = [];
    private readonly List<Agreement> agreements = [];

    private CaseOnRecord(LegalCatalogue catalogue, DecisionCase @case, string line)
    {
        (this.catalogue, this.@case) = (catalogue, @case);
        ReadFacts(JsonNode.Parse(line)!);
        IsPerson = facts.Any(fact => fact.Condition.EvaluatedFrom.Any(source =>
            source is EvidenceSource.NamedProfessional or EvidenceSource.Statement { By: StatementBy.NamedProfessional } or EvidenceSource.RecordedRelationship { Between: RelationshipEnds.RequesterProfessional } && Counts(source)))
            || (States("same-case") && !States("relation-verified"));
        foreach (var fact in facts)
        {
            PutOnRecord(fact);
        }
    }

    /// <summary>Whether a named professional asks.</summary>
    internal bool IsPerson { get; }

    /// <summary>Whether the role's access class holds the items.</summary>
    internal bool IsScoped => facts.Any(static fact => fact.Condition.EvaluatedFrom.Any(static source => source is EvidenceSource.InsideRoleScope));

    internal JsonObject Attestations { get; } = [];

    /// <summary>Whether the house asks as the recipient.</summary>
    internal bool IsRead => @case.Request.Direction == Direction.Read;

    internal Party Self => IsRead ? @case.Request.To : @case.Request.From;

    internal Party Other => IsRead ? @case.Request.From : @case.Request.To;

    /// <summary>The question as the door puts it to the decision point.</summary>
    internal AccessRequest Request
    {
        get
        {
            var (sender, recipient) = (@case.Request.From with { Organisation = FromOrganisation }, @case.Request.To with { Organisation = ToOrganisation });
            ProfessionalId? person = IsPerson ? ThreeFacesTests.Person : null;
            return @case.Request with
            {
                From = IsRead ? sender : sender with { Professional = person },
                To = IsRead ? recipient with { Professional = person } : recipient,
                Attestations = [.. Attestations.Select(static one => new Attestation { Condition = ConditionId.Parse(one.Key), Reference = one.Value!.GetValue<string>(), BySystem = true })],
            };
        }
    }

    internal static CaseOnRecord Make(LegalCatalogue catalogue, DecisionCase @case, string line) => new(catalogue, @case, line);

    /// <summary>The organisation of an end; a case that names none means any.</summary>
    internal static OrganisationId OrganisationOf(Party party, string end) => party.Organisation ?? OrganisationId.Parse($"unnamed-{end}");

    /// <summary>The client's state, as a consent room would serve it.</summary>
    internal ConsentState State(ConsentState before) => before with
    {
        Facts = @case.State.Facts,
        Consents = [.. @case.State.Consents.Select(WithFeedback)],
        Relationships = [.. relationships],
        Agreements = [.. agreements],
    };

    private OrganisationId FromOrganisation => OrganisationOf(@case.Request.From, "from");

    private OrganisationId ToOrganisation => OrganisationOf(@case.Request.To, "to");

    private OrganisationId OwnOrganisation => IsRead ? ToOrganisation : FromOrganisation;

    private OrganisationId OtherOrganisation => IsRead ? FromOrganisation : ToOrganisation;

    private bool States(string condition) => facts.Any(fact => fact.Condition.Id.Value == condition);

    private bool Counts(EvidenceSource source) => source.Directions.IsEmpty || source.Directions.Contains(@case.Request.Direction);

    private void ReadFacts(JsonNode root)
    {
        foreach (var name in root["facts"]?["conditions"]?.AsArray() ?? [])
        {
            Add(name!.GetValue<string>(), null, null, false, "stated");
        }

        var parties = new[] { root["request"]!["fromOrg"]?.GetValue<string>(), root["request"]!["toOrg"]?.GetValue<string>() };
        foreach (var dated in root["facts"]?["dated"]?.AsArray() ?? [])
        {
            var binds = dated!["parties"]?.AsArray().Select(static party => party!.GetValue<string>()).ToArray();
            if (binds is null || parties.All(party => party is null || binds.Contains(party)))
            {
                Add(
                    dated["condition"]!.GetValue<string>(), Day(dated["from"], last: false), Day(dated["to"], last: true),
                    dated["status"]?.GetValue<string>() is not ("active" or "accepted"), dated["id"]?.GetValue<string>() ?? "dated");
            }
        }
    }

    private void Add(string name, DateTimeOffset? from, DateTimeOffset? to, bool isEnded, string id)
    {
        if (ConditionId.TryParse(name, out var condition) && catalogue.Conditions.TryGetValue(condition, out var known))
        {
            facts.Add(new PaperFact(known, from, to, isEnded, id));
        }
    }

    private static DateTimeOffset? Day(JsonNode? text, bool last) => text is null ? null
        : new DateTimeOffset(DateOnly.Parse(text.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture).ToDateTime(last ? new TimeOnly(23, 59, 59) : TimeOnly.MinValue), TimeSpan.FromHours(2));

    private void PutOnRecord(PaperFact fact)
    {
        var sources = fact.Condition.EvaluatedFrom.Where(Counts).ToArray();
        if (sources.OfType<EvidenceSource.Statement>().Any())
        {
            Attestations[fact.Condition.Id.Value] = "on record";
        }
        else if (sources.OfType<EvidenceSource.InForceAgreement>().FirstOrDefault() is { } agreement)
        {
            PutAgreement(fact, agreement.Kind);
        }
        else if (sources.OfType<EvidenceSource.RecordedDecision>().Any())
        {
            PutDecision(fact);
        }
        else if (Choose(sources.OfType<EvidenceSource.RecordedRelationship>()) is { } recorded)
        {
            PutRelationship(fact, recorded);
        }
    }

    /// <summary>Where either end may show it, the end that does not ask: the asker's own relationships would show that the client is the asker's too.</summary>
    private EvidenceSource.RecordedRelationship? Choose(IEnumerable<EvidenceSource.RecordedRelationship> sources) =>
        sources.OrderBy(source => source.Between == (IsRead ? RelationshipEnds.Recipient : RelationshipEnds.Source) ? 1 : 0).FirstOrDefault();

    private void PutDecision(PaperFact fact) => relationships.Add(new Relationship
    {
        Id = $"{fact.Id}-{relationships.Count}",
        Kind = fact.Condition.Id.Value,
        Status = fact.IsEnded ? RelationshipStatus.Ended : RelationshipStatus.Active,
        FromOrganisation = FromOrganisation,
        ToOrganisation = ToOrganisation,
        From = fact.From ?? DateTimeOffset.UnixEpoch,
        To = fact.To,
        Scope = new DecisionScope { Items = @case.Request.Items, Sector = @case.Request.To.Sector, Role = @case.Request.To.Role, Purpose = @case.Request.Purpose ?? default },
    });

    private void PutAgreement(PaperFact fact, string kind)
    {
        if (!fact.IsEnded)
        {
            agreements.Add(new Agreement
            {
                Id = fact.Id + agreements.Count,
                Kind = kind,
                Parties = [FromOrganisation, ToOrganisation],
                Flows = [.. catalogue.Rules.Keys],
                From = fact.From ?? DateTimeOffset.UnixEpoch,
                To = fact.To,
            });
        }
    }

    private void PutRelationship(PaperFact fact, EvidenceSource.RecordedRelationship recorded)
    {
        // With days of grace and without them are two conditions: one that only just ended shows the former alone.
        var justEnded = recorded.GraceDays > 0 && !States("referral-active");
        var relationship = new Relationship
        {
            Id = $"{fact.Id}-{relationships.Count}",
            Kind = recorded.Kinds[0],
            Status = fact.IsEnded || justEnded ? RelationshipStatus.Ended : RelationshipStatus.Active,
            From = fact.From ?? DateTimeOffset.UnixEpoch,
            To = fact.To ?? (justEnded ? @case.AsOf.AddDays(-1) : null),
        };
        switch (recorded.Between)
        {
            case RelationshipEnds.Organisations:
                relationships.Add(relationship with { FromOrganisation = FromOrganisation, ToOrganisation = ToOrganisation });
                break;
            case RelationshipEnds.BothEnds when IsPerson:
                relationships.Add(relationship with { Professional = ThreeFacesTests.Person });
                relationships.Add(relationship with { Id = relationship.Id + "-other", ToOrganisation = OtherOrganisation });
                break;
            case RelationshipEnds.BothEnds:
                relationships.Add(relationship with { FromOrganisation = FromOrganisation, ToOrganisation = ToOrganisation });
                break;
            case RelationshipEnds.Requester:
                relationships.Add(relationship with { ToOrganisation = OwnOrganisation });
                break;
            case RelationshipEnds.RequesterProfessional:
                relationships.Add(relationship with { Professional = ThreeFacesTests.Person, ToOrganisation = OwnOrganisation });
                break;
            default:
                relationships.Add(relationship with { ToOrganisation = recorded.Between == RelationshipEnds.Source ? FromOrganisation : ToOrganisation });
                break;
        }
    }

    /// <summary>On paper a circumstance says that the consent covers feedback, or that it does not; on record the consent itself does.</summary>
    private ConsentRecord WithFeedback(ConsentRecord consent)
    {
        var covered = Covered(facts.Select(static fact => fact.Condition)).ToArray();
        var asked = @case.Targets.Where(target => RuleId.TryParse(target, out var rule) && catalogue.Rules.ContainsKey(rule))
            .SelectMany(target => catalogue.Rules[RuleId.Parse(target)] is var rule ? rule.Conditions.Concat(rule.Pairs.SelectMany(static pair => pair.Conditions)) : []);
        var uncovered = Covered(asked.Select(condition => catalogue.Conditions[condition])).Except(covered);
        return consent.Type == ConsentType.Permit && !consent.AllItems ? consent with { Items = [.. consent.Items.Union(covered).Except(uncovered)] } : consent;
    }

    private static IEnumerable<DataItemId> Covered(IEnumerable<Condition> conditions) =>
        conditions.SelectMany(static condition => condition.EvaluatedFrom.OfType<EvidenceSource.ConsentCovers>()).Select(static source => source.Item);
}
