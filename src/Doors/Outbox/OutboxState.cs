// Where an entry that could not be delivered at once stands.
using System.Text.Json.Serialization;

namespace Sisote.Doors.Outbox;

/// <summary>State of an entry in the outbox. It is open while it may still be sent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutboxState>))]
public enum OutboxState
{
    /// <summary>It waits to be sent; nothing of it has arrived.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    /// <summary>It is being sent.</summary>
    [JsonStringEnumMemberName("sending")]
    Sending,

    /// <summary>It may have arrived. While it is open it is sent again under the same key, by which the target knows it.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>The target has it.</summary>
    [JsonStringEnumMemberName("delivered")]
    Delivered,

    /// <summary>The target, or the law, does not take it; nothing arrived.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>Its sender or the operator took it back before it was sent.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>It waited longer than entries may; nothing arrived.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,
}
