// sisote catalogue decide: decides cases on paper, one JSON object per line.
using System.CommandLine;
using Sisote.Host.House;
using Sisote.Policy.Cases;

namespace Sisote.Host.Commands;

/// <summary>Decides the cases of a file with the decision point that the gateway uses: answers on standard output, everything said about them on standard error.</summary>
internal static class CatalogueDecideCommand
{
    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var cases = new Option<FileInfo>("--cases") { Description = "A file with one case as JSON per line (docs/decision-cases.md).", Required = true };
        var folder = new Option<string?>("--catalogue") { Description = "A catalogue folder instead of the built-in one." };
        var command = new Command("decide", "Decide cases on paper; ends with 5 if one comes out otherwise than it expects.") { cases, folder };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(cases), parsed.GetValue(folder), parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(FileInfo file, string? folder, InvocationConfiguration streams)
    {
        if (!file.Exists)
        {
            streams.Error.WriteLine($"There is no file {file.FullName}.");
            return ExitCodes.Failed;
        }

        var desk = new Desk(new DecisionCaseRunner(LawAndDeployment.ReadCatalogue(folder)), streams);
        foreach (var (index, line) in File.ReadLines(file.FullName).Index().Where(static numbered => !string.IsNullOrWhiteSpace(numbered.Item)))
        {
            desk.Take(index + 1, line);
        }

        return desk.Close();
    }

    /// <summary>Decides line after line and keeps count.</summary>
    private sealed class Desk(DecisionCaseRunner runner, InvocationConfiguration streams)
    {
        private int asExpected;
        private int different;
        private int withoutExpectation;
        private int unreadable;

        internal void Take(int number, string line)
        {
            try
            {
                Tell(number, runner.Decide(line));
            }
            catch (FormatException fault)
            {
                unreadable++;
                streams.Error.WriteLine($"line {number} is no case: {fault.Message}");
            }
        }

        /// <summary>An unreadable line outweighs a difference: not all was decided.</summary>
        internal int Close()
        {
            streams.Error.WriteLine(
                $"{asExpected + different + withoutExpectation} cases: {asExpected} as expected, {different} otherwise, {withoutExpectation} without an expectation; {unreadable} unreadable lines");
            return unreadable > 0 ? ExitCodes.Failed : different > 0 ? ExitCodes.VerificationFailed : ExitCodes.Ok;
        }

        private void Tell(int number, CaseResult result)
        {
            streams.Output.WriteLine(result.Json);
            if (!result.Case.UnknownFields.IsEmpty)
            {
                streams.Error.WriteLine($"line {number} ({result.Case.Id}): unknown fields, not looked at: {string.Join(", ", result.Case.UnknownFields)}");
            }

            foreach (var difference in result.Differences)
            {
                streams.Error.WriteLine($"line {number} ({result.Case.Id}): {difference}");
            }

            _ = result.AsExpected switch
            {
                true => asExpected++,
                false => different++,
                null => withoutExpectation++,
            };
        }
    }
}
