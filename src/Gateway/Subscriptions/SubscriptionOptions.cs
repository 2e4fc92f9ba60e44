// What an operator can set for subscriptions.
using System.ComponentModel.DataAnnotations;

namespace Sisote.Gateway.Subscriptions;

/// <summary>How often is looked, and how long is tried; configuration section <c>Sisote:Gateway:Subscriptions</c>. How many a system may have is set where they are kept (<c>Sisote:Consent</c>).</summary>
public sealed record SubscriptionOptions
{
    /// <summary>Whether subscriptions are looked after. They are kept, and wait, where they are not.</summary>
    /// <value>The default value is true.</value>
    public bool Runs { get; init; } = true;

    /// <summary>How often a source is asked for each subscription, on average and at times by chance, one that gave no answer is asked again after a tenth of it.</summary>
    /// <value>The default value is 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often is looked for subscriptions whose time has come.</summary>
    /// <value>The default value is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a receiver may take to answer.</summary>
    /// <value>The default value is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Until a notification that was not taken is sent again; each further attempt waits twice as long.</summary>
    /// <value>The default value is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest time between two attempts.</summary>
    /// <value>The default value is one hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After how many attempts in a row that came to nothing a subscription stands at <c>error</c> and the gateway raises its voice.</summary>
    /// <value>The default value is 10.</value>
    [Range(1, 1000)]
    public int MostFailures { get; init; } = 10;

    /// <summary>How long a subscription may run; one that names no end, or a later one, ends then.</summary>
    /// <value>The default value is 180 days.</value>
    [Range(typeof(TimeSpan), "00:00:01", "3660.00:00:00")]
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromDays(180);
}
