// Random requests, states and dates for properties that must hold whatever comes.
using System.Collections.Immutable;
using CsCheck;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

/// <summary>Anything a caller might send: known and unknown codes, unset lists, dates from end to end of the calendar.</summary>
internal static class DecisionScenes
{
    private static readonly LegalCatalogue Law = Catalogues.Shipped;
    private static readonly OrganisationId?[] Organisations = [null, OrganisationId.Parse("org-a"), OrganisationId.Parse("org-b"), default(OrganisationId)];
    private static readonly ProfessionalId?[] People = [null, ProfessionalId.Parse("p-1"), ProfessionalId.Parse("p-2"), default(ProfessionalId)];

    private static readonly Gen<DataItemId> Item = Code(Law.Items.Keys, DataItemId.Parse("shoe-size"));
    private static readonly Gen<SectorId> Sector = Code(Law.Sectors.Keys.Append(RuleParty.Anybody.Sector), SectorId.Parse("shop"));
    private static readonly Gen<RoleId> Role = Code(Law.Roles.Keys.Append(RuleParty.Anybody.Roles[0]), RoleId.Parse("clerk"));
    private static readonly Gen<PurposeId?> Purpose = Code(Law.Purposes.Keys, PurposeId.Parse("marketing")).Nullable();
    private static readonly Gen<RuleId> Rule = Code(Law.Rules.Keys, RuleId.Parse("XX-99"));
    private static readonly Gen<ConditionId> Condition = Code(Law.Conditions.Keys, ConditionId.Parse("full-moon"));

    private static readonly string[] Kinds =
        [.. Law.Conditions.Values.SelectMany(static condition => condition.EvaluatedFrom).OfType<EvidenceSource.RecordedRelationship>().SelectMany(static source => source.Kinds).Distinct()
            .Concat(Law.Conditions.Values.Where(static condition => condition.IsDecided).Select(static condition => condition.Id.Value)).Order(), "friendship"];

    private static readonly string[] Deals =
        [.. Law.Conditions.Values.SelectMany(static condition => condition.EvaluatedFrom).OfType<EvidenceSource.InForceAgreement>().Select(static source => source.Kind).Distinct().Order(), "handshake"];

    private static readonly string[] Labels = [.. Law.Prohibitions.Values.SelectMany(static never => never.DocumentLabels).Distinct().Order(), "secret"];

    /// <summary>An instant: mostly near the story, sometimes at an end of the calendar.</summary>
    internal static Gen<DateTimeOffset> Instant { get; } = Gen.Frequency(
        (20, Gen.Int[-90, 400].Select(static days => DemoWorld.Noon.AddDays(days))),
        (1, Gen.Const(DateTimeOffset.MinValue)),
        (1, Gen.Const(DateTimeOffset.MaxValue)),
        (1, Gen.Const(new DateTimeOffset(9998, 12, 31, 23, 0, 0, TimeSpan.FromHours(-14)))),
        (1, Gen.Int[-720_000, 2_900_000].Select(static days => DemoWorld.Noon.AddDays(days))));

    private static readonly Gen<DateOnly?> Birth = Gen.Frequency(
        (10, Gen.Int[0, 36_000].Select(static days => DateOnly.FromDateTime(DemoWorld.Noon.DateTime).AddDays(-days))),
        (1, Gen.Const(DateOnly.MinValue)),
        (1, Gen.Const(DateOnly.MaxValue))).Nullable();

    private static readonly Gen<Party> Party =
        from sector in Sector
        from role in Role
        from organisation in OneOf(Organisations)
        from person in OneOf(People)
        select new Party { Sector = sector, Role = role, Organisation = organisation, Professional = person };

    private static readonly Gen<Attestation> Attestation =
        from condition in Condition
        from reference in OneOf(null, string.Empty, " ", "as said")
        from bySystem in Gen.Bool
        select new Attestation { Condition = condition, Reference = reference, BySystem = bySystem };

    /// <summary>Any request at all; half of them between parties that some rule speaks of.</summary>
    internal static Gen<AccessRequest> Request { get; } =
        from rule in OneOf(Law.Rules.Values.OrderBy(static rule => rule.Id.Value).ToArray())
        from known in Gen.Bool
        from parties in Gen.Select(Party, Party)
        from purpose in Purpose
        from direction in Gen.Int[0, 4]
        from channel in Gen.Int[0, 5]
        from items in Unset(Item.Array[0, 12])
        from attestations in Unset(Attestation.Array[0, 6])
        from labels in Unset(OneOf(Labels).Array[0, 2])
        from tagged in Gen.Select(Item, Unset(OneOf(Labels).Array[0, 2]))
        from atomic in Gen.Bool
        let pair = rule.Pairs[0]
        select new AccessRequest
        {
            From = known ? parties.Item1 with { Sector = pair.From.Sector, Role = pair.From.Roles[0] } : parties.Item1,
            To = known ? parties.Item2 with { Sector = pair.To.Sector, Role = pair.To.Roles[0] } : parties.Item2,
            Purpose = known ? pair.Purpose ?? rule.Purpose : purpose,
            Direction = known ? rule.Direction : (Direction)direction,
            Channel = (Channel)channel,
            Items = items.IsDefault ? items : items.AddRange(pair.Items.Take(6)),
            Attestations = attestations,
            ItemLabels = labels,
            ItemTags = ImmutableDictionary<DataItemId, ImmutableArray<string>>.Empty.Add(tagged.Item1, tagged.Item2),
            Atomic = atomic,
        };

    /// <summary>Any state at all.</summary>
    internal static Gen<ConsentState> State { get; } =
        from facts in Facts()
        from consents in Unset(Consent().Array[0, 6])
        from relationships in Unset(Relationship().Array[0, 8])
        from agreements in Unset(Agreement().Array[0, 4])
        select new ConsentState
        {
            Client = ClientId.Parse("0123456789abcdef0123456789abcdef"), Revision = 1, AgreementsRevision = 1,
            Facts = facts, Consents = consents, Relationships = relationships, Agreements = agreements,
        };

    private static Gen<ClientFacts> Facts() =>
        from birth in Birth
        from safety in OneOf<bool?>(null, true, false, false)
        from compulsory in Gen.Bool.Nullable()
        from school in OneOf("basic", "upper-secondary", "vocational", "circus", null)
        from rest in Gen.Int[0, 31]
        from capacity in Unset((
            from code in OneOf("1", "2", "3", "4", "x")
            from context in OneOf("health", "social", "student-welfare", "youth", "odd")
            from start in Instant.Nullable()
            from end in Instant.Nullable()
            select new CapacityDecision { Code = code, Context = context, From = start, To = end }).Array[0, 3])
        select new ClientFacts
        {
            BirthDate = birth, SafetyProhibition = safety, CompulsoryAge = compulsory, SchoolForm = school, Capacity = capacity,
            GuardianSafetyProhibition = rest == 1, GuardianBar = rest == 2, Deceased = rest == 3,
        };

    private static Gen<ConsentRecord> Consent() =>
        from form in Code(Law.ConsentForms.Keys, ConsentFormId.Parse("NOD"))
        from words in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 6], Gen.Bool, Gen.Bool)
        from items in Unset(Item.Array[0, 8])
        from sector in Sector.Nullable()
        from role in Role.Nullable()
        from purpose in Purpose
        from dates in Gen.Select(Instant, Instant.Nullable())
        from giver in OneOf("client", "guardian", "client-and-guardian", "neighbour")
        from id in Gen.Int[1, 99]
        select new ConsentRecord
        {
            Id = $"c{id}", Version = 1, Form = form, Type = (ConsentType)words.Item1, Status = (ConsentStatus)words.Item2, AllItems = words.Item3, Written = words.Item4, Items = items,
            RecipientSector = sector, RecipientRole = role, Purpose = purpose, From = dates.Item1, To = dates.Item2, GivenBy = giver,
        };

    private static Gen<Relationship> Relationship() =>
        from kind in OneOf(Kinds)
        from status in Gen.Int[0, 5]
        from ends in Gen.Select(OneOf(Organisations), OneOf(Organisations), OneOf(People))
        from dates in Gen.Select(Instant, Instant.Nullable())
        from id in Gen.Int[1, 99]
        from scope in Scope
        select new Relationship
        {
            Scope = scope, Id = $"r{id}", Kind = kind, Status = (RelationshipStatus)status, FromOrganisation = ends.Item1, ToOrganisation = ends.Item2, Professional = ends.Item3, From = dates.Item1, To = dates.Item2,
        };

    private static Gen<DecisionScope?> Scope { get; } = Gen.Frequency((3, Gen.Const((DecisionScope?)null)), (1,
        from items in Unset(Item.Array[0, 4])
        from ends in Gen.Select(Sector, Role)
        from purpose in Purpose
        select (DecisionScope?)new DecisionScope { Items = items, Sector = ends.Item1, Role = ends.Item2, Purpose = purpose ?? default }));

    private static Gen<Agreement> Agreement() =>
        from kind in OneOf(Deals)
        from parties in Unset(OneOf(Organisations).Array[0, 3])
        from flows in Unset(Rule.Array[0, 3])
        from dates in Gen.Select(Instant, Instant.Nullable())
        select new Agreement
        {
            Id = "a", Kind = kind, Parties = parties.IsDefault ? default : [.. parties.Select(static party => party ?? default)], Flows = flows, From = dates.Item1, To = dates.Item2,
        };

    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);

    private static Gen<T> Code<T>(IEnumerable<T> known, T unknown)
        where T : struct => OneOf([.. known.OrderBy(static code => code.ToString(), StringComparer.Ordinal), unknown, default]);

    private static Gen<ImmutableArray<T>> Unset<T>(Gen<T[]> list) => Gen.Frequency((9, list.Select(static all => all.ToImmutableArray())), (1, Gen.Const(default(ImmutableArray<T>))));
}
