// The room's settings.
using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
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

    internal ImmutableHashSet<ConsentFormId> FormsGivenHere(LegalCatalogue catalogue) =>
        SignedInForms is { } named ? [.. named.Select(ConsentFormId.Parse)] : [.. catalogue.ConsentForms.Values.Where(static form => form.SignedIn).Select(static form => form.Id)];
}

[OptionsValidator]
internal sealed partial class ConsentOptionsValidator : IValidateOptions<ConsentOptions>;
