// Keeping subscriptions, showing them to their subscriber and ending them.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Subscriptions;

/// <summary>A new subscription. <c>POST /subscriptions/keep</c></summary>
public sealed record NewSubscription
{
    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Whom it is about.</summary>
    public required ClientId Client { get; init; }

    /// <summary>The system that is told of changes.</summary>
    public required SystemId Subscriber { get; init; }

    /// <summary>The system that is asked.</summary>
    public required SystemId Source { get; init; }

    /// <summary>The question and who asked it, sealed.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Until when it runs.</summary>
    public required DateTimeOffset EndsAt { get; init; }
}

/// <summary>Whether it is kept; not where the subscriber has as many as it may have.</summary>
/// <param name="IsKept">Whether it is.</param>
public sealed record KeepAnswer(bool IsKept);

/// <summary>Asks for a system's own subscriptions. <c>POST /subscriptions/find</c></summary>
/// <param name="Subscriber">The system.</param>
/// <param name="Source">The system that is asked in them.</param>
/// <param name="Id">The one; null = all.</param>
public sealed record SubscriptionQuestion(SystemId Subscriber, SystemId Source, string? Id = null);

/// <summary>The subscriptions, oldest first.</summary>
/// <param name="Subscriptions">They.</param>
public sealed record SubscriptionList(ImmutableArray<SubscriptionShown> Subscriptions);

/// <summary>A subscription as its subscriber may see it.</summary>
public sealed record SubscriptionShown
{
    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required SubscriptionState State { get; init; }

    /// <summary>The question, sealed.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Number of the newest notification that was made.</summary>
    public required long Events { get; init; }

    /// <summary>Until when it runs.</summary>
    public required DateTimeOffset EndsAt { get; init; }
}

/// <summary>A subscriber ends its subscription: nothing of it stays. <c>POST /subscriptions/end</c></summary>
/// <param name="Subscriber">The system.</param>
/// <param name="Source">The system that is asked in it.</param>
/// <param name="Id">The subscription.</param>
public sealed record EndSubscription(SystemId Subscriber, SystemId Source, string Id);

/// <summary>Whether there was one.</summary>
/// <param name="IsEnded">Whether there was.</param>
public sealed record EndAnswer(bool IsEnded);
