// What an operator can set for the gateway.
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Sisote.Gateway.Access;
using Sisote.Gateway.Outbox;
using Sisote.Gateway.Subscriptions;
using Sisote.Gateway.XRoad;

namespace Sisote.Gateway;

/// <summary>Limits of the gateway; configuration section <c>Sisote:Gateway</c>.</summary>
public sealed record GatewayOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Sisote:Gateway";

    /// <summary>The largest entry that a system may send, in bytes.</summary>
    /// <value>The default value is 1 MiB.</value>
    [Range(1024, 16 * 1024 * 1024)]
    public int LargestEntry { get; init; } = 1024 * 1024;

    /// <summary>The largest answer of a source that is read at all, in bytes; a larger one is refused whole.</summary>
    /// <value>The default value is 8 MiB.</value>
    [Range(1024, 64 * 1024 * 1024)]
    public int LargestAnswer { get; init; } = 8 * 1024 * 1024;

    /// <summary>The most resources of the type asked for that an answer may hold; one with more is refused whole.</summary>
    /// <value>The default value is 5,000.</value>
    [Range(1, 1_000_000)]
    public int MostEntries { get; init; } = 5_000;

    /// <summary>How much of sources' answers may be in memory at the same time, in bytes as they came; working on them takes about as much again. A large answer waits for room.</summary>
    /// <value>The default value is 128 MiB.</value>
    [Range(1024 * 1024, int.MaxValue)]
    public int AnswersInMemory { get; init; } = 128 * 1024 * 1024;

    /// <summary>How many requests of one calling system may be under way at the same time; one more is answered 429.</summary>
    /// <value>The default value is 128.</value>
    [Range(1, 10_000)]
    public int MostAtOnce { get; init; } = 128;

    /// <summary>How long a source may take for its whole answer.</summary>
    /// <value>The default value is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan SourceTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the consent service may take for one call.</summary>
    /// <value>The default value is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ConsentTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The beat on which answers leave that bring nothing, so that their time does not tell why; zero for none.</summary>
    /// <value>The default value is 5 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan QuietBeat { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The most resources on one page of a search, also where the caller asks for more or says nothing.</summary>
    /// <value>The default value is 200.</value>
    [Range(1, 2000)]
    public int LargestPage { get; init; } = 200;

    /// <summary>How long the pages of one search can be asked for, from its first page on.</summary>
    /// <value>The default value is 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SearchLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether the gateway follows changes in the consent service, to forget at once what is not current any more.</summary>
    /// <value>The default value is true.</value>
    public bool FollowsChanges { get; init; } = true;

    /// <summary>When the gateway asks again for changes that it could not ask for.</summary>
    /// <value>The default value is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan FollowAgainAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Entries that wait.</summary>
    [ValidateObjectMembers]
    public OutboxOptions Outbox { get; init; } = new();

    /// <summary>Subscriptions.</summary>
    [ValidateObjectMembers]
    public SubscriptionOptions Subscriptions { get; init; } = new();

    /// <summary>The ingress for X-Road.</summary>
    public XRoadOptions XRoad { get; init; } = new();

    /// <summary>The access door.</summary>
    [ValidateObjectMembers]
    public AccessOptions Access { get; init; } = new();
}

/// <summary>Checks the options at start.</summary>
[OptionsValidator]
internal sealed partial class GatewayOptionsValidator : IValidateOptions<GatewayOptions>;
