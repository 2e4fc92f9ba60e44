// What a probe finds in answers that do not keep the contract, and what it signs.
using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Tokens;
using Sisote.Host.Probe;

namespace Sisote.Tests.Host;

public sealed class ProbeContractTests
{
    private const string Aino = "120385-911F";
    private const string Good = """
        {"resourceType":"Flag","id":"abc-1","status":"active","category":[{"coding":[{"system":"http://law.example","code":"a"}]}],"code":{"coding":[{"system":"http://any.example","code":"b"}]},
         "subject":{"reference":"Patient/p-1","identifier":{"system":"urn:oid:1.2.246.21","value":"120385-911F"}},"period":{"start":"2026-11-22"}}
        """;

    [Fact]
    public void AnAnswerThatKeepsTheContractPassesEveryCheck() =>
        Assert.All(Check(Good), static check => Assert.Equal(ProbeVerdict.Pass, check.Verdict));

    [Theory]
    [InlineData("ids", "\"abc-1\"", "\"Abc.1\"")]
    [InlineData("ids", "\"abc-1\"", "\"abcdefghijklmnop\"")]
    [InlineData("ids", "\"resourceType\":\"Flag\"", "\"resourceType\":\"Goal\"")]
    [InlineData("ids", "\"id\":\"abc-1\",", "")]
    [InlineData("subject", "120385-911F", "040258-923X")]
    [InlineData("subject", "urn:oid:1.2.246.21", "urn:oid:1.2.246.22")]
    [InlineData("subject", "Patient/p-1", "https://record.example/Patient/p-1")]
    [InlineData("subject", "\"subject\"", "\"author\"")]
    [InlineData("codes", "http://law.example", "http://other.example")]
    [InlineData("codes", "\"system\":\"http://any.example\",", "")]
    [InlineData("codes", "\"coding\":[{\"system\":\"http://any.example\",\"code\":\"b\"}]", "\"text\":\"b\"")]
    [InlineData("times", "2026-11-22", "22.11.2026")]
    [InlineData("times", "2026-11-22", "2026-13-22")]
    [InlineData("minimal", "\"status\"", "\"text\":{\"status\":\"generated\"},\"status\"")]
    [InlineData("minimal", "\"status\"", "\"modifierExtension\":[],\"status\"")]
    public void WhatBreaksTheContractFailsItsCheckAndIsNotQuoted(string failing, string good, string bad)
    {
        var checks = Check(Good.Replace(good, bad, StringComparison.Ordinal));

        var failed = Assert.Single(checks, static check => check.Verdict == ProbeVerdict.Fail);
        Assert.Equal(failing, failed.Name);
        Assert.DoesNotContain(Aino, failed.Found, StringComparison.Ordinal);
        Assert.DoesNotContain("example", failed.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void OneIdTwiceFails() => Assert.Contains(Check(Good, Good), static check => check is { Name: "ids", Verdict: ProbeVerdict.Fail });

    [Fact]
    public void AReportOpensWithItsOwnKeyAndNoOther()
    {
        var folder = Directory.CreateTempSubdirectory("sisote-probe-").FullName;
        SystemKey.Ensure(folder, "one");
        SystemKey.Ensure(folder, "two");
        var report = new ProbeReport { Format = ProbeReport.Current, System = "a", Kind = "fhir", Installation = "http://localhost:8080/", At = DateTimeOffset.UnixEpoch, Wrote = false, Passed = true, Checks = [.. Check(Good)] };

        var file = ProbeSignature.Sign(report, SystemKey.Read(SystemKey.PrivateFile(folder, "one")));

        Assert.Equal(report.Checks, ProbeSignature.Open(file + "\n", Keys("one"))!.Checks);
        Assert.Null(ProbeSignature.Open(file, Keys("two")));
        Assert.Null(ProbeSignature.Open(file[..^8], Keys("one")));
        Assert.Null(ProbeSignature.Open("{}", Keys("one")));
        Assert.Null(ProbeSignature.Open("a.b.c", Keys("one")));
        Directory.Delete(folder, recursive: true);

        JsonWebKeySet Keys(string name) => JsonWebKeySet.Create(File.ReadAllText(SystemKey.PublicFile(folder, name)));
    }

    private static List<ProbeCheck> Check(params string[] resources) =>
        [.. new ProbeContract(Aino, new[] { "http://law.example" }.ToFrozenSet()).Check("Flag", [.. resources.Select(static resource => JsonElement.Parse(resource))])];
}
