// What AuditEvents say of an entry, and what they must not say.
using Hl7.Fhir.Serialization;
using Sisote.DisclosureLog.Audit;
using Sisote.DisclosureLog.Entries;

namespace Sisote.Tests.DisclosureLog;

public sealed class AuditEventTests
{
    public static TheoryData<string> Scenes => [.. AuditScenes.All.Keys];

    [Theory, MemberData(nameof(Scenes))]
    public void EveryKindOfEntryIsToldAsItsGoldenFileSays(string scene)
    {
        var told = $"[\n{string.Join(",\n", AuditScenes.EventsOf(AuditScenes.All[scene]).Select(static audit => AuditScenes.JsonOf(audit, indented: true)))}\n]\n";
        var file = PathOf($"{scene}.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, told);
        }

        Assert.Equal(File.ReadAllText(file), told);
    }

    [Theory, MemberData(nameof(Scenes))]
    public void EveryEventIsStrictFhir(string scene)
    {
        foreach (var audit in AuditScenes.EventsOf(AuditScenes.All[scene]))
        {
            var read = Assert.IsType<Hl7.Fhir.Model.AuditEvent>(new FhirJsonDeserializer().DeserializeResource(AuditScenes.JsonOf(audit)));

            Assert.Equal((audit.Id, audit.Recorded), (read.Id, read.Recorded));
            Assert.Equal(audit.Agents.Length, read.Agent.Count);
            Assert.Equal(audit.Entities.Length, read.Entity.Count);
            Assert.NotNull(read.Source.Observer);
        }
    }

    [Theory, MemberData(nameof(Scenes))]
    public void NothingThatSomebodyStatedAndNoKeyOfTheLogIsInAnEvent(string scene)
    {
        foreach (var text in AuditScenes.EventsOf(AuditScenes.All[scene]).Select(static audit => AuditScenes.JsonOf(audit)))
        {
            Assert.DoesNotContain(AuditScenes.Stated, text, StringComparison.Ordinal);
            Assert.DoesNotContain("0123456789abcdef0123456789abcdef", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NoEntryWhateverItHoldsKeepsItsEventsFromBeingWritten() => CsCheck.Check.Sample(SomeEntries.Any, static entry =>
    {
        foreach (var audit in AuditScenes.EventsOf(entry))
        {
            var text = AuditScenes.JsonOf(audit);
            Assert.Contains("\"recorded\":", text, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void TheOutcomeTellsWhetherAllSomeOrNothingWasPermitted()
    {
        Assert.Equal("4", Find("disclosure-by-consent", "decision").Outcome);
        Assert.Equal("0", Find("disclosure-by-statute", "decision").Outcome);
        Assert.Equal("8", Find("refusal-without-consent", "decision").Outcome);
        Assert.Equal("4", Find("refusal-nobody-found", "decision").Outcome);
        Assert.Equal("0", Find("entry-delivered", "recipient").Outcome);
        Assert.Equal("8", Find("entry-refused-by-its-target", "recipient").Outcome);
        Assert.Equal("4", Find("entry-with-unknown-outcome", "recipient").Outcome);
        Assert.Equal("denied; withheld exercise-goal-plan: no-consent; withheld diagnosis: never-rule (N-03)", Find("refusal-without-consent", "decision").OutcomeText);
    }

    [Fact]
    public void WhatStayedIsNotAmongTheDataThatWent()
    {
        var sent = AuditScenes.JsonOf(Find("disclosure-by-consent", "source"));

        Assert.Contains("exercise-goal-plan", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("diagnosis", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEventOfATypeIsOnlyMadeFromTheKindsThatASearchForTheTypeReads()
    {
        foreach (var (scene, entry) in AuditScenes.All)
        {
            Assert.All(AuditScenes.EventsOf(entry), audit => Assert.True(AuditEvents.KindsOf(audit.Type.Code).Contains(entry.Kind), $"{scene} {audit.Id}"));
        }

        Assert.Equal(Enum.GetValues<LogEntryKind>(), AuditEvents.KindsOf("no-such-type"));
    }

    private static Sisote.DisclosureLog.Audit.AuditEvent Find(string scene, string face) =>
        AuditScenes.EventsOf(AuditScenes.All[scene]).Single(audit => audit.Id.EndsWith("-" + face, StringComparison.Ordinal));

    private static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return Path.Combine(folder.FullName, "tests", "DisclosureLog.Tests", "Audit", "Golden", file);
    }
}
