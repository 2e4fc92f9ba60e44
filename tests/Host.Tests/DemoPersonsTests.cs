// The demonstration's people are invented, known to the systems that play along, and kept in a file that people may change.
using Microsoft.Extensions.Configuration;
using Sisote.Doors.Tokens;
using Sisote.Host.Demo;
using Sisote.Host.House;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Host;

public sealed class DemoPersonsTests : IDisposable
{
    private const string Counsellor = """
          - id: ohjaaja-uusi
            name: Uuno Uusi
            kind: professional
            role: exercise-counsellor
            organisation: kuopio
            professional: ohjaaja-uusi
            remark: {fi: uusi, sv: ny, en: new}

        """;

    private readonly HouseOptions options = HouseOptions.Read(new ConfigurationBuilder().Build(), Directory.CreateTempSubdirectory("sisote-persons-").FullName);

    [Fact]
    public void EveryClientHasACodeThatNoRealPersonGets()
    {
        var codes = Read().Persons.Select(static person => person.Hetu).OfType<string>().ToList();

        Assert.NotEmpty(codes);
        Assert.All(codes, static code => Assert.True(Hetu.Parse(code).IsTestCode));
    }

    [Fact]
    public void EveryClientIsKnownToTheSimulators()
    {
        using var stream = typeof(Sisote.Simulators.SimulatorsRoom).Assembly.GetManifestResourceStream("people/people.yaml");
        using var reader = new StreamReader(Assert.IsType<Stream>(stream, exactMatch: false));
        var people = reader.ReadToEnd();

        Assert.All(Read().Persons.Select(static person => person.Hetu).OfType<string>(), code => Assert.Contains(code, people, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIsSpecialAboutSomebodyIsSaidInThreeLanguages()
    {
        Assert.All(Read().Persons, static person => Assert.All(new[] { person.Remark.Fi, person.Remark.Sv, person.Remark.En }, static text => Assert.NotEmpty(text)));
    }

    [Fact]
    public void TheFirstStartWritesTheFileAndALaterOneLeavesItAsItIs()
    {
        DemoWorld.EnsureFiles(options);
        Assert.Equal(DemoPersons.FirstText(), File.ReadAllText(options.PersonsFile));

        Add(Counsellor);
        DemoWorld.EnsureFiles(options);

        var added = Assert.Single(Read().ForSignIn(), static person => person.Id == "ohjaaja-uusi");
        Assert.Equal((PersonKind.Professional, "kuopio", "ohjaaja-uusi"), (added.Kind, added.Organisation?.Value, added.Professional?.Value));
        Assert.DoesNotContain(Read(anew: true).Persons, static person => person.Id == "ohjaaja-uusi");
    }

    [Theory]
    [InlineData("kind: professional", "kind: profesional", 5, "There is no kind of person `profesional`. Did you mean `professional`?")]
    [InlineData("organisation: kuopio", "organisation: kuopo", 7, "There is no organisation `kuopo`. Did you mean `kuopio`?")]
    [InlineData("role: exercise-counsellor", "role: exercise-counselor", 6, "There is no role `exercise-counselor`. Did you mean `exercise-counsellor`?")]
    [InlineData("id: ohjaaja-uusi", "id: aino", 10, "Somebody else in this file has the id `aino` already.")]
    [InlineData("professional: ohjaaja-uusi", "professional: ohjaaja-salmi", 47, "Somebody else of `kuopio` is `ohjaaja-salmi` already.")]
    [InlineData("name: Uuno Uusi", "nimi: Uuno Uusi", 4, "Unknown key `nimi`.")]
    [InlineData("name: Uuno Uusi", "name: [Uuno", 4, "Not readable as YAML")]
    [InlineData("sv: ny, ", "", 9, "`sv` is missing.")]
    [InlineData("kind: professional", "kind: client", 3, "`hetu` is missing.")]
    public void AFaultIsToldInOneLineWithItsPlace(string good, string bad, int line, string message)
    {
        DemoWorld.EnsureFiles(options);
        Add(Counsellor.Replace(good, bad, StringComparison.Ordinal));

        var fault = Assert.Throws<StartFaultException>(() => Read());

        Assert.Contains($"persons.yaml({line}): {message}", fault.Message, StringComparison.Ordinal);
        Assert.Contains(options.PersonsFile, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("131052-308T", "may be a real person's")]
    [InlineData("120385-911A", "is not a sound personal identity code")]
    [InlineData("230790-9456", "Somebody else in this file has the same `hetu`")]
    public void ACodeThatMayBeSomebodysIsRefusedAndNotRepeated(string code, string message)
    {
        DemoWorld.EnsureFiles(options);
        File.WriteAllText(options.PersonsFile, DemoPersons.FirstText().Replace("    hetu: 120385-911F", $"    hetu: {code}", StringComparison.Ordinal));

        var fault = Assert.Throws<StartFaultException>(() => Read());

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(code, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADeploymentThatKnowsNoneOfTheirOrganisationsAsksForAnotherFile()
    {
        File.WriteAllText(options.DeploymentFile, "organisations:\n  - {id: muualla, kind: municipality, name: {fi: Muualla, sv: Annanstans, en: Elsewhere}}\n");

        var fault = Assert.Throws<StartFaultException>(() => Read());

        Assert.StartsWith("There is no file of persons yet", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(options.Data, recursive: true);

    private DemoPersons Read(bool anew = false)
    {
        var catalogue = LawAndDeployment.ReadCatalogue(null);
        return DemoPersons.Read(options, catalogue, LawAndDeployment.ReadDeploymentOrDemo(options, catalogue), anew);
    }

    private void Add(string person) =>
        File.WriteAllText(options.PersonsFile, DemoPersons.FirstText().Replace("\npersons:\n", "\npersons:\n" + person, StringComparison.Ordinal));
}
