// Which way data moves.
using System.Text.Json.Serialization;

namespace Sisote.Policy.Requests;

/// <summary>How the recipient gets the data.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Direction>))]
public enum Direction
{
    /// <summary>The recipient asks and gets an answer.</summary>
    [JsonStringEnumMemberName("read")]
    Read,

    /// <summary>The sender puts an entry into the recipient's record.</summary>
    [JsonStringEnumMemberName("write")]
    Write,

    /// <summary>The sender delivers a message to the recipient.</summary>
    [JsonStringEnumMemberName("notify")]
    Notify,
}
