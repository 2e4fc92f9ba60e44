// A step of a referral in the product's own words.
using System.Text.Json.Serialization;

namespace Sisote.Adapters.ExerciseCounselling;

/// <summary>What a counsellor does with a referral.</summary>
internal sealed record CrmHandling
{
    [JsonPropertyName("tunniste")]
    public required string Key { get; init; }

    [JsonPropertyName("versio")]
    public required int Version { get; init; }

    [JsonPropertyName("tila")]
    public required string State { get; init; }

    [JsonPropertyName("ohjaaja")]
    public required string Counsellor { get; init; }

    [JsonPropertyName("syykoodi")]
    public string? ReasonCode { get; init; }

    [JsonPropertyName("palaute")]
    public string? Feedback { get; init; }
}

/// <summary>How the product says no.</summary>
internal sealed record CrmRefusal([property: JsonPropertyName("koodi"), JsonRequired] string Code);
