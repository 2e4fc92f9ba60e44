// An integrator tries a mapping file on samples from the command line.
using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sisote.Host.Commands;

namespace Sisote.Tests.Host;

public sealed class MapTestCommandTests : IDisposable
{
    private static readonly string Samples = Path.Combine(Path.GetDirectoryName(Here())!, "..", "Adapters.Tests", "Mapping", "Samples");
    private readonly string folder = Directory.CreateTempSubdirectory("sisote-map-").FullName;

    [Fact]
    public void ASampleIsShownWithTheWayOfEachFieldAndTheRunEndsWithZero()
    {
        var (code, output) = Run(Path.Combine(Samples, "pupils.yaml"), "--input", Path.Combine(Samples, "oppilas.csv"));

        Assert.Equal(0, code);
        Assert.Contains("oppilas 1: 2 made\n", output, StringComparison.Ordinal);
        Assert.Contains("\"code\": \"extra-breaks\"", output, StringComparison.Ordinal);
        Assert.Matches("\nHuoltaja +withheld +2\n", output);
        Assert.DoesNotContain("Lumio; Ida", output, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnmappedFieldIsShownAndTheRunEndsWithFive()
    {
        var mapping = Write("pupils.yaml", File.ReadAllText(Path.Combine(Samples, "pupils.yaml")).Replace("[Huoltaja, Muuta]", "[Huoltaja]", StringComparison.Ordinal));

        var (code, output) = Run(mapping, "--input", Path.Combine(Samples, "oppilas.csv"));

        Assert.Equal(5, code);
        Assert.Contains("oppilas 1: refused\n  Muuta: neither mapped nor withheld\n", output, StringComparison.Ordinal);
        Assert.Matches("\nMuuta +unmapped +2\n", output);
    }

    [Fact]
    public void AFaultyMappingFileIsSaidFaultByFaultAndTheRunEndsWithOne()
    {
        var mapping = Write("broken.yaml", "format: jason\nrecords: {}\n");

        var (code, output) = Run(mapping, "--input", Path.Combine(Samples, "oppilas.csv"));

        Assert.Equal((1, "broken.yaml(1): `records` names no kind of record\nbroken.yaml(1) format: `jason` is none of json, xml, csv\n"), (code, output));
    }

    [Fact]
    public void TheOtherWayIsTriedTooAndAllOfItIsThereAsJson()
    {
        var (code, output) = Run(Path.Combine(Samples, "workshop.yaml"), "--record", "suunnitelma", "--to-native", "--json", "--input", Path.Combine(Samples, "suunnitelma.fhir.json"));

        using var json = JsonDocument.Parse(output);
        Assert.Equal(0, code);
        Assert.False(json.RootElement.GetProperty("refused").GetBoolean());
        Assert.Equal("Kevään liikunta", json.RootElement.GetProperty("records")[0].GetProperty("made")[0].GetProperty("otsikko").GetString());
    }

    [Theory]
    [InlineData("2026-11-22T21:59:59Z", "active")]
    [InlineData("2026-11-22T22:00:00Z", "inactive")]
    public void WhatHasEndedIsToldByTheDayInFinland(string now, string status)
    {
        var sample = Write("rajoitteet.json", """{"tulokset":[{"tunnus":"r-1","asiakas":"a-17","koodi":"R1","alkaa":"1.1.2026","paattyy":"22.11.2026"}]}""");
        using var output = new StringWriter { NewLine = "\n" };

        var code = MapTestCommand.Make(new Clock(DateTimeOffset.Parse(now, null))).Parse([Path.Combine(Samples, "workshop.yaml"), "--record", "rajoite", "--json", "--input", sample])
            .Invoke(new InvocationConfiguration { Output = output, Error = output, EnableDefaultExceptionHandler = false });

        using var json = JsonDocument.Parse(output.ToString());
        Assert.Equal((0, status), (code, json.RootElement.GetProperty("records")[0].GetProperty("made")[0].GetProperty("status").GetString()));
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public void AFileWithSeveralKindsOfRecordsAsksWhichOneIsMeant() =>
        Assert.Equal((2, string.Empty), Run(Path.Combine(Samples, "workshop.yaml"), "--input", Path.Combine(Samples, "asiakas.json")));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter();
        var code = MapCommand.Make().Parse(["test", .. arguments]).Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        return (code, output.ToString());
    }

    private static string Here([CallerFilePath] string file = "") => file;

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
