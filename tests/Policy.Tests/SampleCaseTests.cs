// The cases that lawyers wrote, decided by the catalogue.
using Sisote.Policy.Cases;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Policy;

public sealed class SampleCaseTests
{
    [Fact]
    public void EverySampleCaseOfTheLawyersComesOutAsTheyExpect()
    {
        var path = SharedData.Require("..", "decision-cases.sample.jsonl");
        Assert.SkipUnless(File.Exists(path), "The sample cases are not beside the shared data.");
        var runner = new DecisionCaseRunner(Catalogues.Shipped);

        var wrong = File.ReadLines(path)
            .Select(runner.Decide)
            .Where(static result => result.AsExpected == false || !result.Case.UnknownFields.IsEmpty)
            .Select(static result => $"{result.Case.Id}: {string.Join("; ", result.Differences.Concat(result.Case.UnknownFields))}\n{result.Json}");

        Assert.Empty(wrong);
    }
}
