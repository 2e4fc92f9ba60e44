// Reads a scenario file strictly and reports every fault with its line.
using System.Globalization;
using Sisote.Host.Demo;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Host.Tour.Cases;

/// <summary>Checks a scenario against the law, the deployment and the invented people before anything of it is played.</summary>
internal sealed class ScenarioReader
{
    private static readonly string[] Moments = ["works", "must-not"];
    private readonly ScenarioWorld world;
    private readonly Dictionary<string, ScenarioActor> actors = new(StringComparer.Ordinal);
    private readonly StepReader steps;

    private ScenarioReader(ScenarioWorld world)
    {
        this.world = world;
        steps = new StepReader(world, actors);
    }

    /// <summary>Reads the text of a file. Where there are faults, what was read is not to be played.</summary>
    internal static (Scenario? Read, IReadOnlyList<CatalogueFault> Faults) Read(string fileName, string yaml, ScenarioWorld world)
    {
        var faults = new List<CatalogueFault>();
        if (DemoYaml.Parse(fileName, yaml, faults) is not { } root)
        {
            return (null, faults);
        }

        var scenario = new ScenarioReader(world).Read(root);
        root.Close();
        return (faults.Count == 0 ? scenario : null, [.. faults.OrderBy(static fault => fault.Line)]);
    }

    private Scenario Read(DemoYaml root)
    {
        if (!int.TryParse(root.Text("case"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 15)
        {
            root.Fault("case", "`case` is a number from 1 to 15.");
        }

        foreach (var map in root.Maps("actors"))
        {
            ReadActor(map);
            map.Close();
        }

        var scenario = new Scenario { Case = number, Title = root.Text("title"), Works = root.Text("works"), MustNot = root.Text("mustNot"), Steps = [.. root.Maps("steps").Select(ReadStep).OfType<ScenarioStep>()] };
        if (scenario.Steps.Count == 0)
        {
            root.Fault("steps", "`steps` is missing: nothing would be played.");
        }

        return scenario;
    }

    private void ReadActor(DemoYaml map)
    {
        var id = map.Text("id");
        var (system, professional, role) = (map.Code<SystemId>("system", "system", world.Systems), map.Code<ProfessionalId>("professional", null, []), map.Code<RoleId>("role", "role", world.Roles));
        if (system is not { } known || professional is not { } person || role is not { } acting || map.Code<PurposeId>("purpose", "purpose", world.Purposes) is not { } purpose)
        {
            return;
        }

        if (!actors.TryAdd(id, new ScenarioActor { Id = id, System = known, Organisation = world.OrganisationOf(known), Professional = person, Role = acting, Purpose = purpose }))
        {
            map.Fault("id", $"There is an actor `{id}` already.");
        }
    }

    private ScenarioStep? ReadStep(DemoYaml map)
    {
        var title = map.Text("title");
        var shows = Words.Known(map, "shows", "moment", Moments);
        var expect = map.Map("expect") is { } expected ? ReadExpectation(expected) : new Expectation();
        var verbs = map.Keys.Where(StepReader.Verbs.Contains).ToList();
        if (verbs is not [var verb] || map.Map(verb) is not { } said)
        {
            map.Fault("title", $"A step does exactly one thing. {NearestCode.Suggest(string.Join(' ', map.Keys.Where(static key => key is not ("title" or "shows" or "expect"))), StepReader.Verbs)}");
            map.Ignore();
            return null;
        }

        var step = steps.Read(verb, said);
        said.Close();
        map.Close();
        return step is null ? null : step with { Title = title, IsNegative = shows == "must-not", Expect = expect };
    }

    private Expectation ReadExpectation(DemoYaml map)
    {
        var expectation = new Expectation
        {
            Permitted = map.Flag("permitted"),
            Released = map.Keys.Contains("released") ? Words.AllKnown(map, "released", "item", world.Items) : null,
            Rules = Words.AllKnown(map, "rules", "rule", world.Rules),
            Reasons = Words.PairsKnown(map, "stayed", "item", world.Items),
            Present = map.Texts("present"),
            Absent = map.Texts("absent"),
            Logged = map.OptionalText("logged"),
            Refused = map.OptionalText("refused"),
        };
        map.Close();
        return expectation;
    }
}
