// Scenario files load only if everything that they name is known; a fault says where it is.
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Sisote.Host.Demo;
using Sisote.Host.House;
using Sisote.Host.Tour.Cases;

namespace Sisote.Tests.Host;

public sealed class ScenarioReaderTests : IDisposable
{
    private const string Good = """
        case: 6
        title: A case
        works: Something.
        mustNot: Something else.
        actors:
          - {id: nurse, system: kuopio-opiskeluhuolto, professional: thoit-saari, role: school-nurse, purpose: teaching-arrangement}
        steps:
          - title: The nurse becomes the responsible worker
            shows: works
            relationship: {as: nurse, name: responsible, about: lumi, kind: responsible-worker, to: pohjois-savo, professional: thoit-saari}
          - title: The nurse asks
            shows: must-not
            ask: {as: nurse, may: notify, items: [study-arrangement-need], about: lumi, other: kuopio-koulu}
            expect: {permitted: false, stayed: {study-arrangement-need: condition-missing}, rules: []}

        """;

    private readonly HouseOptions options = HouseOptions.Read(new ConfigurationBuilder().Build(), Directory.CreateTempSubdirectory("sisote-cases-").FullName, 8180);

    [Fact]
    public void EveryCaseIsPlayed() => Assert.Equal(Enumerable.Range(1, 15), CaseFiles.Cases);

    [Fact]
    public void EveryScenarioLoadsAndShowsBothSides()
    {
        var world = MakeWorld();

        foreach (var number in CaseFiles.Cases.Where(static number => number != CaseFiles.OfTheTour))
        {
            var scenario = CaseFiles.Read(number, world);
            Assert.Equal(number, scenario.Case);
            Assert.Contains(scenario.Steps, static step => step.IsNegative);
            Assert.Contains(scenario.Steps, static step => !step.IsNegative);
            Assert.All(scenario.Steps.Where(static step => step is AskStep or ReadStep), step => Assert.True(step.Expect.Permitted is not null, $"case {number}, {step.Title}: it asks, and expects no answer"));
            Assert.All(scenario.Steps.Where(static step => step is AskStep or ReadStep), step => Assert.True(step.Expect.Released is not null, $"case {number}, {step.Title}: it does not say what may come"));
        }
    }

    [Fact]
    public void TheScenarioInTheDocumentationLoads()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run inside a checkout.");
        }

        var text = File.ReadAllText(Path.Combine(folder.FullName, "docs", "cases.md"));
        var example = text.Split("```yaml\n")[1].Split("```")[0];

        var (read, faults) = ScenarioReader.Read("cases.md", example, MakeWorld());

        Assert.Empty(faults);
        Assert.Equal(13, Assert.IsType<Scenario>(read).Case);
        Assert.All(StepReader.Verbs, verb => Assert.Contains($"`{verb}`", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("command: {sisote: catalogue backtest /srv/cases --data /srv/sisote}", "Only `catalogue explain`")]
    [InlineData("command: {sisote: doctor}", "Only `catalogue explain`")]
    [InlineData("native: {system: pohjois-savo-record, user: dr-harju, get: 'http://169.254.169.254/latest'}", "A place below")]
    [InlineData("native: {system: pohjois-savo-record, user: dr-harju, get: ../admin}", "A place below")]
    [InlineData("native: {system: pohjois-savo-record, user: dr-harju, post: //elsewhere/view}", "A place below")]
    [InlineData("end-agreement: {id: ../consents}", "Letters, digits and hyphens.")]
    [InlineData("show-agreement: {id: ../log}", "Letters, digits and hyphens.")]
    [InlineData("network: {get: ../fhir/metadata}", "A place below /network")]
    [InlineData("network: {get: //elsewhere/offers}", "A place below /network")]
    [InlineData("network: {get: 'offers/{nothing}'}", "Nothing is called `nothing` so far.")]
    [InlineData("network: {get: offers, put: offers}", "Exactly one of `get`, `put` and `post`")]
    [InlineData("network: {post: groups/one, body: '{'}", "`body` is a text in JSON.")]
    [InlineData("network: {as: nobody, get: offers}", "There is no actor `nobody`.")]
    public void AScenarioReachesNothingBesideTheHouseOfTheCases(string step, string fault)
    {
        var (read, faults) = ScenarioReader.Read("own.yaml", $"case: 4\ntitle: t\nworks: w\nmustNot: m\nactors: []\nsteps:\n  - title: s\n    shows: works\n    {step}\n", MakeWorld());

        Assert.Null(read);
        Assert.Contains(faults, found => found.ToString()!.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("as: nurse, may", "as: nusre, may", 13, "There is no actor `nusre`. Did you mean `nurse`?")]
    [InlineData("    ask:", "    aks:", 11, "A step does exactly one thing.")]
    [InlineData("items: [study-arrangement-need], about", "items: [study-arrangement-needs], about", 13, "There is no item `study-arrangement-needs`. Did you mean `study-arrangement-need`?")]
    [InlineData("stayed: {study-arrangement-need", "stayed: {study-need", 14, "There is no item `study-need`.")]
    [InlineData("rules: []", "rules: [OH-99]", 14, "There is no rule `OH-99`.")]
    [InlineData("about: lumi, kind", "about: lumo, kind", 10, "There is no client `lumo`. Did you mean `lumi`?")]
    [InlineData("kind: responsible-worker", "kind: responsible-wroker", 10, "There is no kind of relationship `responsible-wroker`. Did you mean `responsible-worker`?")]
    [InlineData("other: kuopio-koulu}", "other: kuopio-kolu}", 13, "There is no system `kuopio-kolu`. Did you mean `kuopio-koulu`?")]
    [InlineData("role: school-nurse", "role: nurse", 6, "There is no role `nurse`.")]
    [InlineData("shows: must-not", "shows: maybe", 12, "There is no moment `maybe`.")]
    [InlineData("permitted: false", "permited: false", 14, "Unknown key `permited`. Did you mean `permitted`?")]
    [InlineData("case: 6", "case: 16", 1, "`case` is a number from 1 to 15.")]
    public void WhatIsNotKnownDoesNotLoadAndSaysWhere(string good, string bad, int line, string message)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);

        var (read, faults) = ScenarioReader.Read("own.yaml", Good.Replace(good, bad, StringComparison.Ordinal), MakeWorld());

        Assert.Null(read);
        Assert.Contains(faults, fault => fault.Line == line && fault.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public void AStepThatDoesTwoThingsDoesNotLoad()
    {
        var (read, faults) = ScenarioReader.Read("own.yaml", Good.Replace("    shows: must-not\n", "    shows: must-not\n    wait: {register: kuopio-koulu}\n", StringComparison.Ordinal), MakeWorld());

        Assert.Null(read);
        Assert.Contains(faults, static fault => fault.Message.StartsWith("A step does exactly one thing.", StringComparison.Ordinal));
    }

    [Fact]
    public void TheHouseOfTheCasesHasTheDemonstrationsSystemsAndItsOwn()
    {
        MakeWorld();

        var deployment = LawAndDeployment.ReadDeployment(options.DeploymentFile, LawAndDeployment.ReadCatalogue(null));

        Assert.Contains(deployment.Systems, static system => system.Id.Value == "kuopio-liikunta");
        Assert.Contains(deployment.Systems, static system => system.Id.Value == "siilinjarvi-liikunta");
        var ports = SimulatorPlan.For(deployment).SelectMany(static entry => new[] { entry.HttpPort, entry.MllpPort }).Where(static port => port > 0).ToList();
        Assert.Equal(ports.Distinct().Count(), ports.Count);
        Assert.All(ports, port => Assert.InRange(port, 8180, 8199));
        Assert.Equal(deployment.Systems.Length.ToString(CultureInfo.InvariantCulture), deployment.Systems.Select(static system => system.KeysFile).Distinct().Count().ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void AddedListsGoBehindThoseThatAreThere() =>
        Assert.Equal(
            "# first\none:\n  - a\n  - b\ntwo:\n  - c\nthree:\n  - d\n",
            YamlParts.Add("# first\none:\n  - a\ntwo:\n  - c\n", "# second\none:\n  - b\nthree:\n  - d\n"));

    public void Dispose() => Directory.Delete(options.Data, recursive: true);

    private ScenarioWorld MakeWorld()
    {
        CaseFiles.Furnish(options);
        var catalogue = LawAndDeployment.ReadCatalogue(null);
        var deployment = LawAndDeployment.ReadDeployment(options.DeploymentFile, catalogue);
        return new ScenarioWorld(catalogue, deployment, DemoPersons.Read(options, catalogue, deployment));
    }
}
