// Why an item was not given, in the words of the decision cases.
using System.Text.Json.Serialization;

namespace Sisote.Policy.Decisions;

/// <summary>The class of a denial; for the log, the DPO and the explanation, never for the asker.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReasonClass>))]
public enum ReasonClass
{
    /// <summary>No rule carries this item between these parties for this purpose.</summary>
    [JsonStringEnumMemberName("no-rule")]
    NoRule,

    /// <summary>The rule asks for a consent and none is on record.</summary>
    [JsonStringEnumMemberName("no-consent")]
    NoConsent,

    /// <summary>The consent was withdrawn.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,

    /// <summary>The consent's time ended.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,

    /// <summary>A consent of another form is on record.</summary>
    [JsonStringEnumMemberName("wrong-form")]
    WrongForm,

    /// <summary>The consent names another recipient.</summary>
    [JsonStringEnumMemberName("wrong-recipient")]
    WrongRecipient,

    /// <summary>The consent or the rule names another purpose.</summary>
    [JsonStringEnumMemberName("wrong-purpose")]
    WrongPurpose,

    /// <summary>A condition of the rule does not hold or nobody can tell.</summary>
    [JsonStringEnumMemberName("condition-missing")]
    ConditionMissing,

    /// <summary>The client forbids it.</summary>
    [JsonStringEnumMemberName("prohibition")]
    Prohibition,

    /// <summary>A never rule of the catalogue.</summary>
    [JsonStringEnumMemberName("never-rule")]
    NeverRule,

    /// <summary>The rule or consent starts later.</summary>
    [JsonStringEnumMemberName("not-yet-valid")]
    NotYetValid,

    /// <summary>The rule ended.</summary>
    [JsonStringEnumMemberName("no-longer-valid")]
    NoLongerValid,

    /// <summary>The rule carries the item the other way only.</summary>
    [JsonStringEnumMemberName("wrong-direction")]
    WrongDirection,

    /// <summary>The guardian may not, or had to.</summary>
    [JsonStringEnumMemberName("guardian")]
    Guardian,

    /// <summary>Non-disclosure for personal safety. Finnish: turvakielto.</summary>
    [JsonStringEnumMemberName("turvakielto")]
    SafetyProhibition,
}
