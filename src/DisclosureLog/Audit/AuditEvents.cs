// From an entry of the log to the AuditEvents that tell of it.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Decisions;

namespace Sisote.DisclosureLog.Audit;

/// <summary>Makes FHIR R4 AuditEvents by IHE BALP 1.1 from entries. One entry is one to three events: what was decided, what left its source, what reached its recipient.</summary>
/// <remarks>A profile is named only where all that it demands is there: a statute that permits without a consent, or a refusal for want of one, has no consent to show.</remarks>
public static class AuditEvents
{
    private const string Success = "0";
    private const string Minor = "4";
    private const string Serious = "8";

    /// <summary>The events of an entry, always in the same order.</summary>
    public static ImmutableArray<AuditEvent> Of(AuditSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Entry.Kind switch
        {
            LogEntryKind.Disclosure => [Decision(source), Sent(source), Received(source, Success)],
            LogEntryKind.WriteIntent => [Decision(source), Sent(source)],
            LogEntryKind.WriteOutcome => [Received(source, source.Entry.Outcome switch { "delivered" => Success, "unknown" or "waiting" => Minor, _ => Serious })],
            LogEntryKind.Refusal => [Decision(source)],
            LogEntryKind.Use => [Decision(source), Used(source)],
            LogEntryKind.ConsentChange => [Changed(source, "consent")],
            LogEntryKind.RelationshipChange => [Changed(source, "relationship")],
            LogEntryKind.AgreementChange => [Changed(source, "agreement")],
            LogEntryKind.HoldChange => [Changed(source, "hold")],
            LogEntryKind.LogRead => [Read(source)],
            LogEntryKind.Review => [Reviewed(source)],
            LogEntryKind.Erasure => [Erased(source)],
            _ => throw new ArgumentOutOfRangeException(nameof(source)),
        };
    }

    /// <summary>The kinds of entry that have an event of a type; all kinds where the type is none of ours.</summary>
    /// <param name="type">Code of <see cref="AuditEvent.Type"/>.</param>
    public static ImmutableArray<LogEntryKind> KindsOf(string type) => type switch
    {
        _ when type == AuditCodes.Export.Code => [LogEntryKind.Disclosure, LogEntryKind.WriteIntent],
        _ when type == AuditCodes.Import.Code => [LogEntryKind.Disclosure, LogEntryKind.WriteOutcome],
        _ when type == AuditCodes.SecurityAlert.Code => [LogEntryKind.Disclosure, LogEntryKind.Use, LogEntryKind.Refusal, LogEntryKind.WriteIntent],
        _ when type == AuditCodes.Query.Code => [LogEntryKind.Use],
        _ when type == AuditCodes.PatientRecord.Code => [LogEntryKind.ConsentChange, LogEntryKind.RelationshipChange],
        _ when type == AuditCodes.SecurityConfiguration.Code => [LogEntryKind.AgreementChange, LogEntryKind.HoldChange],
        _ when type == AuditCodes.LogUsed.Code => [LogEntryKind.LogRead, LogEntryKind.Erasure, LogEntryKind.Review],
        _ => [.. Enum.GetValues<LogEntryKind>()],
    };

    /// <summary>What left its source, or is about to.</summary>
    private static AuditEvent Sent(AuditSource source) => Begin(source, "source", AuditCodes.Export, "R", Success, AuditAgents.WhoOf(source.Entry.From)) with
    {
        Profile = IsWhole(source) ? AuditCodes.Profiles + "PrivacyDisclosure.Source" : null,
        Subtypes = [AuditCodes.Disclose],
        Agents = AuditAgents.OfDisclosure(source),
        Entities = AuditEntities.OfDisclosure(source),
    };

    /// <summary>What reached its recipient.</summary>
    private static AuditEvent Received(AuditSource source, string outcome) => Begin(source, "recipient", AuditCodes.Import, "C", outcome, AuditAgents.WhoOf(source.Entry.To)) with
    {
        Profile = IsWhole(source) ? AuditCodes.Profiles + "PrivacyDisclosure.Recipient" : null,
        Subtypes = [AuditCodes.Disclose],
        Agents = AuditAgents.OfDisclosure(source),
        Entities = AuditEntities.OfDisclosure(source),
    };

    private static AuditEvent Decision(AuditSource source)
    {
        var entry = source.Entry;
        var asker = AuditAgents.AskerOf(entry);
        var byConsent = source.Client is not null && asker is { Organisation: not null } && entry.Items.Any(static item => !item.Consents.IsEmpty);
        return Begin(source, "decision", AuditCodes.SecurityAlert, "E", OutcomeOf(source), AuditAgents.Gateway) with
        {
            Profile = byConsent ? AuditCodes.Profiles + "AuthZconsent" : null,
            Subtypes = [AuditCodes.ConsentDecision],
            OutcomeText = string.Join("; ", entry.Items.Where(static item => item.Reason is not null).Select(TextOf).Prepend(entry.Outcome)),
            Agents = AuditAgents.OfDecision(entry),
            Entities = byConsent ? AuditEntities.OfConsentDecision(source) : AuditEntities.OfDecision(source),
        };
    }

    private static AuditEvent Used(AuditSource source) => Begin(source, "use", AuditCodes.Query, "R", Success, AuditAgents.WhoOf(source.Entry.To)) with
    {
        Subtypes = [AuditCodes.Access],
        Agents = AuditAgents.OfUse(source.Entry),
        Entities = AuditEntities.OfDisclosure(source),
    };

    private static AuditEvent Changed(AuditSource source, string kind)
    {
        var isNew = source.Entry.Outcome is "given" or "recorded" or "begun" or "requested" or "placed";
        return Begin(source, "change", kind is "agreement" or "hold" ? AuditCodes.SecurityConfiguration : AuditCodes.PatientRecord, isNew ? "C" : "U", Success, AuditAgents.Keeper) with
        {
            Subtypes = [isNew ? AuditCodes.Create : AuditCodes.Update],
            Agents = AuditAgents.OfChange(source, byClient: kind == "consent" && source.Entry.Concerns is not null),
            Entities = AuditEntities.OfChange(source, kind),
        };
    }

    private static AuditEvent Read(AuditSource source) => Begin(source, "reading", AuditCodes.LogUsed, "R", Success, AuditAgents.Keeper) with
    {
        Agents = AuditAgents.OfReading(source.Entry),
        Entities = AuditEntities.OfReading(source),
    };

    /// <summary>A step of a review: the log is not changed by it, what people found is.</summary>
    private static AuditEvent Reviewed(AuditSource source) => Begin(source, "review", AuditCodes.LogUsed, "U", Success, AuditAgents.Keeper) with
    {
        Agents = AuditAgents.OfReading(source.Entry),
        Entities = AuditEntities.OfReading(source),
    };

    /// <summary>Records of the log whose time had ended: how many and by which period, never whose.</summary>
    private static AuditEvent Erased(AuditSource source) => Begin(source, "erasure", AuditCodes.LogUsed, "D", Success, AuditAgents.Keeper) with
    {
        Agents = AuditAgents.OfReading(source.Entry),
        Entities = AuditEntities.OfReading(source),
    };

    private static AuditEvent Begin(AuditSource source, string face, AuditCoding type, string action, string outcome, AuditReference? observer) => new()
    {
        Id = $"{source.Entry.Id}-{face}",
        Type = type,
        Action = action,
        Occurred = source.Entry.Time,
        Recorded = source.Recorded,
        Outcome = outcome,
        OutcomeText = source.Entry.Outcome,
        Purpose = AuditAgents.PurposeOf(source.Entry),
        Agents = [],
        Site = source.Log,
        Observer = observer ?? AuditAgents.Gateway,
    };

    /// <summary>Whether a disclosure has what BALP demands of it: both ends, whose data, which data.</summary>
    private static bool IsWhole(AuditSource source) =>
        source is { Client: not null, Entry: var entry } && AuditAgents.WhoOf(entry.From) is not null && AuditAgents.WhoOf(entry.To) is not null
        && (!entry.Resources.IsEmpty || entry.Items.Any(static item => item.Released));

    /// <summary>Nobody found is no denial; some of what was asked withheld is a failure in part.</summary>
    private static string OutcomeOf(AuditSource source) => source.Entry.Kind == LogEntryKind.Refusal
        ? source.Entry.Outcome == "nothing-found" ? Minor : Serious
        : source.Entry.Items.Any(item => item.Reason is not null || !item.Withheld.IsEmpty || (source.IsDim && !item.Released)) ? Minor : Success;

    private static string TextOf(LogItem item)
    {
        var why = item.Prohibition?.Value ?? item.MissingCondition?.Value;
        return $"withheld {item.Item.Value}: {EntryCodes.Of(item.Reason ?? ReasonClass.NoRule)}{(why is null ? string.Empty : $" ({why})")}";
    }
}
