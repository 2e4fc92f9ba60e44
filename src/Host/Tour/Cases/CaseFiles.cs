// The scenario files of the cases, and what the house in which they are played has beside the demonstration's.
using System.Globalization;
using System.Text;
using Sisote.Host.House;
using Sisote.Policy.Catalogues;

namespace Sisote.Host.Tour.Cases;

/// <summary>Built-in files: one scenario for each case that can be played, and the organisations, systems and people that they need.</summary>
internal static class CaseFiles
{
    /// <summary>The case that the tour itself plays.</summary>
    internal const int OfTheTour = 3;

    /// <summary>The record of the demonstration refers to one unit; that of the cases to a second municipality's, too.</summary>
    private const string Unit = "KUOPIO-LIIKUNTA=kuopio-liikunta";

    private const string Prefix = "cases/case-";
    private const string DeploymentAddition = "cases/deployment.yaml";
    private const string PersonsAddition = "cases/persons.yaml";
    private const string Mappings = "cases/mapping-";

    /// <summary>The cases that can be played, in their order.</summary>
    internal static IReadOnlyList<int> Cases { get; } = [.. Names(Prefix).Select(static name => int.Parse(name[Prefix.Length..^".yaml".Length], CultureInfo.InvariantCulture)).Append(OfTheTour).Order()];

    /// <summary>Reads the scenario of a case.</summary>
    /// <exception cref="StartFaultException">It has faults; the message lists them all.</exception>
    internal static Scenario Read(int number, ScenarioWorld world)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"case-{number:00}.yaml");
        return Require(ScenarioReader.Read(name, Text("cases/" + name), world), name);
    }

    /// <summary>Reads a scenario file of somebody's own.</summary>
    /// <exception cref="StartFaultException">It is not there, or has faults.</exception>
    internal static Scenario Read(FileInfo file, ScenarioWorld world) => file.Exists
        ? Require(ScenarioReader.Read(file.Name, File.ReadAllText(file.FullName), world), file.FullName)
        : throw new StartFaultException($"There is no scenario file {file.FullName}.");

    /// <summary>Writes what the house of the cases starts from into a new folder: the demonstration's files with the cases' own added.</summary>
    internal static void Furnish(HouseOptions options)
    {
        DataFolder.Claim(options.Data);
        File.WriteAllText(options.DeploymentFile, YamlParts.Add(DemoWorld.DeploymentText(options.FirstPort).Replace(Unit, $"{Unit},SIILINJARVI-LIIKUNTA=siilinjarvi-liikunta", StringComparison.Ordinal), DemoWorld.MovePorts(Text(DeploymentAddition), options.FirstPort)));
        File.WriteAllText(options.PersonsFile, YamlParts.Add(Demo.DemoPersons.FirstText(), Text(PersonsAddition)));
        foreach (var mapping in Names(Mappings))
        {
            File.WriteAllText(Path.Combine(options.Data, mapping["cases/".Length..]), Text(mapping));
        }
    }

    private static IEnumerable<string> Names(string prefix) =>
        typeof(CaseFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Text(string name)
    {
        using var stream = typeof(CaseFiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is built in.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static Scenario Require((Scenario? Read, IReadOnlyList<CatalogueFault> Faults) reading, string where) =>
        reading.Read ?? throw LawAndDeployment.Faulty("The scenario", where, reading.Faults);
}
