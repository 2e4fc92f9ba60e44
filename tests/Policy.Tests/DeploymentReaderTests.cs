// A deployment can narrow the law and never widen it.
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Policy;

public sealed class DeploymentReaderTests
{
    [Fact]
    public void TheDemoDeploymentOnlyNarrows()
    {
        Assert.Equal((4, 6, 3), (DemoWorld.Deployment.Organisations.Length, DemoWorld.Deployment.Systems.Length, DemoWorld.Deployment.Agreements.Length));
        Assert.Equal("http://127.0.0.1:8091", DemoWorld.Deployment.FindSystem(SystemId.Parse("pohjois-savo-record"))!.Adapter!.Settings["documents"]);
    }

    [Theory]
    [InlineData("id: kuopio-portal", "id: sisote-portal", "`sisote-portal` is reserved")]
    [InlineData("sector: municipal-sports", "sector: municipal-games", "Sector `municipal-games` is not defined.")]
    [InlineData("actsAs: exercise-counsellor", "actsAs: teacher", "Role `teacher` belongs to sector `education`, not to `municipal-sports`.")]
    [InlineData("purposes: [exercise-counselling]", "purposes: [rehabilitation, multi-sector-employment, compulsory-education]", "No rule of the catalogue gives sector `health` a part in purpose `compulsory-education`; a deployment cannot widen the law.")]
    [InlineData("attests: [relation-verified]", "attests: [necessity-statement]", "Condition `necessity-statement` is not one that a system can check; a deployment cannot widen the law.")]
    [InlineData("roleScopes:", "rulesOn: [SO-08]\nroleScopes:", "A deployment can only narrow the law")]
    [InlineData("items: [person-identity, person-contact,", "items: [person-identity, diagnosis,", "No rule of the catalogue gives `diagnosis` to role `exercise-counsellor`; a deployment cannot widen the law.")]
    [InlineData("flows: [EX-01]", "flows: [EX-02]", "An agreement of kind `cooperation` is no condition of rule `EX-02`; an agreement alone opens nothing.")]
    [InlineData("kind: on-behalf", "kind: friendship", "No condition of the catalogue asks for an agreement of kind `friendship`.")]
    [InlineData("roleScopes:", "rulesOff: [EX-99]\nroleScopes:", "Rule `EX-99` is not defined.")]
    [InlineData("id: kuopio-koulu\n", "id: kuopio-portal\n", "System `kuopio-portal` is already defined")]
    [InlineData("keys: keys/kuopio-koulu.jwks.json", "keys: ../../etc/keys.json", "`keys` must be a path below the folder of the deployment file.")]
    [InlineData("organisation: kuopion-koulut", "organisation: muualla", "Organisation `muualla` is not defined.")]
    [InlineData("to: 2027-12-31}", "to: 2025-12-31}", "`to` lies before `from`.")]
    public void AWideningOrFaultyFileDoesNotLoadAndSaysWhy(string good, string bad, string message)
    {
        var text = DemoWorld.DeploymentText;
        var at = text.IndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0);

        var faulty = Assert.IsType<DeploymentReading.Faulty>(DeploymentReader.Read("sisote.yaml", text[..at] + bad + text[(at + good.Length)..], Catalogues.Shipped));

        Assert.Contains(faulty.Faults, fault => fault.Line > 0 && fault.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("parties: [pohjois-savo, kuopio]", "parties: [pohjois-savo, siilinjärvi]", "`siilinjärvi` is not a code")]
    [InlineData("to: 2027-12-31}", "to: 2027-12-31", "Not readable as YAML")]
    [InlineData("organisation: kuopio\n", "organisation: kuopo\n", "Organisation `kuopo` is not defined. Did you mean `kuopio`?")]
    [InlineData("organisation: kuopio\n", "organisation: tampere\n", "Organisation `tampere` is not defined. There are: kallan-kulkijat, kuopio, kuopion-koulut, pohjois-savo.")]
    [InlineData("roles: [teacher, principal]", "roles: [teachr, principal]", "Role `teachr` is not defined. Did you mean `teacher`?")]
    public void OneMistakeIsOneFaultThatSaysWhatMayHaveBeenMeant(string good, string bad, string message)
    {
        var at = DemoWorld.DeploymentText.LastIndexOf(good, StringComparison.Ordinal);
        Assert.True(at >= 0);

        var faulty = Assert.IsType<DeploymentReading.Faulty>(DeploymentReader.Read("sisote.yaml", DemoWorld.DeploymentText[..at] + bad + DemoWorld.DeploymentText[(at + good.Length)..], Catalogues.Shipped));

        var fault = Assert.Single(faulty.Faults);
        Assert.True(fault.Line > 1, $"line {fault.Line}");
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARuleSwitchedOffPermitsNothing()
    {
        var off = new Sisote.Policy.PolicyDecisionPoint(Catalogues.Shipped, DemoWorld.Deployment with { RulesOff = [RuleId.Parse("EX-02")] });

        Assert.True(off.Decide(DemoWorld.Read("exercise-restriction"), DemoWorld.Aino, DemoWorld.Noon).DeniesAll);
    }
}
