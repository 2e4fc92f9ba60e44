// The demonstration's people are invented and known to the systems that play along.
using Sisote.Host.Demo;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Host;

public sealed class DemoPersonsTests
{
    [Fact]
    public void EveryClientHasACodeThatNoRealPersonGets()
    {
        var codes = DemoPersons.Read().Select(static person => person.Hetu).OfType<string>().ToList();

        Assert.NotEmpty(codes);
        Assert.All(codes, static code => Assert.True(Hetu.Parse(code).IsTestCode));
    }

    [Fact]
    public void EveryClientIsKnownToTheSimulators()
    {
        using var stream = typeof(Sisote.Simulators.SimulatorsRoom).Assembly.GetManifestResourceStream("people/people.yaml");
        using var reader = new StreamReader(Assert.IsType<Stream>(stream, exactMatch: false));
        var people = reader.ReadToEnd();

        Assert.All(DemoPersons.Read().Select(static person => person.Hetu).OfType<string>(), code => Assert.Contains(code, people, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIsSpecialAboutSomebodyIsSaidInThreeLanguages()
    {
        Assert.All(DemoPersons.Read(), static person => Assert.All(new[] { person.Remark.Fi, person.Remark.Sv, person.Remark.En }, static text => Assert.NotEmpty(text)));
    }
}
