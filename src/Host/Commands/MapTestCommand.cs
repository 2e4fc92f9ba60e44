// sisote map test: a mapping file tried on a sample.
using System.CommandLine;
using System.Text.Json;
using Sisote.Adapters.Mapping;
using Sisote.Policy.Deciding;

namespace Sisote.Host.Commands;

/// <summary>Maps a sample and says what became of each field. Nothing is started and nothing is called.</summary>
internal static class MapTestCommand
{
    /// <summary>The command.</summary>
    internal static Command Make(TimeProvider clock)
    {
        var file = new Argument<FileInfo>("file") { Description = "The mapping file." };
        var input = new Option<FileInfo>("--input") { Description = "A sample as the product writes it; with --to-native, FHIR R4 JSON.", Required = true };
        var record = new Option<string?>("--record") { Description = "The kind of record in the sample, where the file has several." };
        var toNative = new Option<bool>("--to-native") { Description = "Map what would be sent to the product." };
        var json = new Option<bool>("--json") { Description = "Everything as one JSON object." };
        var folder = CatalogueOptions.Folder();
        var command = new Command("test", "Map a sample: prints the result, where each field goes, and what is refused; ends with 5 if anything is.") { file, input, record, toNative, json, folder };
        command.SetAction(parsed =>
        {
            var (mappingFile, sample) = (parsed.GetRequiredValue(file), parsed.GetRequiredValue(input));
            var trial = MappingTrial.Read(mappingFile.Name, File.ReadAllText(mappingFile.FullName), CatalogueOptions.Read(parsed.GetValue(folder)), FinnishTime.DateOf(clock.GetUtcNow()));
            return Run(trial, File.ReadAllBytes(sample.FullName), parsed.GetValue(record), parsed.GetValue(toNative), parsed.GetValue(json), parsed.InvocationConfiguration);
        });
        return command;
    }

    private static int Run(MappingTrial trial, byte[] sample, string? record, bool toNative, bool json, InvocationConfiguration streams)
    {
        if (!trial.Faults.IsEmpty)
        {
            streams.Output.WriteLine(json
                ? JsonSerializer.Serialize(new { mapping = trial.Faults }, CatalogueOptions.Json)
                : string.Join(streams.Output.NewLine, trial.Faults));
            return ExitCodes.Failed;
        }

        record ??= trial.Records is [var only] ? only : null;
        if (record is null || !trial.Records.Contains(record))
        {
            streams.Error.WriteLine($"Which kind of record is the sample? Say --record with one of {string.Join(", ", trial.Records)}.");
            return ExitCodes.Usage;
        }

        var result = toNative ? trial.ToNative(sample, record) : trial.ToFhir(sample, record);
        if (json)
        {
            streams.Output.WriteLine(JsonSerializer.Serialize(new { record, refused = result.IsRefused, result.Records, result.Fields }, CatalogueOptions.Json));
        }
        else
        {
            Write(result, record, streams.Output);
        }

        return result.IsRefused ? ExitCodes.VerificationFailed : ExitCodes.Ok;
    }

    private static void Write(MappingTrialResult result, string record, TextWriter output)
    {
        foreach (var tried in result.Records)
        {
            var withheld = tried.Withheld == 0 ? string.Empty : $", {tried.Withheld} parts withheld by a table";
            output.WriteLine(tried.Faults.IsEmpty ? $"{record} {tried.Number}: {tried.Made.Length} made{withheld}" : $"{record} {tried.Number}: refused");
            foreach (var fault in tried.Faults)
            {
                output.WriteLine($"  {fault}");
            }

            foreach (var made in tried.Made)
            {
                output.WriteLine(made.ToJsonString(CatalogueOptions.Json));
            }
        }

        output.WriteLine();
        Table.Write(output, ["field", "goes to", "records"], result.Fields.Select(static way =>
            new[] { way.Path, way.Ways.IsEmpty ? "unmapped" : string.Join(", ", way.Ways), way.Records.ToString(System.Globalization.CultureInfo.InvariantCulture) }));
    }
}
