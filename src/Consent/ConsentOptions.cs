// The room's settings.
using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Sisote.Consent.Review.Hints;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Consent;

/// <summary>Settings of the consent service, section <c>Sisote:Consent</c>.</summary>
public sealed record ConsentOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Sisote:Consent";

    /// <summary>Where everything is kept: <c>sqlite:FILE</c> or <c>postgres:CONNECTION STRING</c>. <value>sqlite: and consent.db in the data folder.</value></summary>
    public string? Database { get; init; }

    /// <summary>Whether the room brings an older database up to date when it starts. <value>true for SQLite, false for PostgreSQL, where a migration job does it.</value></summary>
    public bool? MigrateAtStart { get; init; }

    /// <summary>Whether missing key files are made at the first start. <value>true for SQLite, false for PostgreSQL, where replicas share mounted files.</value></summary>
    public bool? MakeKeys { get; init; }

    /// <summary>The log's name in checkpoints, a host and path that this installation owns. <value>host of the gateway and /log</value></summary>
    [RegularExpression("^[A-Za-z0-9.:/_-]{1,200}$")]
    public string? LogOrigin { get; init; }

    /// <summary>Calls that may wait for the log before a further one is told to come again. <value>4096</value></summary>
    [Range(1, 1_000_000)]
    public int QueueLength { get; init; } = 4096;

    /// <summary>Seconds that a database command may take. <value>5</value></summary>
    [Range(1, 300)]
    public int CommandSeconds { get; init; } = 5;

    /// <summary>The consent forms that a signed-in client may give here; the others need paper, another registry or a professional. <value>those that the catalogue says can be given signed in</value></summary>
    public IReadOnlyList<string>? SignedInForms { get; init; }

    /// <summary>How often the witnesses of this log are asked where a new checkpoint is there. <value>a second</value></summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan AskWitnessesEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a followed log is looked at. <value>a minute</value></summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LookAtLogsEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an entry may wait for enough witnesses before readiness speaks of it. <value>five minutes</value></summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan WitnessPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After how many days past its last day a question of a data-protection officer, or a client's request for the log, is listed as one that somebody else must be told of. <value>7</value></summary>
    [Range(1, 365)]
    public int EscalateAfterDays { get; init; } = 7;

    /// <summary>From when on something is worth a hint to a data-protection officer.</summary>
    [ValidateObjectMembers]
    public HintThresholds Hints { get; init; } = new();

    /// <summary>How many entries may wait in the outbox; one more is refused to its sender. <value>10,000</value></summary>
    [Range(0, 10_000_000)]
    public int OutboxEntries { get; init; } = 10_000;

    /// <summary>How many bytes the entries in the outbox may have together. <value>512 MiB</value></summary>
    [Range(0, long.MaxValue)]
    public long OutboxBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>How long an entry may wait in the outbox before readiness speaks of it. <value>fifteen minutes</value></summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan OutboxPatience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the end of an entry can be looked up; its content is gone at once. <value>thirty days</value></summary>
    [Range(typeof(TimeSpan), "01:00:00", "366.00:00:00")]
    public TimeSpan OutboxKeepEnded { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many subscriptions of one connected system are kept, those that ended by themselves and can still be looked up among them; one more is refused to it. <value>1,000</value></summary>
    [Range(0, 1_000_000)]
    public int SubscriptionsOfASystem { get; init; } = 1_000;

    /// <summary>How many subscriptions of one connected system are looked after at once: a slow receiver holds up no more. <value>4</value></summary>
    [Range(1, 1_000)]
    public int SubscriptionsAtOnceOfASystem { get; init; } = 4;

    /// <summary>How many subscriptions to one source are looked after at once: a slow source holds up no more. <value>8</value></summary>
    [Range(1, 1_000)]
    public int SubscriptionsAtOnceOfASource { get; init; } = 8;

    /// <summary>How long a subscription that ended by itself can be looked up. <value>thirty days</value></summary>
    [Range(typeof(TimeSpan), "01:00:00", "366.00:00:00")]
    public TimeSpan SubscriptionsKeepEnded { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a PostgreSQL server that does not answer is awaited at the start. <value>20 s</value></summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DatabasePatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a change can be read by those who follow changes. <value>a day</value></summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan ChangesKept { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often the log is looked at for what waits for a decision of a professional. <value>a second</value></summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan LookForReleasesEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long something waits for a decision before it lapses, and how long an unused decision for one use lasts. <value>fourteen days</value></summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan ReleaseTerm { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long after a decision the same question makes no new work. <value>fourteen days</value></summary>
    [Range(typeof(TimeSpan), "00:00:00", "366.00:00:00")]
    public TimeSpan ReleaseRest { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How many wishes of one recipient may wait at one giver; what is asked beyond makes no work. <value>100</value></summary>
    [Range(1, 100_000)]
    public int ReleasesPerRecipient { get; init; } = 100;

    /// <summary>How many reminders an organisation is shown at once, the most pressing first. <value>500</value></summary>
    [Range(1, 10_000)]
    public int RemindersAtOnce { get; init; } = 500;

    internal ImmutableHashSet<ConsentFormId> FormsGivenHere(LegalCatalogue catalogue) =>
        SignedInForms is { } named ? [.. named.Select(ConsentFormId.Parse)] : [.. catalogue.ConsentForms.Values.Where(static form => form.SignedIn).Select(static form => form.Id)];
}

[OptionsValidator]
internal sealed partial class ConsentOptionsValidator : IValidateOptions<ConsentOptions>;
