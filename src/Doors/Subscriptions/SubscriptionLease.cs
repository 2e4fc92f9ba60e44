// Looking after subscriptions, one replica at a time.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Subscriptions;

/// <summary>Asks for subscriptions whose time has come. <c>POST /subscriptions/lease</c></summary>
/// <param name="Most">How many at most.</param>
/// <param name="Seconds">For how many seconds nobody else gets them.</param>
public sealed record SubscriptionsWanted(int Most, int Seconds);

/// <summary>The subscriptions.</summary>
/// <param name="Subscriptions">They.</param>
public sealed record SubscriptionsLeased(ImmutableArray<LeasedSubscription> Subscriptions);

/// <summary>A subscription to look after.</summary>
public sealed record LeasedSubscription
{
    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Number of the lease; what a lease says that is no longer the newest counts for nothing.</summary>
    public required long Lease { get; init; }

    /// <summary>The system that is told of changes.</summary>
    public required SystemId Subscriber { get; init; }

    /// <summary>Whether its time is over.</summary>
    public required bool IsOver { get; init; }

    /// <summary>The question and who asked it, sealed.</summary>
    public required byte[] Content { get; init; }

    /// <summary>How it stands.</summary>
    public required SubscriptionStanding Standing { get; init; }
}

/// <summary>How far a subscription has come.</summary>
public sealed record SubscriptionStanding
{
    /// <summary>Its state.</summary>
    public required SubscriptionState State { get; init; }

    /// <summary>When it is looked after next.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Keyed digest of what the subscriber would have been given when it was looked at last; null until then.</summary>
    public byte[]? Seen { get; init; }

    /// <summary>Number of the newest notification.</summary>
    public required long Events { get; init; }

    /// <summary>Number of the newest notification that arrived.</summary>
    public required long Delivered { get; init; }

    /// <summary>Whether the subscriber was told that it is active.</summary>
    public required bool IsTold { get; init; }

    /// <summary>Attempts in a row that came to nothing.</summary>
    public required int Failures { get; init; }

    /// <summary>When the newest notification was made.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}

/// <summary>Writes down how far a leased subscription has come. <c>POST /subscriptions/settle</c></summary>
public sealed record SettledSubscription
{
    /// <summary>The subscription.</summary>
    public required string Id { get; init; }

    /// <summary>The lease.</summary>
    public required long Lease { get; init; }

    /// <summary>Whether the lease goes on: something is about to be sent.</summary>
    public bool KeepsLease { get; init; }

    /// <summary>How it stands; <see cref="SubscriptionState.Off"/> ends it.</summary>
    public required SubscriptionStanding Standing { get; init; }
}

/// <summary>Whether it was written down; not where the lease is not the newest any more, or the subscription is gone.</summary>
/// <param name="IsSettled">Whether it was.</param>
public sealed record SettledAnswer(bool IsSettled);
