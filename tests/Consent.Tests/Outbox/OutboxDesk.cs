// What the gateway does at the doors of the outbox.
using System.Collections.Immutable;
using System.Net.Http.Json;
using Sisote.Doors.Json;
using Sisote.Doors.Outbox;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Consent.Outbox;

internal static class OutboxDesk
{
    public static readonly ClientId Client = ClientId.Parse(new string('1', 32));
    public static readonly ClientId Other = ClientId.Parse(new string('2', 32));

    public static HeldEntry Held(OpenRoom room, string id, ClientId client) => new()
    {
        Id = id,
        Client = client,
        Sender = SystemId.Parse("kuopio-portal"),
        Target = SystemId.Parse("pohjois-savo-record"),
        Content = System.Text.Encoding.ASCII.GetBytes("sealed-" + id),
        IsUnclear = false,
        IsTried = true,
        DueAt = room.Clock.GetUtcNow(),
    };

    public static async Task<bool> HoldAsync(OpenRoom room, HeldEntry entry) => (await AskToHoldAsync(room, entry)).IsHeld;

    public static Task<HoldAnswer> AskToHoldAsync(OpenRoom room, HeldEntry entry) => PostAsync<HoldAnswer>(room.Gateway, "/outbox/hold", entry);

    /// <summary>Says that the entry arrived by another call.</summary>
    public static async Task<bool> ArriveAsync(OpenRoom room, string id, byte[] digest, OutboxState state = OutboxState.Delivered) =>
        (await PostAsync<ArrivedAnswer>(room.Gateway, "/outbox/arrived", new ArrivedEntry { Id = id, State = state, Answer = "answer-of-the-other-call"u8.ToArray(), Digest = digest })).IsTold;

    public static Task<AheadAnswer> AheadAsync(OpenRoom room, string id, string sender, byte[]? digest = null) => PostAsync<AheadAnswer>(
        room.Gateway, "/outbox/ahead", new AheadQuestion { Id = id, Client = Client, Sender = SystemId.Parse(sender), Target = SystemId.Parse("pohjois-savo-record"), Digest = digest });

    public static Task<ImmutableArray<LeasedEntry>> LeaseAsync(OpenRoom room) => LeaseAsync(room.Gateway);

    /// <summary>Begins to send the entry; the others are given back.</summary>
    public static async Task LeaseAsync(OpenRoom room, string id)
    {
        foreach (var one in await LeaseAsync(room))
        {
            await (one.Id == id ? BeginAsync(room, one) : SettleAsync(room, one, OutboxState.Waiting, room.Clock.GetUtcNow()));
        }
    }

    public static async Task<ImmutableArray<LeasedEntry>> LeaseAsync(HttpClient gateway, int most = 50, string? without = null, string? only = null) => (await PostAsync<LeaseAnswer>(gateway, "/outbox/lease", new LeaseQuestion
    {
        Most = most,
        Seconds = 60,
        Without = without is null ? [] : [SystemId.Parse(without)],
        Only = only is null ? null : SystemId.Parse(only),
    })).Entries;

    public static async Task<bool> SettleAsync(OpenRoom room, LeasedEntry leased, OutboxState state, DateTimeOffset? dueAt = null) => (await PostAsync<SettleAnswer>(room.Gateway, "/outbox/settle", new SettledEntry
    {
        Id = leased.Id,
        Lease = leased.Lease,
        State = state,
        DueAt = dueAt,
        IsTried = dueAt is null,
        Answer = dueAt is null ? "answer"u8.ToArray() : null,
    })).IsSettled;

    public static async Task<OutboxEntry> FindAsync(OpenRoom room, string id)
    {
        using var answer = await room.Gateway.GetAsync($"/outbox/{id}");
        return await answer.ReadAsync<OutboxEntry>();
    }

    public static async Task<ImmutableArray<OutboxEntry>> ListAsync(OpenRoom room, string query)
    {
        using var answer = await room.Operator.GetAsync("/outbox" + query);
        return (await answer.ReadAsync<OutboxList>()).Entries;
    }

    /// <summary>Says that a leased entry is sent now.</summary>
    public static async Task<bool> BeginAsync(OpenRoom room, LeasedEntry leased) => (await PostAsync<BeginAnswer>(room.Gateway, "/outbox/begin", new BeginSending { Id = leased.Id, Lease = leased.Lease, Seconds = 60 })).IsBegun;

    /// <summary>Leases as the gateway does that sends nothing any more after so many attempts and so long.</summary>
    public static async Task<ImmutableArray<LeasedEntry>> LeaseAsync(OpenRoom room, LeaseQuestion question) => (await PostAsync<LeaseAnswer>(room.Gateway, "/outbox/lease", question)).Entries;

    private static async Task<T> PostAsync<T>(HttpClient gateway, string path, object question)
    {
        using var body = JsonContent.Create(question, question.GetType(), options: SisoteJson.Options);
        using var answer = await gateway.PostAsync(path, body);
        return await answer.ReadAsync<T>();
    }
}
