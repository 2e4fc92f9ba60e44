// What the demonstration must never be mixed with.
using Microsoft.Extensions.Configuration;
using Sisote.Host.House;

namespace Sisote.Tests.Host;

public sealed class DemoRulesTests
{
    [Theory]
    [InlineData("Sisote:Strict", "true")]
    [InlineData("Sisote:Consent:Database", "postgres:Host=db")]
    [InlineData("Sisote:Identity:PostgreSql", "Host=db")]
    public void TheDemonstrationNeverRunsBesideRealUse(string name, string value)
    {
        Assert.Throws<StartFaultException>(() => DemoRules.Require(Read((name, value))));
    }

    [Fact]
    public void SimulatorsNeverRunOutsideTheDemonstration()
    {
        Assert.Throws<StartFaultException>(() => DemoRules.Require(Read(("Sisote:Demo", "false"), ("Sisote:Rooms", "gateway,simulators"))));
    }

    [Fact]
    public void RealUseNeedsNoDemonstration()
    {
        DemoRules.Require(Read(("Sisote:Demo", "false"), ("Sisote:Consent:Database", "postgres:Host=db")));
    }

    private static HouseOptions Read(params (string Name, string Value)[] settings) =>
        HouseOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());
}
