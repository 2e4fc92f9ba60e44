// Rooms that watch and are watched, step by step.
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Witnessing;
using Sisote.Doors.Consent;
using Sisote.Policy.Deployments;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Witnessing;

internal static class Watching
{
    public static async Task<PublicDoor> OpenAsync(DatabaseKind kind, PostgresFixture postgres, string name) =>
        await PublicDoor.OpenAsync(await OpenRoom.OpenAsync(kind, postgres, ("LogOrigin", name + "/log")));

    /// <summary>Opens the room again with another part in watching.</summary>
    public static Task WatchAsync(this PublicDoor door, WitnessingEntry witnessing)
    {
        door.Room.Witnessing = witnessing;
        return door.Room.ReopenAsync();
    }

    /// <summary>Makes the log of the room longer.</summary>
    public static async Task DiscloseAsync(this PublicDoor door, int count)
    {
        var state = (await door.Room.StateAsync(Some.Aino)).State;
        var items = Enumerable.Range(0, count).Select(_ => new AppendItem { Entry = Some.Disclosure(state.Client, door.Room.Clock.GetUtcNow()), Expect = Some.Expect(state) });
        Assert.All(await door.Room.AppendAsync([.. items]), static result => Assert.Equal(AppendStatus.Committed, result.Status));
    }

    /// <summary>The room asks its witnesses once.</summary>
    public static Task AskAsync(this PublicDoor door) => door.Room.Services.GetRequiredService<CosigningRound>().RunAsync(CancellationToken.None);

    /// <summary>The room looks once at the log with this key.</summary>
    public static Task<LookOutcome> LookAtAsync(this PublicDoor door, LogPeerEntry log) => door.Room.Services.GetRequiredService<Follower>()
        .LookAsync(door.Room.Services.GetRequiredService<WitnessingPlan>().Watches[log.Key.Split('+')[0]], CancellationToken.None);

    public static async Task<WitnessStatus> StatusAsync(this PublicDoor door)
    {
        using var answer = await door.Room.Operator.GetAsync("/witness/status");
        return await answer.ReadAsync<WitnessStatus>();
    }

    public static async Task<byte[]> EvidenceAsync(this PublicDoor door, LogAlarm alarm) => await door.Room.Operator.GetByteArrayAsync($"/witness/alarms/{alarm.Id}");
}
