// One data folder, one instance.
using Microsoft.Extensions.Configuration;
using Sisote.Host.House;

namespace Sisote.Tests.Host;

public sealed class HouseLockTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "sisote-lock-" + Guid.CreateVersion7().ToString("N"));

    [Fact]
    public void ASecondInstanceIsRefusedAndToldWhoIsThere()
    {
        using var first = HouseLock.Take(Options(), everything: false);

        var refused = Assert.Throws<StartFaultException>(() => HouseLock.Take(Options(("Sisote:Port", "8180")), everything: false));

        Assert.Contains($"Sisote already runs here (process {Environment.ProcessId}, http://localhost:8080/)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RoomsOfOneInstallationInSeveralProcessesShareTheFolderButNoneMayEmptyIt()
    {
        using var gateway = HouseLock.Take(Options(("Sisote:Rooms", "gateway,portal")), everything: false);
        using var consent = HouseLock.Take(Options(("Sisote:Rooms", "consent")), everything: false);

        Assert.Throws<StartFaultException>(() => HouseLock.Take(Options(("Sisote:Rooms", "identity")), everything: true));
        Assert.Throws<StartFaultException>(() => HouseLock.Take(Options(("Sisote:Rooms", "portal")), everything: false));
    }

    [Theory]
    [InlineData("portal", null, true)]
    [InlineData("consent", "postgres:Host=127.0.0.1", true)]
    [InlineData("consent", null, false)]
    [InlineData("identity", null, false)]
    public void OutsideTheDemonstrationReplicasShareAFolderUnlessTheyKeepADatabaseInIt(string room, string? database, bool may)
    {
        var options = Options(("Sisote:Demo", "false"), ("Sisote:Rooms", room), ("Sisote:Consent:Database", database));
        using var first = HouseLock.Take(options, everything: false);

        var second = Record.Exception(() => HouseLock.Take(options, everything: false).Dispose());

        Assert.Equal(may, second is null);
    }

    [Fact]
    public void AnInstanceThatEndedLeavesTheFolderToTheNextAndAFailedFirstStartLeavesNone()
    {
        HouseLock.Take(Options(), everything: false).Dispose();
        Assert.False(Directory.Exists(folder));

        DataFolder.Claim(folder);
        HouseLock.Take(Options(), everything: false).Dispose();
        using var next = HouseLock.Take(Options(), everything: true);
        Assert.True(Directory.Exists(folder));
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private HouseOptions Options(params (string Name, string? Value)[] settings) => HouseOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Where(static setting => setting.Value is not null).Select(static setting => KeyValuePair.Create(setting.Name, setting.Value))).Build(),
        folder);
}
