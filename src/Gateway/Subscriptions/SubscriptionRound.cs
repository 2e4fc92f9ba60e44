// Looks after one subscription.
using Sisote.Doors.Consent;
using Sisote.Doors.Subscriptions;
using Sisote.DisclosureLog.Entries;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Subscriptions;

/// <summary>Sends what waits, or looks whether there is something to tell: first the record, then the number, then the notification. A subscription that waits for its receiver is not looked at meanwhile: one notification says all.</summary>
internal sealed class SubscriptionRound(SubscriptionApi api, SubscriptionSeal seal, SubscribedCalls calls, SubscriptionLook look, SubscriptionDelivery delivery)
{
    internal async Task RunAsync(LeasedSubscription leased)
    {
        if (leased.IsOver || seal.Open(leased.Content, leased.Id) is not { } content || calls.Recall(content) is not { } subscribed)
        {
            await SettleAsync(leased, leased.Standing with { State = SubscriptionState.Off });
            return;
        }

        var standing = IsWaiting(leased.Standing) ? leased.Standing : await look.LookAsync(leased, subscribed);
        if (IsWaiting(standing) && (standing == leased.Standing || await SettleAsync(leased, standing, keepsLease: true)))
        {
            standing = await delivery.DeliverAsync(leased, standing, subscribed);
        }
        else if (IsWaiting(standing))
        {
            return; // ended meanwhile, or somebody else's by now
        }

        await SettleAsync(leased, standing);
    }

    private static bool IsWaiting(SubscriptionStanding standing) => standing.State != SubscriptionState.Off && standing.Seen is not null && (!standing.IsTold || standing.Events > standing.Delivered);

    private async Task<bool> SettleAsync(LeasedSubscription leased, SubscriptionStanding standing, bool keepsLease = false)
    {
        var settled = new SettledSubscription { Id = leased.Id, Lease = leased.Lease, KeepsLease = keepsLease, Standing = standing };
        return (await api.SettleAsync(settled) ?? await api.SettleAsync(settled)) is { IsSettled: true };
    }
}

/// <summary>Finds out whether there is something to tell.</summary>
internal sealed class SubscriptionLook(Looking looking, HandleRing handles, NotificationRecords records, SubscriptionTimes times)
{
    private const int MostRounds = 4;

    /// <summary>How the subscription stands after a look: with a new number where what the subscriber would be given has changed and that is on record.</summary>
    internal async Task<SubscriptionStanding> LookAsync(LeasedSubscription leased, SubscribedCall subscribed)
    {
        for (var round = 1; round <= MostRounds; round++)
        {
            var found = await looking.LookAsync(leased.Id, subscribed, handles);
            if (await JudgeAsync(leased, subscribed, found) is { } standing)
            {
                return standing;
            }
        }

        return Again(leased);
    }

    /// <summary>Null where what was decided is not current any more.</summary>
    private async Task<SubscriptionStanding?> JudgeAsync(LeasedSubscription leased, SubscribedCall subscribed, Look found)
    {
        var (before, next) = (leased.Standing, leased.Standing with { DueAt = times.Next });
        switch (found)
        {
            case Look.Gone:
                return before with { State = SubscriptionState.Off };
            case Look.Answered answered when before.Seen is null || SubscriptionSeal.IsSame(before.Seen, answered.Digest):
                return next with { Seen = answered.Digest };
            case Look.Answered answered:
                return await records.RecordAsync(subscribed.Call, answered.Judged) switch
                {
                    AppendStatus.Committed => next with { Seen = answered.Digest, Events = before.Events + 1, ChangedAt = times.Now },
                    AppendStatus.Stale or AppendStatus.Expired => null,
                    _ => Again(leased),
                };
            default:
                return Again(leased);
        }
    }

    /// <summary>Nothing is known: soon again.</summary>
    private SubscriptionStanding Again(LeasedSubscription leased) => leased.Standing with { DueAt = times.Soon };
}

/// <summary>Gets notifications on record. INVARIANT: no receipt, no notification.</summary>
internal sealed class NotificationRecords(Records records, AppendQueue queue)
{
    internal const string Notified = "notified";

    /// <summary>
    /// Records that the recipient is about to be told that something changed: a disclosure (or use of the own register) without content, so that of no item anything is marked as released. What was decided stands in it and must
    /// be current, also where it is a denial.
    /// </summary>
    internal async Task<AppendStatus?> RecordAsync(Call call, Judged judged)
    {
        var item = records.About(call, judged.Known, judged.Decided);
        var result = await queue.AppendAsync(item with
        {
            Entry = item.Entry with { Kind = call.Asker.IsOwnRegister ? LogEntryKind.Use : LogEntryKind.Disclosure, Outcome = Notified },
            Expect = Records.Expect(judged.Decided),
            ClientIdentifier = judged.Known.Identifier ?? item.ClientIdentifier,
        });
        return result?.Status;
    }
}

/// <summary>Sends what waits, and says how the subscription stands then.</summary>
internal sealed class SubscriptionDelivery(NotificationSending sending, SubscriptionWriter writer, SubscriptionTimes times, ILogger<SubscriptionDelivery> log)
{
    internal async Task<SubscriptionStanding> DeliverAsync(LeasedSubscription leased, SubscriptionStanding standing, SubscribedCall subscribed)
    {
        var address = writer.AddressOf(subscribed.Call.Asker.Other.Id, leased.Id);
        var body = standing.IsTold
            ? NotificationBundle.Event(address, leased.Id, standing.ChangedAt ?? times.Now, standing.Events, subscribed.Search.PatientHandle!)
            : NotificationBundle.Handshake(address, leased.Id, times.Now);
        return await sending.SendAsync(leased.Subscriber, subscribed.Notify, body) ? Arrived(standing) : Failed(leased, standing);
    }

    /// <summary>What changed while the receiver was away is looked for at once.</summary>
    private SubscriptionStanding Arrived(SubscriptionStanding standing) => standing with
    {
        State = SubscriptionState.Active,
        IsTold = true,
        Delivered = standing.Events,
        Failures = 0,
        DueAt = standing.Failures > 0 ? times.Now : times.Next,
    };

    private SubscriptionStanding Failed(LeasedSubscription leased, SubscriptionStanding standing)
    {
        var failures = standing.Failures + 1;
        if (times.IsWordDue(failures))
        {
            Log.ReceiverDown(log, leased.Subscriber.Value, leased.Id, failures);
        }

        return standing with { Failures = failures, State = times.IsTooMany(failures) ? SubscriptionState.Error : standing.State, DueAt = times.After(failures) };
    }
}
