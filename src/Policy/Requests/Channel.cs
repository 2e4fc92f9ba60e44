// By which legal channel the data moves.
using System.Text.Json.Serialization;

namespace Sisote.Policy.Requests;

/// <summary>The channel of one disclosure; 906/2019 22-24 § treat them differently.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Channel>))]
public enum Channel
{
    /// <summary>A standing interface between authorities (906/2019 22 §).</summary>
    [JsonStringEnumMemberName("standing-api")]
    StandingApi,

    /// <summary>A single look-up in a viewing connection (906/2019 23 §).</summary>
    [JsonStringEnumMemberName("single-view")]
    SingleView,

    /// <summary>One secure message, written for this case.</summary>
    [JsonStringEnumMemberName("single-message")]
    SingleMessage,

    /// <summary>The client carries the data over.</summary>
    [JsonStringEnumMemberName("client-handover")]
    ClientHandover,
}
