// Reads a mapping file and checks it.
using Hl7.Fhir.Model;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Sisote.Adapters.PatientRecord;

/// <summary>Reads the mapping of a customer, or the one that comes with the adapter. Every fault at once.</summary>
internal static class MappingReader
{
    private const string Standard = "mappings/pegasos-like.yaml";
    private static readonly string[] Resources = ["Flag", "Goal", "CarePlan", "Observation", "Condition", "MedicationStatement", "DocumentReference"];

    /// <summary>The mapping of a file, or the standard one.</summary>
    /// <param name="file">The customer's file; null = standard.</param>
    /// <param name="fault">Called for each fault.</param>
    public static RecordMapping? Read(string? file, Action<string> fault)
    {
        try
        {
            using var reader = file is null ? new StreamReader(typeof(MappingReader).Assembly.GetManifestResourceStream(Standard)!) : new StreamReader(file);
            var mapping = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<RecordMapping>(reader);
            var faults = Check(mapping).ToList();
            faults.ForEach(fault);
            return faults.Count == 0 ? mapping : null;
        }
        catch (YamlException problem)
        {
            fault($"line {problem.Start.Line}: {problem.InnerException?.Message ?? problem.Message}");
        }
        catch (IOException)
        {
            fault("cannot be read");
        }

        return null;
    }

    private static IEnumerable<string> Check(RecordMapping mapping)
    {
        foreach (var section in mapping.Sections.Where(static section => !Resources.Contains(section.Resource) || !ModelInfo.IsKnownResource(section.Resource)))
        {
            yield return $"section `{section.Section}`: `{section.Resource}` is not one of {string.Join(", ", Resources)}";
        }

        var named = mapping.Sections.Select(static section => section.Codes)
            .Concat(mapping.Sections.Select(static section => section.Parts).OfType<string>())
            .Concat([mapping.Outgoing.Goals, mapping.Outgoing.Plans, mapping.Outgoing.Measures, mapping.Outgoing.Outcomes])
            .Concat(mapping.Referral.Observations.Select(static observation => observation.Codes));
        foreach (var name in named.Distinct().Where(name => !mapping.CodeMaps.ContainsKey(name)))
        {
            yield return $"there is no code map `{name}`";
        }

        if (mapping.PersonIdRoot.Length == 0 || mapping.PatientNumberRoot.Length == 0 || mapping.SectionSystem.Length == 0 || mapping.CategorySystem.Length == 0)
        {
            yield return "personIdRoot, patientNumberRoot, sectionSystem and categorySystem are needed";
        }

        foreach (var (rule, document) in mapping.Outgoing.DocumentTypesByRule.Where(static pair => pair.Value.Type.Length == 0 || pair.Value.Mode is not ("on-behalf" or "received")))
        {
            yield return $"documentTypesByRule `{rule}`: type is needed, and mode is on-behalf or received";
        }
    }
}
