// What holds for every request and every state.
using System.Collections.Concurrent;
using CsCheck;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecisionPropertyTests
{
    private static readonly LegalCatalogue Law = Catalogues.Shipped;
    private static readonly Deployment Open = new() { Organisations = [], Systems = [] };
    private static readonly PolicyDecisionPoint Point = new(Law, Open);
    private static readonly OrganisationId[] Organisations = [OrganisationId.Parse("org-a"), OrganisationId.Parse("org-b")];

    private static readonly Gen<DataItemId> Item = Pick(Law.Items.Keys);

    private static readonly Gen<ConsentRecord> Consent =
        from form in Pick(Law.ConsentForms.Keys)
        from items in Item.Array[1, 6]
        from all in Gen.Bool
        from sector in Pick(Law.Sectors.Keys)
        from purpose in Pick(Law.Purposes.Keys)
        from start in Gen.Int[-100, 20]
        from status in Gen.Enum<ConsentStatus>()
        from giver in Pick(["client", "guardian"])
        from id in Gen.Int[1, 9]
        select new ConsentRecord
        {
            Id = $"c{id}", Version = 1, Form = form, Type = ConsentType.Permit, Status = status, Items = [.. items], AllItems = all,
            RecipientSector = sector, Purpose = purpose, From = DemoWorld.Noon.AddDays(start), To = DemoWorld.Noon.AddDays(start + 60), GivenBy = giver, Written = true,
        };

    /// <summary>A request that some rule speaks of, with everything the rule asks for except what chance takes away.</summary>
    private static readonly Gen<(AccessRequest Request, ConsentState State)> Scene =
        from rule in Pick(Law.Rules.Values.Where(static rule => rule.Purpose is not null).OrderBy(static rule => rule.Id.Value))
        from pair in Pick(rule.Pairs)
        from extra in Item.Array[0, 3]
        from dropped in Gen.Int[0, 6]
        from age in Gen.Int[5, 60]
        from consents in Consent.Array[0, 4]
        from channel in Gen.Enum<Channel>()
        select (Request(rule, pair, extra, channel, dropped), State(rule, pair, age, dropped, consents));

    [Fact]
    public void AddingAConsentNeverTakesAnItemAway() =>
        Gen.Select(Scene, Consent).Sample((scene, consent) =>
            Assert.Subset(Permitted(scene.Request, scene.State with { Consents = scene.State.Consents.Add(consent) }), Permitted(scene.Request, scene.State)), iter: 5000);

    [Fact]
    public void AddingAProhibitionNeverGivesAnItem() =>
        Gen.Select(Scene, Consent).Sample((scene, consent) =>
            Assert.Subset(
                Permitted(scene.Request, scene.State),
                Permitted(scene.Request, scene.State with { Consents = scene.State.Consents.Add(consent with { Type = ConsentType.Prohibition }) })), iter: 5000);

    [Fact]
    public void WithdrawingAConsentNeverGivesAnItem() =>
        Scene.Sample(scene => Assert.All(scene.State.Consents, consent => Assert.Subset(
            Permitted(scene.Request, scene.State),
            Permitted(scene.Request, scene.State with { Consents = scene.State.Consents.Replace(consent, consent with { Status = ConsentStatus.Withdrawn }) }))), iter: 2000);

    [Fact]
    public void NarrowingTheDeploymentNeverGivesAnItem() =>
        Gen.Select(Scene, Pick(Law.Rules.Keys), Item.Array[0, 8]).Sample((scene, off, items) =>
        {
            var scope = new RoleScope { Role = scene.Request.To.Role, Items = [.. Law.Items.Keys] };
            var before = Open with { RoleScopes = [scope] };
            var after = before with { RulesOff = [off], RoleScopes = [scope with { Items = [.. items] }] };
            Assert.Subset(Permitted(scene.Request, scene.State, new PolicyDecisionPoint(Law, before)), Permitted(scene.Request, scene.State, new PolicyDecisionPoint(Law, after)));
        }, iter: 120);

    [Fact]
    public void TheOrderOfRecordsDoesNotMatter() =>
        Scene.Sample(scene => Assert.Equal(
            Decide(scene.Request, scene.State),
            Decide(scene.Request, scene.State with
            {
                Consents = [.. scene.State.Consents.Reverse()],
                Relationships = [.. scene.State.Relationships.Reverse()],
                Agreements = [.. scene.State.Agreements.Reverse()],
            })), iter: 2000);

    [Fact]
    public void EveryItemGetsExactlyOneOutcomeAndAPermitNamesItsStatute() =>
        Scene.Sample(scene =>
        {
            var decision = Point.Decide(scene.Request, scene.State, DemoWorld.Noon);
            Assert.Equal(scene.Request.Items, decision.Items.Select(static item => item.Item));
            Assert.All(decision.Permits, static permit => Assert.NotEmpty(permit.Basis));
            Assert.True(decision.HoldsUntil is null || decision.HoldsUntil >= DemoWorld.Noon);
        }, iter: 2000);

    [Fact]
    public void WhatHoldsUntilAnInstantHoldsAtThatInstant() =>
        Scene.Sample(scene =>
        {
            var decision = Point.Decide(scene.Request, scene.State, DemoWorld.Noon);
            if (decision.HoldsUntil is { } end)
            {
                var later = Point.Decide(scene.Request, scene.State, end);
                Assert.True(Permitted(scene.Request, scene.State).IsSubsetOf(later.Permits.Select(static permit => permit.Item)), $"{end:O}: {string.Join('\n', later.Denials)}");
            }
        }, iter: 2000);

    /// <summary>The days on which something in the law begins, and the days around them.</summary>
    private static readonly DateOnly[] Turns =
        [.. Law.Rules.Values.SelectMany(static rule => rule.LegalBasis.Select(static statute => (statute.ValidFrom, statute.ValidTo)).Append((rule.ValidFrom, rule.ValidTo)))
            .SelectMany(static range => new[] { range.Item1, range.Item2 }).OfType<DateOnly>().Distinct().Order()
            .SelectMany(static day => new[] { day.AddDays(-1), day, day.AddDays(1) })];

    [Fact]
    public void ADecisionAtADateIsTheDecisionOfTheLawInForceThen() =>
        Gen.Select(Scene, Pick(Turns)).Sample((scene, day) =>
        {
            var at = new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.FromHours(2));
            var state = Moved(scene.State, at - DemoWorld.Noon);

            Assert.Equal(Permits(Point.Decide(scene.Request, state, at)), Permits(PointOn(day).Decide(scene.Request, state, at)));
        }, iter: 4000);

    private static readonly ConcurrentDictionary<DateOnly, PolicyDecisionPoint> Points = new();

    /// <summary>A law without dates: just what is in force on a day.</summary>
    private static PolicyDecisionPoint PointOn(DateOnly day) => Points.GetOrAdd(day, static day =>
    {
        static bool IsInForce(DateOnly? from, DateOnly? to, DateOnly day) => (from is null || from <= day) && (to is null || day <= to);
        var rules = Law.Rules.Values
            .Where(rule => IsInForce(rule.ValidFrom, rule.ValidTo, day))
            .Select(rule => rule with
            {
                ValidFrom = null,
                ValidTo = null,
                LegalBasis = [.. rule.LegalBasis.Where(statute => IsInForce(statute.ValidFrom, statute.ValidTo, day)).Select(static statute => statute with { ValidFrom = null, ValidTo = null })],
            })
            .Where(static rule => !rule.LegalBasis.IsEmpty);
        return new PolicyDecisionPoint(Law.With(rules), Open);
    });

    private static string Permits(Decision decision) => string.Join('\n', decision.Permits.Select(static permit => System.Text.Json.JsonSerializer.Serialize(permit)));

    private static ConsentState Moved(ConsentState state, TimeSpan by) => state with
    {
        Facts = state.Facts with { BirthDate = state.Facts.BirthDate?.AddDays(by.Days) },
        Consents = [.. state.Consents.Select(consent => consent with { From = consent.From + by, To = consent.To + by })],
        Relationships = [.. state.Relationships.Select(relationship => relationship with { From = relationship.From + by, To = relationship.To + by })],
        Agreements = [.. state.Agreements.Select(agreement => agreement with { From = agreement.From + by, To = agreement.To + by })],
    };

    private static Gen<T> Pick<T>(IEnumerable<T> choices)
    {
        var all = choices.ToArray();
        return Gen.Int[0, all.Length - 1].Select(index => all[index]);
    }

    private static HashSet<DataItemId> Permitted(AccessRequest request, ConsentState state, PolicyDecisionPoint? point = null, DateTimeOffset? at = null) =>
        [.. (point ?? Point).Decide(request, state, at ?? DemoWorld.Noon).Permits.Select(static permit => permit.Item)];

    private static string Decide(AccessRequest request, ConsentState state) => DecisionTotalityTests.Text(Point.Decide(request, state, DemoWorld.Noon));

    private static AccessRequest Request(DisclosureRule rule, RulePair pair, DataItemId[] extra, Channel channel, int dropped)
    {
        var conditions = rule.Conditions.Concat(pair.Conditions).ToArray();
        return new AccessRequest
        {
            From = new Party { Sector = pair.From.Sector, Role = pair.From.Roles[0], Organisation = Organisations[0], Professional = ProfessionalId.Parse("p-1") },
            To = new Party { Sector = pair.To.Sector, Role = pair.To.Roles[0], Organisation = Organisations[1], Professional = ProfessionalId.Parse("p-2") },
            Direction = rule.Direction,
            Purpose = pair.Purpose ?? rule.Purpose,
            Items = [.. pair.Items.Concat(extra).Distinct()],
            Channel = channel,
            Attestations = [.. conditions.Where((_, index) => index != dropped - 1).Select(static condition => new Attestation { Condition = condition, Reference = "as said", BySystem = true })],
        };
    }

    private static ConsentState State(DisclosureRule rule, RulePair pair, int age, int dropped, ConsentRecord[] consents)
    {
        var kinds = Law.Conditions.Values.SelectMany(static condition => condition.EvaluatedFrom);
        return new ConsentState
        {
            Client = ClientId.Parse("0123456789abcdef0123456789abcdef"),
            Revision = 1,
            AgreementsRevision = 1,
            Facts = new ClientFacts
            {
                BirthDate = DateOnly.FromDateTime(DemoWorld.Noon.DateTime).AddYears(-age),
                SafetyProhibition = dropped == 2,
                CompulsoryAge = age < 18,
                SchoolForm = new[] { "basic", "upper-secondary", "vocational", "tuva" }[dropped % 4],
                Capacity = age < 18 ? [new CapacityDecision { Code = "2", Context = "health" }, new CapacityDecision { Code = "2", Context = "student-welfare" }] : [],
            },
            Relationships = [.. Law.Conditions.Values.Where(static condition => condition.IsDecided).Select(condition => new Relationship
            {
                Id = $"d-{condition.Id}", Kind = condition.Id.Value, Status = RelationshipStatus.Active, FromOrganisation = Organisations[0], ToOrganisation = Organisations[1],
                From = DemoWorld.Noon.AddDays(-1), To = DemoWorld.Noon.AddDays(dropped * 3),
                Scope = new DecisionScope { Items = pair.Items, Sector = pair.To.Sector, Role = pair.To.Roles[0], Purpose = pair.Purpose ?? rule.Purpose ?? default },
            }), .. kinds.OfType<EvidenceSource.RecordedRelationship>().SelectMany(static source => source.Kinds).Distinct().Select(kind => new Relationship
            {
                Id = $"r-{kind}", Kind = kind, Status = RelationshipStatus.Active, FromOrganisation = Organisations[0], ToOrganisation = Organisations[1],
                Professional = ProfessionalId.Parse("p-1"), From = DemoWorld.Noon.AddDays(-1), To = DemoWorld.Noon.AddDays(dropped * 3),
            })],
            Agreements = [.. kinds.OfType<EvidenceSource.InForceAgreement>().Select(static source => source.Kind).Distinct().Select(kind => new Agreement
            {
                Id = $"a-{kind}", Kind = kind, Parties = [.. Organisations], Flows = [rule.Id], From = DemoWorld.Noon.AddDays(-9), To = DemoWorld.Noon.AddDays(9),
            })],
            Consents = [.. rule.Consents.Select((consent, index) => new ConsentRecord
            {
                Id = $"own-{index}", Version = 1, Form = consent.Form, Type = ConsentType.Permit, Status = ConsentStatus.Active, Items = pair.Items, RecipientSector = pair.To.Sector,
                Purpose = pair.Purpose ?? rule.Purpose, From = DemoWorld.Noon.AddDays(-20), To = DemoWorld.Noon.AddDays(20), GivenBy = "client", Written = true,
            }), .. consents],
        };
    }
}
