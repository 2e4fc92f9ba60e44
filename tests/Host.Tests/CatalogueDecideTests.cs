// Lawyers let a file of cases be decided.
using System.Text.Json;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Host;

public sealed class CatalogueDecideTests : IDisposable
{
    private const string Permitted = """
        {"id":"A","asOf":"2026-11-22","request":{"fromSector":"health","fromRole":"health-professional","toSector":"municipal-sports","toRole":"exercise-counsellor","purpose":"exercise-counselling","direction":"read","items":["exercise-restriction"]},"client":{"age":46},"facts":{"conditions":["referral-active","relation-verified","role-scope","necessity-statement"]},"consents":[{"id":"c1","form":"SECRECY","type":"permit","items":["exercise-restriction"],"recipientSector":"municipal-sports","purpose":"exercise-counselling","from":"2026-09-01","status":"active","by":"client"}],"expect":{"decision":"permit"}}
        """;

    private static readonly string WithoutConsent = Permitted.Replace("\"A\"", "\"B\"", StringComparison.Ordinal).Replace("\"status\":\"active\"", "\"status\":\"withdrawn\"", StringComparison.Ordinal);

    private readonly string file = Path.GetTempFileName();

    [Fact]
    public void EverySampleCaseOfTheLawyersComesOutAsTheyExpect()
    {
        var sample = SharedData.Require("..", "decision-cases.sample.jsonl");
        Assert.SkipUnless(File.Exists(sample), "The sample cases are not beside the shared data.");

        var run = CatalogueRun.Of("decide", "--cases", sample);

        Assert.Equal((0, "19 cases: 19 as expected, 0 otherwise, 0 without an expectation; 0 unreadable lines\n"), (run.ExitCode, run.Errors));
        Assert.Equal(
            File.ReadLines(sample).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()),
            run.OutputLines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()));
    }

    [Fact]
    public void ACaseThatComesOutOtherwiseIsToldAndTheRunEndsWithFive()
    {
        var run = Decide(Permitted, WithoutConsent);

        Assert.Equal(5, run.ExitCode);
        Assert.Equal(2, run.OutputLines.Count());
        Assert.Equal(
            ["line 2 (B): expected decision permit, got deny", "2 cases: 1 as expected, 1 otherwise, 0 without an expectation; 0 unreadable lines"],
            run.ErrorLines);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{\"id\":\"X\"}")]
    [InlineData("{\"id\":\"\\ud800\",\"asOf\":\"2026-11-22\",\"request\":{\"direction\":\"read\",\"items\":[]}}")]
    [InlineData("{\"id\":\"X\",\"asOf\":\"2026-11-22\",\"client\":{\"age\":5000},\"request\":{\"direction\":\"read\",\"items\":[]}}")]
    [InlineData("{\"id\":\"X\",\"asOf\":\"2026-11-22\",\"client\":{\"age\":-2147483648},\"request\":{\"direction\":\"read\",\"items\":[]}}")]
    public void AnUnreadableLineIsNamedAndTheOthersAreDecidedAllTheSame(string broken)
    {
        var run = Decide(Permitted, "", broken, WithoutConsent);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, run.OutputLines.Count());
        Assert.StartsWith("line 3 is no case: ", run.ErrorLines.First(), StringComparison.Ordinal);
        Assert.EndsWith("; 1 unreadable lines\n", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void AFieldThatNobodyReadsIsSaidAndChangesNothing()
    {
        var run = Decide(Permitted.Replace("{\"age\":46}", "{\"age\":46,\"shoeSize\":43}", StringComparison.Ordinal));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("line 1 (A): unknown fields, not looked at: client.shoeSize", run.ErrorLines.First());
    }

    [Fact]
    public void ACaseWithoutAnExpectationIsDecidedAndCountedApart()
    {
        var run = Decide(Permitted.Replace(",\"expect\":{\"decision\":\"permit\"}", "", StringComparison.Ordinal));

        Assert.Equal((0, "1 cases: 0 as expected, 0 otherwise, 1 without an expectation; 0 unreadable lines\n"), (run.ExitCode, run.Errors));
        Assert.StartsWith("{\"id\":\"A\",\"decision\":\"permit\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotThereIsNamed()
    {
        var run = CatalogueRun.Of("decide", "--cases", file + ".none");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(file + ".none", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(file);

    private CatalogueRun Decide(params string[] lines)
    {
        File.WriteAllLines(file, lines);
        return CatalogueRun.Of("decide", "--cases", file);
    }
}
