// Every way in which a deployment file could try to open more than the law: it does not load, and says why in one sentence.
using Sisote.Policy.Deployments;

namespace Sisote.Tests.Policy;

public sealed class WideningDeploymentTests
{
    private const string Law = "A deployment can only narrow the law";

    [Theory]

    // Switching on.
    [InlineData("roleScopes:", "rulesOn: [EX-99]\nroleScopes:", "rulesOn", Law)]
    [InlineData("roleScopes:", "rulesOn: [SO-08]\nroleScopes:", "rulesOn", Law)]
    [InlineData("roleScopes:", "rules:\n  SO-08: {enabled: true}\nroleScopes:", "rules", Law)]
    [InlineData("roleScopes:", "prohibitionsOff: [P-11]\nroleScopes:", "prohibitionsOff", Law)]

    // Dates, conditions, consents, statutes, words of the law.
    [InlineData("roleScopes:", "rules:\n  EX-02: {validTo: 2099-12-31}\nroleScopes:", "rules", Law)]
    [InlineData("roleScopes:", "validFrom: 2020-01-01\nroleScopes:", "validFrom", Law)]
    [InlineData("roleScopes:", "conditionsOff: [necessity-statement]\nroleScopes:", "conditionsOff", Law)]
    [InlineData("roleScopes:", "conditions: {referral-active: true}\nroleScopes:", "conditions", Law)]
    [InlineData("roleScopes:", "consentForms: {SECRECY: {itemised: false}}\nroleScopes:", "consentForms", Law)]
    [InlineData("roleScopes:", "items: [diagnosis]\nroleScopes:", "items", Law)]
    [InlineData("roleScopes:", "roles:\n  - {id: caretaker, sector: municipal-sports}\nroleScopes:", "roles", Law)]
    [InlineData("roleScopes:", "sectors: [museum]\nroleScopes:", "sectors", Law)]
    [InlineData("roleScopes:", "purposes: [marketing]\nroleScopes:", "purposes", Law)]
    [InlineData("roleScopes:", "minorsPolicy: {health: guardian}\nroleScopes:", "minorsPolicy", Law)]

    // An item more for a role than any rule gives it.
    [InlineData("items: [person-identity, person-contact,", "items: [person-identity, diagnosis,", "diagnosis", "No rule of the catalogue gives `diagnosis` to role `exercise-counsellor`; a deployment cannot widen the law.")]
    [InlineData("items: [person-identity, person-contact,", "items: [person-identity, horoscope,", "horoscope", "Item `horoscope` is not defined.")]

    // A role more for a system: unknown, of another sector, or for a purpose in which its sector has no part.
    [InlineData("actsAs: exercise-counsellor", "actsAs: caretaker", "caretaker", "Role `caretaker` is not defined.")]
    [InlineData("actsAs: exercise-counsellor", "actsAs: health-professional", "health-professional", "Role `health-professional` belongs to sector `health`, not to `municipal-sports`.")]
    [InlineData("purposes: [exercise-counselling]", "purposes: [emergency-care, multi-sector-employment, compulsory-education]", "compulsory-education", "No rule of the catalogue gives sector `health` a part in purpose `compulsory-education`; a deployment cannot widen the law.")]

    // A condition taken for shown by a system that cannot check it, or by an agreement that is no condition.
    [InlineData("attests: [relation-verified]", "attests: [human-release]", "human-release", "Condition `human-release` is not one that a system can check; a deployment cannot widen the law.")]
    [InlineData("flows: [EX-01]", "flows: [SO-01]", "SO-01", "An agreement of kind `cooperation` is no condition of rule `SO-01`; an agreement alone opens nothing.")]
    [InlineData("flows: [EX-01]", "flows: [EX-99]", "EX-99", "Rule `EX-99` is not defined.")]
    public void AFileThatWidensDoesNotLoadAndSaysWhyInOneSentence(string good, string bad, string culprit, string message)
    {
        var text = DemoWorld.DeploymentText;
        var at = text.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0);

        var faulty = Assert.IsType<DeploymentReading.Faulty>(DeploymentReader.Read("sisote.yaml", text[..at] + bad + text[(at + good.Length)..], Catalogues.Shipped));

        var fault = Assert.Single(faulty.Faults, fault => fault.Message.Contains($"`{culprit}`", StringComparison.Ordinal));
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Line > 1);
        Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARuleSwitchedOffByTheLawStaysOffInEveryDeploymentThatLoads()
    {
        var point = new Sisote.Policy.PolicyDecisionPoint(Catalogues.Shipped, DemoWorld.Deployment with
        {
            RoleScopes = [new RoleScope { Role = Sisote.Policy.Ids.RoleId.Parse("health-professional"), Items = [.. Catalogues.Shipped.Items.Keys] }],
        });
        var request = DemoWorld.Read("diagnosis") with { To = DemoWorld.Record, Purpose = Sisote.Policy.Ids.PurposeId.Parse("care") };

        Assert.True(point.Decide(request, DemoWorld.Aino, DemoWorld.Noon).DeniesAll);
    }
}
