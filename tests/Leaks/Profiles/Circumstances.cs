// What can be on record about a client so that as much as possible is permitted.
using System.Collections.Immutable;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Leaks.Profiles;

/// <summary>A client of some age, school form and duty to learn, with every relationship, agreement and consent that the catalogue knows.</summary>
internal sealed record Circumstances(int Age, bool IsCompulsory, string? SchoolForm)
{
    private static readonly DateTimeOffset Long = DateTimeOffset.UnixEpoch;

    private static readonly ImmutableArray<EvidenceSource> Evidence = [.. GatewayWorld.Catalogue.Conditions.Values.SelectMany(static condition => condition.EvaluatedFrom)];

    /// <summary>Every combination that some condition of the catalogue asks about.</summary>
    public static IReadOnlyList<Circumstances> All =>
    [
        .. from age in new[] { 40, 19, 16, 10 }
           from compulsory in new[] { false, true }
           from form in Evidence.OfType<EvidenceSource.SchoolForm>().SelectMany(static source => source.Forms).Distinct().Order().Prepend(null)
           select new Circumstances(age, compulsory, form),
    ];

    /// <summary>The scene of a profile in these circumstances.</summary>
    /// <param name="point">Decides.</param>
    /// <param name="law">The catalogue.</param>
    /// <param name="profile">Who asks whom.</param>
    /// <param name="organisation">The asker's organisation.</param>
    public Scene Make(PolicyDecisionPoint point, LegalCatalogue law, Profile profile, string organisation)
    {
        var (source, recipient) = (Profiling.Find(profile.Source, "holder"), Profiling.Find(profile.Recipient, organisation));
        var stated = profile.Rules.SelectMany(rule => rule.Conditions.Concat(rule.Pairs.SelectMany(static pair => pair.Conditions))).Distinct()
            .Where(condition => law.Conditions[condition].EvaluatedFrom.OfType<EvidenceSource.Statement>().Any()).ToImmutableArray();
        var scene = new Scene
        {
            Source = source,
            Recipient = recipient,
            Purpose = profile.Purpose,
            Direction = profile.Direction,
            Stated = stated,
            OnRecord = state => Fill(state, law, profile, source.Organisation, recipient.Organisation),
            Permitted = ImmutableDictionary<DataItemId, ImmutableArray<string>>.Empty,
        };
        return scene with { Permitted = Decide(point, law, scene) };
    }

    /// <summary>What is permitted of all items, were this on record.</summary>
    public static ImmutableDictionary<DataItemId, ImmutableArray<string>> Decide(PolicyDecisionPoint point, LegalCatalogue law, Scene scene)
    {
        var request = new AccessRequest
        {
            From = scene.From,
            To = scene.To,
            Direction = scene.Direction,
            Purpose = scene.Purpose,
            Items = [.. law.Items.Keys],
            Attestations = [.. scene.Stated.Select(static condition => new Attestation { Condition = condition, Reference = "on record", BySystem = true })],
        };
        var state = scene.OnRecord(new ConsentState { Client = FakeConsent.KeyOf("nobody"), Revision = 1, AgreementsRevision = 1 });
        return point.Decide(request, state, Profiling.Now).Permits.ToImmutableDictionary(static permit => permit.Item, static permit => permit.Masked);
    }

    private ConsentState Fill(ConsentState state, LegalCatalogue law, Profile profile, OrganisationId source, OrganisationId recipient) => state with
    {
        Facts = new ClientFacts
        {
            BirthDate = DateOnly.FromDateTime(Profiling.Now.DateTime).AddYears(-Age).AddDays(-40),
            SafetyProhibition = false,
            CompulsoryAge = IsCompulsory,
            SchoolForm = SchoolForm,
            Capacity = [.. law.MinorsPolicies.Keys.Concat(["health", "social", "student-welfare", "youth"]).Distinct().Select(static context => new CapacityDecision { Code = "2", Context = context, From = Long })],
        },
        Relationships =
        [
            .. Evidence.OfType<EvidenceSource.RecordedRelationship>().SelectMany(static evidence => evidence.Kinds).Distinct().SelectMany(kind => Relationships(kind, source, recipient)),
            .. law.Conditions.Values.Where(static condition => condition.IsDecided).Select(condition => new Relationship
            {
                Id = "decided-" + condition.Id.Value, Kind = condition.Id.Value, Status = RelationshipStatus.Active, FromOrganisation = source, ToOrganisation = recipient, From = Long,
                Scope = new DecisionScope { Items = [.. law.Items.Keys], Sector = profile.Recipient.Sector, Role = profile.Recipient.Role, Purpose = profile.Purpose },
            }),
        ],
        Agreements = [.. Evidence.OfType<EvidenceSource.InForceAgreement>().Select(static evidence => evidence.Kind).Distinct().Select(kind => new Agreement
        {
            Id = kind, Kind = kind, Parties = [source, recipient], Flows = [.. law.Rules.Keys], From = Long,
        })],
        Consents = [.. profile.Rules.SelectMany(static rule => rule.Consents.IsDefault ? [] : rule.Consents).Select(static requirement => requirement.Form).Distinct().Select(form => Consent(form, law, profile, recipient))],
    };

    private static IEnumerable<Relationship> Relationships(string kind, OrganisationId source, OrganisationId recipient)
    {
        var there = new Relationship { Id = kind, Kind = kind, Status = RelationshipStatus.Active, FromOrganisation = source, ToOrganisation = recipient, From = Long };
        yield return there;
        yield return there with { Id = kind + "-back", FromOrganisation = recipient, ToOrganisation = source };
        yield return there with { Id = kind + "-person", Professional = Profiling.Person };
    }

    private static ConsentRecord Consent(ConsentFormId form, LegalCatalogue law, Profile profile, OrganisationId recipient) => new()
    {
        Id = "consent-" + form.Value.ToUpperInvariant(),
        Version = 1,
        Form = form,
        Type = ConsentType.Permit,
        Status = ConsentStatus.Active,
        Items = [.. law.Items.Keys],
        RecipientSector = profile.Recipient.Sector,
        RecipientRole = profile.Recipient.Role,
        RecipientOrganisation = recipient,
        Purpose = profile.Purpose,
        From = Long,
        GivenBy = "client-and-guardian",
        Written = true,
    };
}
