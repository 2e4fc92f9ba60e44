// One thing that happened in the product.
using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sisote.Simulators.Exercise;

/// <summary>An event with the new form of every record it changed; the state of the product is the fold of all of them.</summary>
internal sealed record CrmEvent
{
    [JsonPropertyName("nro")]
    public required long Number { get; init; }

    [JsonPropertyName("aika")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("laji")]
    public required string Kind { get; init; }

    [JsonPropertyName("kohde")]
    public required string Target { get; init; }

    [JsonPropertyName("tiiviste")]
    public string? Fingerprint { get; init; }

    [JsonPropertyName("tunniste")]
    public string? Key { get; init; }

    [JsonPropertyName("asiakas")]
    public Customer? Customer { get; init; }

    [JsonPropertyName("lahete")]
    public Referral? Referral { get; init; }

    [JsonPropertyName("rajoitteet")]
    public ImmutableArray<Limit> Limits { get; init; } = [];

    [JsonPropertyName("tavoitteet")]
    public ImmutableArray<Goal> Goals { get; init; } = [];

    [JsonPropertyName("suunnitelmat")]
    public ImmutableArray<Plan> Plans { get; init; } = [];

    [JsonPropertyName("kaynti")]
    public Visit? Visit { get; init; }

    [JsonPropertyName("mittaukset")]
    public ImmutableArray<Measurement> Measurements { get; init; } = [];
}
