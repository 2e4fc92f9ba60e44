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

    private static async Task AssertShutAsync(OpenRoom room, WitnessingEntry witnessing, string says)
    {
        room.Witnessing = witnessing;
        var fault = await Assert.ThrowsAsync<ConsentStartException>(room.TwinAsync);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }
}
