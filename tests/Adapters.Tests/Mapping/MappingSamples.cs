// Mapping files and samples beside these tests.
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sisote.Adapters.Mapping;
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Adapters.Mapping;

/// <summary>Reads samples, tries mappings with the embedded catalogue, and holds results to files that a person has read.</summary>
internal static class MappingSamples
{
    public static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly JsonSerializerOptions Shown = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static LegalCatalogue Catalogue { get; } = ((CatalogueReading.Loaded)CatalogueReader.ReadEmbedded()).Catalogue;

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder(), "Samples", name));

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder(), "Samples", name));

    /// <summary>A mapping file on the table, with something in it replaced.</summary>
    public static MappingTrial Trial(string name, params (string Old, string New)[] changes)
    {
        var text = changes.Aggregate(Text(name), static (text, change) =>
        {
            Assert.Contains(change.Old, text, StringComparison.Ordinal);
            return text.Replace(change.Old, change.New, StringComparison.Ordinal);
        });
        return MappingTrial.Read(name, text, Catalogue, Today);
    }

    public static MappingTrialResult ToFhir(this MappingTrial trial, string record, string sample)
    {
        Assert.Empty(trial.Faults);
        return trial.ToFhir(Encoding.UTF8.GetBytes(sample), record);
    }

    /// <summary>Holds a result to its file; UPDATE_GOLDEN=1 writes it anew.</summary>
    public static void Matches(string file, MappingTrialResult result)
    {
        var path = Path.Combine(Folder(), "Golden", file);
        var actual = JsonSerializer.Serialize(result, Shown) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{file} is missing: run once with UPDATE_GOLDEN=1 and read it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    public static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
