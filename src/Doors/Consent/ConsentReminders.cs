// What a client, or who recorded a consent, should be reminded of.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>Reminders, the most pressing first. <c>GET /me/consents/reminders</c> (client), <c>GET /consents/reminders</c> (professional: of what the own organisation recorded).</summary>
public sealed record ConsentReminders
{
    /// <summary>The reminders.</summary>
    public required ImmutableArray<ConsentReminder> Reminders { get; init; }

    /// <summary>Whether these are all; where not, the less pressing ones come when these are dealt with.</summary>
    public bool Complete { get; init; } = true;
}

/// <summary>One reminder.</summary>
public sealed record ConsentReminder
{
    /// <summary>
    /// <c>ends-soon</c>: in force, and ends within 30 days. <c>ask-again</c>: ended within the last 90 days without having been withdrawn, and nothing like it is in force.
    /// <c>waits-for-signature</c>: a draft. <c>closes-what-you-opened</c>: a prohibition that stops what a permission in force would open. <c>stands-long</c>: a prohibition older than a year.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>Why it ended, where it did: time, recipient-left, case-ended, of-age, used or merged.</summary>
    public string? Cause { get; init; }

    /// <summary>The consent or prohibition.</summary>
    public required string Consent { get; init; }

    /// <summary>Its form.</summary>
    public required ConsentFormId Form { get; init; }

    /// <summary>Its items; empty = all.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>The recipient's organisation, where named.</summary>
    public OrganisationId? RecipientOrganisation { get; init; }

    /// <summary>The purpose, where named.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>When it ends or ended, or since when it stands.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>In an organisation's list: a short mark, the same for one client within this organisation's view.</summary>
    public string? ClientMark { get; init; }
}
