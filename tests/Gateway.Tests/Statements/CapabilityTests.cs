// What the gateway says that it serves, and that it serves exactly that.
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Sisote.Tests.Gateway.World;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Gateway.Statements;

public sealed class CapabilityTests
{
    private const string Record = "fhir/pohjois-savo-record";

    [Fact]
    public async Task TheStatementIsTheSameBytesInEveryReplicaAndForWhateverIsOnRecord()
    {
        await using var one = await GatewayWorld.OpenAsync();
        await using var other = await GatewayWorld.OpenAsync();
        other.Consent.Set(Some.Aino, static state => state with { Consents = [] });
        other.Source.Resources.Clear();

        var first = await one.GetAsync($"{Record}/metadata");
        var second = await other.GetAsync($"{Record}/metadata");
        var another = await one.GetAsync($"{Record}/metadata", one.Token(professional: "ohjaaja-niemi"));

        Assert.Equal(first.Comparable, second.Comparable);
        Assert.Equal(first.Comparable, another.Comparable);
        Assert.IsType<CapabilityStatement>(new FhirJsonDeserializer().DeserializeResource(first.Body));
        Assert.Empty(one.Source.Seen);
        Assert.Empty(one.Consent.Log);
    }

    [Fact]
    public async Task EachRecipientIsToldWhatItsOwnRulesLetItAsk()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var counsellor = Parameters(await world.GetAsync($"{Record}/metadata"));
        var doctor = Parameters(await world.GetAsync("fhir/kuopio-liikunta/metadata", world.DoctorToken()));

        Assert.Contains("Flag.date date", counsellor);
        Assert.Contains("Flag.patient reference", counsellor);
        Assert.Contains("Observation.value-quantity quantity", counsellor);
        Assert.Contains("Patient.identifier token", counsellor);
        Assert.DoesNotContain(counsellor, static parameter => parameter.StartsWith("Condition.", StringComparison.Ordinal) || parameter.StartsWith("Patient.name", StringComparison.Ordinal) || parameter.Contains("_lastUpdated", StringComparison.Ordinal));
        Assert.NotEqual(counsellor, doctor);
    }

    [Fact]
    public async Task TheTableOfTheDocumentIsWhatIsServed()
    {
        await using var world = await GatewayWorld.OpenAsync();
        var served = Parameters(await world.GetAsync($"{Record}/metadata")).Select(static parameter => parameter.Split('.', ' ')).GroupBy(static parts => parts[0])
            .Select(static type => $"| {type.Key} | {string.Join(", ", type.Select(static parts => parts[2] == "token" ? parts[1] : $"{parts[1]} ({parts[2]})"))} |");
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
        {
            folder = folder.Parent!;
        }

        var written = (await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "docs", "searching.md"))).SkipWhile(static line => !line.StartsWith("| Type |", StringComparison.Ordinal)).Skip(2).TakeWhile(static line => line.StartsWith('|'));

        Assert.True(served.SequenceEqual(written), $"docs/searching.md should have\n{string.Join('\n', served)}");
    }

    [Theory]
    [InlineData("Flag")]
    [InlineData("Observation")]
    [InlineData("Goal")]
    [InlineData("CarePlan")]
    public async Task WhatTheStatementListsIsServedAndNoOtherParameterOfFhirIs(string type)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var listed = Parameters(await world.GetAsync($"{Record}/metadata")).Where(parameter => parameter.StartsWith(type + ".", StringComparison.Ordinal)).Select(parameter => parameter[(type.Length + 1)..].Split(' ')[0]).ToHashSet();

        foreach (var name in ModelInfo.SearchParameters.Where(parameter => parameter.Resource == type).Select(static parameter => parameter.Name!).Concat(listed).Except(["patient", "subject"]))
        {
            var answer = await world.GetAsync($"{Record}/{type}?patient={handle}&{name}:missing=false");

            Assert.True(answer.Status == (listed.Contains(name) ? 200 : 400), $"{type}.{name}: {answer.Status}");
        }
    }

    [Fact]
    public async Task TheSmartConfigurationIsTheSameAtEveryNameAndTellsOfNoSystem()
    {
        await using var world = await GatewayWorld.OpenAsync();

        var root = await world.GetAsync(".well-known/smart-configuration", string.Empty);
        var record = await world.GetAsync($"{Record}/.well-known/smart-configuration", string.Empty);
        var nowhere = await world.GetAsync("fhir/no-such-system/.well-known/smart-configuration", string.Empty);

        Assert.Equal(200, root.Status);
        Assert.Equal(root.Comparable, record.Comparable);
        Assert.Equal(root.Comparable, nowhere.Comparable);
    }

    private static string[] Parameters(RawAnswer statement) =>
    [
        .. from type in Some.Parse(statement.Body)["rest"]![0]!["resource"]!.AsArray()
           from parameter in type!["searchParam"]?.AsArray() ?? []
           select $"{type["type"]}.{parameter["name"]} {parameter["type"]}",
    ];
}
