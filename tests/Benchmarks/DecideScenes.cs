// The requests and states that the decision is measured on.
using System.Collections.Immutable;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Benchmarks;

/// <summary>
/// The exercise counsellor of the story reads from the patient record: one consent, a referral, an agreement, an access class, four conditions.
/// No shipped rule on consent carries more than six items, so EX-02 is widened here to all items; the never rules stay as shipped.
/// </summary>
internal sealed class DecideScenes
{
    private static readonly OrganisationId Record = OrganisationId.Parse("pohjois-savo");
    private static readonly OrganisationId Counselling = OrganisationId.Parse("kuopio");
    private readonly LegalCatalogue law = Widened();

    internal DecideScenes()
    {
        AllItems = [.. law.Items.Keys.OrderBy(static item => item.Value, StringComparer.Ordinal)];
        var open = new RoleScope { Role = RoleId.Parse("exercise-counsellor"), Items = AllItems };
        Point = new PolicyDecisionPoint(law, new Deployment { Organisations = [], Systems = [], RoleScopes = [open] });
        Adult = MakeState(new DateOnly(1980, 3, 1), "client", []);
        Minor = MakeState(new DateOnly(2014, 3, 1), "guardian", [new CapacityDecision { Code = "1", Context = "health", From = Noon.AddDays(-300), To = Noon.AddDays(300) }]);
        WithoutConsent = Adult with { Consents = [] };
        Permitted = [.. Point.Decide(Read(AllItems), Adult, Noon).Permits.Select(static permit => permit.Item)];
    }

    internal static DateTimeOffset Noon { get; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(2));

    internal PolicyDecisionPoint Point { get; }

    internal ImmutableArray<DataItemId> AllItems { get; }

    /// <summary>The items that no never rule keeps from the counsellor.</summary>
    internal ImmutableArray<DataItemId> Permitted { get; }

    internal ConsentState Adult { get; }

    /// <summary>A child of twelve whose guardian consented, because a professional recorded that the child cannot decide.</summary>
    internal ConsentState Minor { get; }

    internal ConsentState WithoutConsent { get; }

    /// <summary>Codes as they come in a call: equal to the catalogue's, but not the same objects.</summary>
    internal static ImmutableArray<DataItemId> Fresh(IEnumerable<DataItemId> items) => [.. items.Select(static item => DataItemId.Parse(new string(item.Value)))];

    internal AccessRequest Read(IEnumerable<DataItemId> items) => new()
    {
        From = new Party { Sector = SectorId.Parse("health"), Role = RoleId.Parse("health-professional"), Organisation = Record },
        To = new Party { Sector = SectorId.Parse("municipal-sports"), Role = RoleId.Parse("exercise-counsellor"), Organisation = Counselling, Professional = ProfessionalId.Parse("ohjaaja-salmi") },
        Purpose = PurposeId.Parse("exercise-counselling"),
        Direction = Direction.Read,
        Items = Fresh(items),
        Attestations = [new Attestation { Condition = ConditionId.Parse("necessity-statement"), Reference = "planning the first visit" }],
    };

    /// <summary>A teacher asks for the same: no rule.</summary>
    internal AccessRequest ReadByTeacher(IEnumerable<DataItemId> items) => Read(items) with
    {
        To = new Party { Sector = SectorId.Parse("education"), Role = RoleId.Parse("teacher"), Organisation = Counselling },
    };

    /// <summary>The client's own view: every item of the catalogue goes, without consent or condition.</summary>
    internal AccessRequest ReadOwn(IEnumerable<DataItemId> items) => Read(items) with
    {
        To = new Party { Sector = SectorId.Parse("client"), Role = RoleId.Parse("client") },
        Purpose = null,
    };

    private ConsentState MakeState(DateOnly born, string givenBy, ImmutableArray<CapacityDecision> capacity) => new()
    {
        Client = ClientId.Parse("0123456789abcdef0123456789abcdef"),
        Revision = 3,
        AgreementsRevision = 1,
        Facts = new ClientFacts { BirthDate = born, SafetyProhibition = false, Capacity = capacity },
        Relationships = [Relate("referral"), Relate("enrolment"), Relate("team")],
        Agreements = [new Agreement { Id = "cooperation-1", Kind = "cooperation", Parties = [Record, Counselling], Flows = [RuleId.Parse("EX-01")], From = Noon.AddDays(-300), To = Noon.AddDays(300) }],
        Consents =
        [
            Consent("c-1", givenBy) with { Form = ConsentFormId.Parse("LUPA"), Type = ConsentType.Prohibition, Items = [] },
            Consent("c-2", givenBy),
            Consent("c-3", givenBy) with { RecipientSector = SectorId.Parse("third-sector"), Purpose = PurposeId.Parse("voluntary-hobby") },
        ],
    };

    private static Relationship Relate(string kind) => new()
    {
        Id = $"{kind}-1", Kind = kind, Status = RelationshipStatus.Active, FromOrganisation = Record, ToOrganisation = Counselling, From = Noon.AddDays(-30), To = Noon.AddDays(30),
    };

    private ConsentRecord Consent(string id, string givenBy) => new()
    {
        Id = id, Version = 1, Form = ConsentFormId.Parse("SECRECY"), Type = ConsentType.Permit, Status = ConsentStatus.Active, Items = Fresh(AllItems),
        RecipientSector = SectorId.Parse("municipal-sports"), Purpose = PurposeId.Parse("exercise-counselling"), From = Noon.AddDays(-60), To = Noon.AddDays(60), GivenBy = givenBy,
    };

    private static LegalCatalogue Widened()
    {
        var texts = CatalogueReader.EmbeddedTexts().Select(static file => file.Name != "rules/EX-02.yaml" ? file : (file.Name,
            file.Text.Replace("items: [person-identity, exercise-restriction, exercise-goal-plan, exercise-measures]", "items: \"*\"", StringComparison.Ordinal)));
        return CatalogueReader.Read(texts) is CatalogueReading.Loaded loaded ? loaded.Catalogue : throw new InvalidOperationException("The catalogue does not load.");
    }
}
