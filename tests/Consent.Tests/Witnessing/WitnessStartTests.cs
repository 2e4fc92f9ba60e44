// What the room says to a deployment that names witnesses wrongly.
using Sisote.Consent;
using Sisote.Policy.Deployments;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Witnessing;

public sealed class WitnessStartTests(PostgresFixture postgres)
{
    [Fact]
    public async Task AKeyThatIsNoneOrThisLogsOwnKeepsTheRoomShut()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var (log, witness) = (room.LogKey.ToString(), File.ReadAllText(Path.Combine(room.Folder, "keys", "consent.witness.vkey")).Trim());
        await using var other = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, ("LogOrigin", "other.example/log"));
        var address = new Uri("http://127.0.0.1:1/log/");

        await AssertShutAsync(room, new WitnessingEntry { Asks = [new LogPeerEntry { Key = log, Address = address }] }, "no key of a witness");
        await AssertShutAsync(room, new WitnessingEntry { Watches = [new LogPeerEntry { Key = witness, Address = address }] }, "no key of a log");
        await AssertShutAsync(room, new WitnessingEntry { Watches = [new LogPeerEntry { Key = log }] }, "own log");
        File.Move(Path.Combine(room.Folder, "keys", "consent.witness.key"), Path.Combine(room.Folder, "keys", "aside"));
        await File.WriteAllTextAsync(Path.Combine(room.Folder, "keys", "consent.witness.key"), "something else");
        await AssertShutAsync(room, new WitnessingEntry { Watches = [new LogPeerEntry { Key = other.LogKey.ToString() }] }, "no signing key of a witness");
        File.Move(Path.Combine(room.Folder, "keys", "aside"), Path.Combine(room.Folder, "keys", "consent.witness.key"), overwrite: true);
        room.Witnessing = null;
        await using var open = await room.TwinAsync();
    }

    [Fact]
    public void TheDeploymentFileNamesWhoWatchesWhom()
    {
        var read = DeploymentReader.Read("sisote.yaml", Yaml, Some.Catalogue());

        var witnessing = Assert.IsType<DeploymentReading.Loaded>(read).Deployment.Witnessing!;
        Assert.Equal((1, true, "https://a.example/witness/"), (witnessing.Quorum, witnessing.QuorumForReadiness, witnessing.Asks.Single().Address!.AbsoluteUri));
        Assert.Equal(("https://a.example/log/", null), (witnessing.Watches[0].Address!.AbsoluteUri, witnessing.Watches[1].Address));
        Assert.Null(Assert.IsType<DeploymentReading.Loaded>(DeploymentReader.Read("sisote.yaml", "organisations: []", Some.Catalogue())).Deployment.Witnessing);
    }

    [Theory]
    [InlineData("quorumForReadiness: true", "quorum: 2", "`quorum` must be a number from 0 to 1")]
    [InlineData("https://a.example/witness", "ftp://a.example/witness", "`address` must be an address")]
    [InlineData("https://a.example/witness", "https://name:word@a.example/witness", "`address` must be an address")]
    [InlineData("b.example/log", "a.example/log", "more than once")]
    [InlineData("quorumForReadiness", "quorumForReady", "Unknown key")]
    [InlineData("a.example/witness+", "a.example/witness", "`key` must be a public key")]
    public void EveryFaultOfThatSectionIsReported(string from, string to, string says)
    {
        Assert.Contains(from, Yaml, StringComparison.Ordinal);

        var faulty = Assert.IsType<DeploymentReading.Faulty>(DeploymentReader.Read("sisote.yaml", Yaml.Replace(from, to, StringComparison.Ordinal), Some.Catalogue()));

        Assert.Contains(faulty.Faults, fault => fault.ToString().Contains(says, StringComparison.Ordinal));
    }

    private const string Yaml = """
        organisations: []
        witnessing:
          asks:
            - key: a.example/witness+1234abcd+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
              address: https://a.example/witness
          quorumForReadiness: true
          watches:
            - key: a.example/log+1234abcd+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
              address: https://a.example/log/
            - key: b.example/log+1234abcd+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
        """;

    private static async Task AssertShutAsync(OpenRoom room, WitnessingEntry witnessing, string says)
    {
        room.Witnessing = witnessing;
        var fault = await Assert.ThrowsAsync<ConsentStartException>(room.TwinAsync);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }
}
