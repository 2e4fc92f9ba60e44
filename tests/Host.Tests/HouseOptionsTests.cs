// Settings of the process: what is refused, and in which words.
using Microsoft.Extensions.Configuration;
using Sisote.Host.House;

namespace Sisote.Tests.Host;

public sealed class HouseOptionsTests
{
    [Fact]
    public void WithoutAnySettingEverythingStandsOnItsDefaultPort()
    {
        var options = Read();

        Assert.Equal(
            ["http://localhost:8080/", "http://localhost:8081/", "http://localhost:8082/", "http://127.0.0.1:8083/", "http://127.0.0.1:8084/"],
            new[] { RoomName.Gateway, RoomName.Portal, RoomName.Identity, RoomName.Consent, RoomName.Adapters }.Select(room => options.Address(room).AbsoluteUri));
        Assert.True(options.Demo);
        Assert.False(options.Strict);
    }

    [Fact]
    public void OutsideTheDemonstrationStrictModeIsOnAndNoSimulatorOpens()
    {
        var options = Read(("Sisote:Demo", "false"));

        Assert.True(options.Strict);
        Assert.DoesNotContain(RoomName.Simulators, options.Rooms);
    }

    [Theory]
    [InlineData("Sisote:Demo", "perhaps", "Sisote__Demo")]
    [InlineData("Sisote:Port", "many", "Sisote__Port")]
    [InlineData("Sisote:Rooms", "gateway,cellar", "cellar")]
    [InlineData("Sisote:Rooms", "0", "`0`")]
    public void AnUnreadableSettingIsNamed(string name, string value, string named)
    {
        var fault = Assert.Throws<StartFaultException>(() => Read((name, value)));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnreadableAddressIsNamed()
    {
        var fault = Assert.Throws<StartFaultException>(() => Read(("Sisote:Issuer", "somewhere")).Address(RoomName.Identity));

        Assert.Contains("Sisote__Issuer", fault.Message, StringComparison.Ordinal);
    }

    private static HouseOptions Read(params (string Name, string Value)[] settings) =>
        HouseOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());
}
