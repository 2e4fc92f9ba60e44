// Every port of the process is known before anything opens.
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Sisote.Host.House;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Host;

public sealed class DoorPlanTests
{
    private static readonly LegalCatalogue Catalogue = LawAndDeployment.ReadCatalogue(null);
    private readonly int port = SisoteProcess.FindFreePorts();

    [Theory]
    [InlineData(0, "gateway", "--port")]
    [InlineData(5, "`listenMllp` of `pohjois-savo-record`", "--port")]
    [InlineData(6, "`noticeListen` of `kuopio-opiskeluhuolto`", "--port")]
    [InlineData(12, "the simulated `pohjois-savo-record`", "localhost instead of 127.0.0.1")]
    [InlineData(13, "the simulated `kuopio-liikunta`", "localhost instead of 127.0.0.1")]
    public void ATakenPortIsNamedWithItsOwner(int offset, string owner, string remedy)
    {
        using var taken = new TcpListener(IPAddress.Loopback, port + offset);
        taken.Start();

        var fault = Assert.Throws<StartFaultException>(() => DoorPlan.RequireFree(Options(), Demo()));

        Assert.Contains($":{port + offset}", fault.Message, StringComparison.Ordinal);
        Assert.Contains(owner, fault.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoEntriesWithTheSamePortAreNamedBoth()
    {
        var fault = Assert.Throws<StartFaultException>(() => DoorPlan.RequireFree(Options(), Demo(text => text.Replace($":{port + 13}/api", $":{port + 11}/api", StringComparison.Ordinal))));

        Assert.Contains($":{port + 11} is wanted twice, by the simulated `pohjois-savo-record` and by the simulated `kuopio-liikunta`", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnesOwnProductOnThisMachineIsNamedLocalhostAndThenNoSimulatorWantsItsPort()
    {
        using var product = new TcpListener(IPAddress.Loopback, port + 13);
        product.Start();

        DoorPlan.RequireFree(Options(), Demo(text => text.Replace($"127.0.0.1:{port + 13}", $"localhost:{port + 13}", StringComparison.Ordinal)));
    }

    private HouseOptions Options() => HouseOptions.Read(new ConfigurationBuilder().Build(), Path.Combine(Path.GetTempPath(), "sisote-never-made"), port);

    private Deployment Demo(Func<string, string>? change = null)
    {
        var text = DemoWorld.DeploymentText(port);
        var changed = change?.Invoke(text) ?? text;
        Assert.Equal(change is null, changed == text);
        return Assert.IsType<DeploymentReading.Loaded>(DeploymentReader.Read("sisote.yaml", changed, Catalogue)).Deployment;
    }
}
