// What kinds of event the log knows.
using System.Text.Json.Serialization;

namespace Sisote.DisclosureLog.Entries;

/// <summary>What kind of event an entry tells of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LogEntryKind>))]
public enum LogEntryKind
{
    /// <summary>Data went to the recipient.</summary>
    [JsonStringEnumMemberName("disclosure")]
    Disclosure,

    /// <summary>Data of the requester's own register was used (703/2023 10 § 2 mom).</summary>
    [JsonStringEnumMemberName("use")]
    Use,

    /// <summary>Nothing went.</summary>
    [JsonStringEnumMemberName("refusal")]
    Refusal,

    /// <summary>An entry is about to be sent.</summary>
    [JsonStringEnumMemberName("write-intent")]
    WriteIntent,

    /// <summary>What became of an entry that was sent; <see cref="LogEntry.Relates"/> names the intent.</summary>
    [JsonStringEnumMemberName("write-outcome")]
    WriteOutcome,

    /// <summary>A consent or prohibition was given, changed or withdrawn.</summary>
    [JsonStringEnumMemberName("consent-change")]
    ConsentChange,

    /// <summary>A relationship was recorded, accepted or ended.</summary>
    [JsonStringEnumMemberName("relationship-change")]
    RelationshipChange,

    /// <summary>An agreement, or a row of the network's registers (unit, contact, offer, group), was recorded, changed or ended.</summary>
    [JsonStringEnumMemberName("agreement-change")]
    AgreementChange,

    /// <summary>Somebody looked into the log.</summary>
    [JsonStringEnumMemberName("log-read")]
    LogRead,

    /// <summary>Records were erased because their time had ended, or a run of erasing ended. Schema 3.</summary>
    [JsonStringEnumMemberName("erasure")]
    Erasure,

    /// <summary>A hold on records was placed or lifted. Schema 3.</summary>
    [JsonStringEnumMemberName("hold-change")]
    HoldChange,

    /// <summary>A step of a review of the log: a round, a question to a professional, a client's request. Schema 4.</summary>
    [JsonStringEnumMemberName("review")]
    Review,
}
