// An agreement is a condition of some rules and sufficient for none.
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingAgreementTests
{
    private static readonly LegalCatalogue Law = Catalogues.Shipped;
    private static readonly PolicyDecisionPoint Point = new(Law, new Sisote.Policy.Deployments.Deployment { Organisations = [], Systems = [] });
    private static readonly OrganisationId[] Parties = [OrganisationId.Parse("org-a"), OrganisationId.Parse("org-b")];

    private static readonly string[] Kinds = [.. Law.Conditions.Values.SelectMany(static condition => condition.EvaluatedFrom).OfType<EvidenceSource.InForceAgreement>().Select(static source => source.Kind).Distinct(), "handshake"];

    private static readonly ConsentState Nothing = new() { Client = ClientId.Parse("0123456789abcdef0123456789abcdef"), Revision = 1, AgreementsRevision = 1, Facts = new ClientFacts { BirthDate = new DateOnly(1990, 1, 1), SafetyProhibition = false } };

    private static readonly ConsentState Everything = Nothing with
    {
        Agreements = [.. Kinds.Select(static kind => new Agreement { Id = kind, Kind = kind, Parties = [.. Parties], Flows = [.. Law.Rules.Keys], From = DateTimeOffset.UnixEpoch })],
    };

    /// <summary>Between all ends of all rules, for all items: what every agreement there is opens in an empty state asks for nothing but an agreement.</summary>
    [Fact]
    public void EveryAgreementTogetherOpensNothingThatAsksForAnythingElse()
    {
        var asked = 0;
        foreach (var (rule, pair) in Law.Rules.Values.SelectMany(static rule => rule.Pairs.Select(pair => (rule, pair))))
        {
            foreach (var role in pair.To.Roles)
            {
                var request = new AccessRequest
                {
                    From = new Party { Sector = pair.From.Sector, Role = pair.From.Roles[0], Organisation = Parties[0] },
                    To = new Party { Sector = pair.To.Sector, Role = role, Organisation = Parties[1] },
                    Direction = rule.Direction,
                    Purpose = pair.Purpose ?? rule.Purpose,
                    Items = [.. Law.Items.Keys],
                };
                var before = Point.Decide(request, Nothing, DemoWorld.Noon).Permits.Select(static permit => permit.Item).ToHashSet();
                foreach (var gained in Point.Decide(request, Everything, DemoWorld.Noon).Permits.Where(permit => !before.Contains(permit.Item)))
                {
                    Assert.Empty(Law.Rules[gained.Rule].Consents);
                    Assert.All(gained.Conditions, static shown => Assert.Contains(shown.Source, new[] { "agreement", "mask", "system", "clock" }));
                }

                asked++;
            }
        }

        Assert.True(asked > Law.Rules.Count);
    }

    [Fact]
    public void NoRuleAsksForAnAgreementAlone()
    {
        static bool IsAgreement(ConditionId id) => Law.Conditions[id].EvaluatedFrom.All(static source => source is EvidenceSource.InForceAgreement);

        var alone = Law.Rules.Values.Where(static rule => rule.Consents.IsEmpty && rule.Purpose is not null
            && rule.Pairs.Any(pair => rule.Conditions.Concat(pair.Conditions).ToArray() is { Length: > 0 } conditions && conditions.All(IsAgreement)));

        Assert.Empty(alone.Select(static rule => rule.Id.Value));
    }
}
