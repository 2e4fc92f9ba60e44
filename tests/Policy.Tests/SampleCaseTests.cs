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

    [Fact]
    public void TheAnswerIsOneLineOfJsonWithEveryField()
    {
        const string Case = """
            {"id":"A","asOf":"2026-11-22","request":{"fromSector":"health","fromRole":"health-professional","toSector":"municipal-sports","toRole":"exercise-counsellor","purpose":"exercise-counselling","direction":"read","items":["exercise-restriction","diagnosis"]},
            "client":{"age":46},"facts":{"conditions":["referral-active","relation-verified","role-scope","necessity-statement"]},
            "consents":[{"id":"c1","form":"SECRECY","type":"permit","items":["exercise-restriction"],"recipientSector":"municipal-sports","purpose":"exercise-counselling","from":"2026-09-01","to":null,"status":"active","by":"client"}],"expect":{"decision":"permit"},"colour":1}
            """;

        var result = new DecisionCaseRunner(Catalogues.Shipped).Decide(Case);

        Assert.Equal(
            """{"id":"A","decision":"partial","items":{"exercise-restriction":{"outcome":"permit","rule":"EX-02","reasonClass":null,"basis":["703/2023 4 §, 6 §","906/2019 22-23 §"],"consents":["c1"],"masked":[]},"diagnosis":{"outcome":"deny","rule":"P-02","reasonClass":"never-rule","basis":[],"consents":[],"masked":[]}},"obligations":[]}""",
            result.Json);
        Assert.Equal(["expected decision permit, got partial"], result.Differences);
        Assert.Equal(["colour"], result.Case.UnknownFields);
    }

    [Theory]
    [InlineData("not json", "Not JSON")]
    [InlineData("[]", "A case is a JSON object.")]
    [InlineData("""{"id":"A","asOf":"2026-11-22"}""", "`request` is missing.")]
    [InlineData("""{"id":"A","asOf":"spring","request":{"direction":"read","items":[]}}""", "`asOf` must be a date or an instant.")]
    [InlineData("""{"id":"A","asOf":"2026-11-22","request":{"direction":"sideways","items":[]}}""", "`request.direction` is `sideways`")]
    public void ALineThatIsNoCaseSaysWhy(string line, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => new DecisionCaseRunner(Catalogues.Shipped).Decide(line)).Message, StringComparison.Ordinal);
}
