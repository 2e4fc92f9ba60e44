// What the gateway does at the doors of subscriptions.
using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text;
using Sisote.Doors.Json;
using Sisote.Doors.Subscriptions;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Consent.Subscriptions;

internal static class SubscriptionDesk
{
    public static readonly SystemId Subscriber = SystemId.Parse("kuopio-portal");
    public static readonly SystemId Source = SystemId.Parse("pohjois-savo-record");

    public static NewSubscription New(OpenRoom room, ClientId client) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Client = client,
        Subscriber = Subscriber,
        Source = Source,
        Content = "sealed-question"u8.ToArray(),
        EndsAt = room.Clock.GetUtcNow().AddDays(30),
    };

    public static async Task<bool> KeepAsync(OpenRoom room, NewSubscription kept) => (await PostAsync<KeepAnswer>(room.Gateway, "/subscriptions/keep", kept)).IsKept;

    public static async Task<ImmutableArray<SubscriptionShown>> FindAsync(OpenRoom room, string subscriber = "kuopio-portal", string? id = null) =>
        (await PostAsync<SubscriptionList>(room.Gateway, "/subscriptions/find", new SubscriptionQuestion(SystemId.Parse(subscriber), Source, id))).Subscriptions;

    public static async Task<bool> EndAsync(OpenRoom room, string id, string subscriber = "kuopio-portal") => (await PostAsync<EndAnswer>(room.Gateway, "/subscriptions/end", new EndSubscription(SystemId.Parse(subscriber), Source, id))).IsEnded;

    public static Task<ImmutableArray<LeasedSubscription>> LeaseAsync(OpenRoom room) => LeaseAsync(room.Gateway);

    public static async Task<ImmutableArray<LeasedSubscription>> LeaseAsync(HttpClient gateway) => (await PostAsync<SubscriptionsLeased>(gateway, "/subscriptions/lease", new SubscriptionsWanted(50, 60))).Subscriptions;

    public static async Task<bool> SettleAsync(OpenRoom room, LeasedSubscription leased, SubscriptionStanding standing, bool keepsLease = false) =>
        (await PostAsync<SettledAnswer>(room.Gateway, "/subscriptions/settle", new SettledSubscription { Id = leased.Id, Lease = leased.Lease, Standing = standing, KeepsLease = keepsLease })).IsSettled;

    /// <summary>Looks at what is new, so that it is due in an hour.</summary>
    public static async Task<SubscriptionStanding> LookedAsync(OpenRoom room)
    {
        var leased = Assert.Single(await LeaseAsync(room));
        var standing = leased.Standing with { State = SubscriptionState.Active, Seen = Encoding.ASCII.GetBytes(new string('d', 64)), IsTold = true, DueAt = room.Clock.GetUtcNow().AddHours(1) };
        Assert.True(await SettleAsync(room, leased, standing));
        return standing;
    }

    private static async Task<T> PostAsync<T>(HttpClient gateway, string path, object question)
    {
        using var body = JsonContent.Create(question, question.GetType(), options: SisoteJson.Options);
        using var answer = await gateway.PostAsync(path, body);
        return await answer.ReadAsync<T>();
    }
}
