// Formats, languages and exit codes of diff, matrix and analyse.
using System.Text.Json;

namespace Sisote.Tests.Host;

public sealed class CatalogueLawToolsTests : IDisposable
{
    private readonly CatalogueFolder folder = CatalogueFolder.Shipped();

    [Theory]
    [InlineData("fi", "Mikään ei muutu.\n")]
    [InlineData("sv", "Ingenting ändras.\n")]
    [InlineData("en", "Nothing changes.\n")]
    public void TheSameCatalogueChangesNothingAndEndsWithZero(string language, string said)
    {
        var run = CatalogueRun.Of("diff", "embedded", folder.Path, "--language", language);

        Assert.Equal((0, said), (run.ExitCode, run.Output));
    }

    [Fact]
    public void ARemarkIsNoLaw()
    {
        folder.Replace("rules/CL-01.yaml", "remarks: older", "remarks: much older");

        var run = CatalogueRun.Of("diff", "embedded", folder.Path);

        Assert.Equal((0, "Nothing changes. Only remarks in the files differ.\n"), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("fi", "AVAA UUTTA – katso nämä ensin\n  ! Sääntö EX-02 (Liikuntaneuvoja lukee vain rajoitteet ja tavoitteet): enää ei vaadita tätä: hyväksytty lähete on voimassa.\n")]
    [InlineData("sv", "ÖPPNAR NYTT – granska dessa först\n  ! Regel EX-02 (Motionsrådgivaren läser bara begränsningar och mål): detta krävs inte längre: en godkänd remiss är i kraft.\n")]
    [InlineData("en", "OPENS SOMETHING - look at these first\n  ! Rule EX-02 (Exercise counsellor reads only the limits and goals): this is no longer needed: an accepted referral is in force.\n")]
    public void WhatOpensIsToldFirstAndTheRunEndsWithFive(string language, string said)
    {
        Widen();

        var run = CatalogueRun.Of("diff", "embedded", folder.Path, "--language", language);

        Assert.Equal((5, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith(said, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOtherFormatsTellTheSame()
    {
        Widen();

        using var json = JsonDocument.Parse(CatalogueRun.Of("diff", "embedded", folder.Path, "--format", "json").Output);
        var table = CatalogueRun.Of("diff", "embedded", folder.Path, "--format", "table").OutputLines.ToArray();
        var markdown = CatalogueRun.Of("diff", "embedded", folder.Path, "--format", "md").OutputLines.ToArray();

        var first = json.RootElement.GetProperty("changes")[0];
        Assert.Equal(("widens", "rule", "EX-02"), (first.GetProperty("effect").GetString(), first.GetProperty("kind").GetString(), first.GetProperty("code").GetString()));
        Assert.Equal("health/health-professional", first.GetProperty("from").GetString());
        Assert.StartsWith("! opens  rule EX-02", table[2], StringComparison.Ordinal);
        Assert.StartsWith("| ! opens | rule EX-02 | health/health-professional | municipal-sports/exercise-counsellor | exercise-counselling |", markdown[2], StringComparison.Ordinal);
        Assert.Equal(json.RootElement.GetProperty("changes").GetArrayLength(), table.Length - 2);
        Assert.Equal(table.Length, markdown.Length);
    }

    [Theory]
    [InlineData("csv", "from,to,purpose,item,direction,rule,door,conditions,limits,validFrom,validTo,confidence\n")]
    [InlineData("md", "| from | to | purpose | item |")]
    [InlineData("json", "[\n  {\n    \"from\": ")]
    [InlineData("text", "Anybody -> Anybody\n")]
    public void TheMatrixComesInEveryFormat(string format, string begin)
    {
        var run = CatalogueRun.Of("matrix", "--format", format);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith(begin, run.Output, StringComparison.Ordinal);
        Assert.Contains("EX-02", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheMatrixNamesACodeThatTheCatalogueDoesNotKnow()
    {
        var run = CatalogueRun.Of("matrix", "--to", "museum");

        Assert.Equal((2, "", "The catalogue does not know the code `museum`.\n"), (run.ExitCode, run.Output, run.Errors));
    }

    [Theory]
    [InlineData("fi", "virhe: 0, ")]
    [InlineData("sv", "fel: 0, ")]
    [InlineData("en", "error: 0, ")]
    public void OurOwnCatalogueHasNoErrors(string language, string summary)
    {
        var run = CatalogueRun.Of("analyse", "--language", language, "--day", "2026-11-22");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(summary, run.OutputLines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAnalysisWithErrorsEndsWithFiveAndNamesFileAndLine()
    {
        folder.Replace("rules/YO-05.yaml", "conditions: [compulsory-age,", "conditions: [compulsory-age, not-compulsory-age,");

        var run = CatalogueRun.Of("analyse", "--catalogue", folder.Path, "--day", "2026-11-22");
        using var json = JsonDocument.Parse(CatalogueRun.Of("analyse", "--catalogue", folder.Path, "--day", "2026-11-22", "--format", "json").Output);

        Assert.Equal(5, run.ExitCode);
        Assert.StartsWith("rules/YO-05.yaml(35): error dead-rule: Rule YO-05 can never permit anything", run.Output, StringComparison.Ordinal);
        Assert.Equal("rules/YO-05.yaml", json.RootElement[0].GetProperty("file").GetString());
    }

    public void Dispose() => folder.Dispose();

    private void Widen()
    {
        folder.Replace("rules/EX-02.yaml", "referral-active, ", "");
        folder.Replace("retention.yaml", "years: 5", "years: 6");
    }
}
