// The operator asks the running program's log and takes it out for other tools.
using System.Globalization;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Tests.EndToEnd.House;
using Sisote.Tests.Testing;

namespace Sisote.Tests.EndToEnd;

[Collection(Referred.Name)]
public sealed class LogCommandTests(ReferredHouse house)
{
    [Fact]
    public async System.Threading.Tasks.Task TheOperatorListsWhatWentAndTheLookIsItselfListed()
    {
        await house.FindAsync(RunningSisote.Aino);

        var lines = await RunAsync(0, "query", "--kind", "disclosure", "--since", "1d", "--all", "--json");
        var entries = lines.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static line => JsonSerializer.Deserialize<LogLine>(line, SisoteJson.Options)!).ToList();
        Assert.NotEmpty(entries);
        Assert.All(entries, static line => Assert.Equal((LogEntryKind.Disclosure, 32), (line.Entry!.Kind, line.Client!.Length)));
        Assert.Contains($"{entries.Count} entries.", lines.Errors, StringComparison.Ordinal);

        var one = await RunAsync(0, "query", "--id", entries[0].Entry!.Id, "--client", entries[0].Client!, "--organisation", "kuopio", "--limit", "1");
        Assert.Contains("kuopio-liikunta/ohjaaja-salmi", one.Output, StringComparison.Ordinal);
        var none = await RunAsync(0, "query", "--person", "nobody");
        Assert.Equal((string.Empty, "0 entries."), (none.Output.Trim(), none.Errors.Trim()));
        var looks = await RunAsync(0, "query", "--kind", "log-read", "--id", "sisote-operator", "--json");
        Assert.Contains($"\"concerns\":\"query organisation=kuopio client=* ids={entries[0].Entry!.Id}\"", looks.Output, StringComparison.Ordinal);
        Assert.All((string[])[lines.Output, one.Output, looks.Output], static text => Assert.DoesNotContain(RunningSisote.Aino, text, StringComparison.Ordinal));
    }

    [Fact]
    public async System.Threading.Tasks.Task TheLogIsTakenOutAsFhirThatAStrictReaderReadsAndAsATableWithARowForEachEntry()
    {
        var csv = Path.Combine(house.Data, "log.csv");
        await house.FindAsync(RunningSisote.Aino);
        var until = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

        var lines = (await RunAsync(0, "query", "--until", until, "--all", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(static line => line.Length > 1);
        var fhir = await RunAsync(0, "export", "--format", "fhir", "--to", "-", "--until", until);
        await RunAsync(0, "export", "--format", "csv", "--to", csv, "--until", until);
        var again = await RunAsync(1, "export", "--format", "csv", "--to", csv);

        var events = fhir.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static line => Assert.IsType<AuditEvent>(new FhirJsonDeserializer().DeserializeResource(line))).ToList();
        Assert.Contains(events, static audit => audit.Meta.Profile.Any(static profile => profile.EndsWith("PrivacyDisclosure.Source", StringComparison.Ordinal)));
        Assert.Contains(events, static audit => audit.Meta.Profile.Any(static profile => profile.EndsWith("AuthZconsent", StringComparison.Ordinal)));
        var rows = (await File.ReadAllTextAsync(csv)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("index,id,recorded,time,kind,outcome,client,", rows[0], StringComparison.Ordinal);
        Assert.Equal(lines, rows.Length - 1);
        Assert.Equal(lines, events.Select(static audit => audit.Id[..audit.Id.LastIndexOf('-')]).Distinct().Count());
        Assert.Contains("is there already", again.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(csv + ".part"));
        Assert.All((string[])[fhir.Output, .. rows], static text => Assert.DoesNotContain(RunningSisote.Aino, text, StringComparison.Ordinal));
        Assert.All((string[])[fhir.Output, .. rows], static text => Assert.DoesNotContain("planning the first visit", text, StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(csv));
        }
    }

    [Theory]
    [InlineData("stays in histories", "query", "--client", RunningSisote.Aino)]
    [InlineData("--client is a client's key", "query", "--client", "aino")]
    [InlineData("--since is 7d", "query", "--since", "yesterday")]
    [InlineData("--kind is one of", "query", "--kind", "everything")]
    [InlineData("--limit is a number", "query", "--limit", "0")]
    [InlineData("A bundle is the whole log", "export", "--to", "log.ndjson", "--item", "diagnosis")]
    [InlineData("--format", "export", "--to", "log.ndjson", "--format", "xml")]
    public async System.Threading.Tasks.Task WhatIsNotUnderstoodIsSaidAndEndsWithTwo(string said, params string[] arguments)
    {
        var run = await RunAsync(2, arguments);

        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async System.Threading.Tasks.Task WithoutARunningHouseItSaysSo()
    {
        var run = await SisoteProcess.RunAsync(["log", "query", "--data", house.Data, "--port", "64980"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("start Sisote first", run.Errors, StringComparison.Ordinal);
    }

    private async System.Threading.Tasks.Task<SisoteProcess> RunAsync(int exitCode, params string[] arguments)
    {
        var run = await SisoteProcess.RunAsync(["log", .. arguments, "--data", house.Data, "--port", house.Port.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}: {run.Output}{run.Errors}");
        return run;
    }
}
