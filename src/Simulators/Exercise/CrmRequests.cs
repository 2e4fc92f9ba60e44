// What the product's API takes.
using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sisote.Simulators.Exercise;

/// <summary>A referral from outside. Finnish: saapuva lähete.</summary>
internal sealed record IncomingReferral
{
    [JsonPropertyName("ulkoinenTunniste")]
    public required string ExternalReference { get; init; }

    [JsonPropertyName("henkilo")]
    public required IncomingPerson Person { get; init; }

    [JsonPropertyName("lahettaja")]
    public required Sender Sender { get; init; }

    [JsonPropertyName("palvelu")]
    public required string Programme { get; init; }

    [JsonPropertyName("kirjattu")]
    public required DateTimeOffset Authored { get; init; }

    [JsonPropertyName("alkaa")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("paattyy")]
    public DateOnly? To { get; init; }

    [JsonPropertyName("ohje")]
    public string? Instruction { get; init; }

    [JsonPropertyName("rajoitteet")]
    public ImmutableArray<Limit> Limits { get; init; } = [];

    [JsonPropertyName("tavoitteet")]
    public ImmutableArray<Goal> Goals { get; init; } = [];

    [JsonPropertyName("suunnitelmat")]
    public ImmutableArray<Plan> Plans { get; init; } = [];
}

/// <summary>The person a referral is about. Finnish: henkilö.</summary>
internal sealed record IncomingPerson
{
    [JsonPropertyName("henkilotunnus")]
    public required string NationalId { get; init; }

    [JsonPropertyName("sukunimi")]
    public required string FamilyName { get; init; }

    [JsonPropertyName("etunimet")]
    public required string GivenNames { get; init; }

    [JsonPropertyName("puhelin")]
    public string? Phone { get; init; }

    [JsonPropertyName("sahkoposti")]
    public string? Email { get; init; }

    [JsonPropertyName("katuosoite")]
    public string? Street { get; init; }

    [JsonPropertyName("postinumero")]
    public string? PostalCode { get; init; }

    [JsonPropertyName("postitoimipaikka")]
    public string? City { get; init; }

    [JsonPropertyName("kieli")]
    public string? Language { get; init; }

    [JsonPropertyName("turvakielto")]
    public bool Protected { get; init; }
}

/// <summary>What became of an incoming referral: the ids of everything made from it.</summary>
internal sealed record ReferralReceipt
{
    [JsonPropertyName("laheteId")]
    public required string ReferralId { get; init; }

    [JsonPropertyName("asiakasId")]
    public required string CustomerId { get; init; }

    [JsonPropertyName("tila")]
    public required string State { get; init; }

    [JsonPropertyName("rajoitteet")]
    public required ImmutableArray<string> Limits { get; init; }

    [JsonPropertyName("tavoitteet")]
    public required ImmutableArray<string> Goals { get; init; }

    [JsonPropertyName("suunnitelmat")]
    public required ImmutableArray<string> Plans { get; init; }
}

/// <summary>A search for customers by personal identity code; in the body, never in the address.</summary>
internal sealed record CustomerSearch
{
    [JsonPropertyName("henkilotunnus")]
    public required string NationalId { get; init; }
}

/// <summary>What a counsellor does with a referral; with a version only if the referral still has it, with an own identifier only once.</summary>
internal sealed record ReferralHandling
{
    [JsonPropertyName("tila")]
    public required string State { get; init; }

    [JsonPropertyName("ohjaaja")]
    public string? Counsellor { get; init; }

    [JsonPropertyName("syy")]
    public string? Reason { get; init; }

    [JsonPropertyName("syykoodi")]
    public string? ReasonCode { get; init; }

    [JsonPropertyName("palaute")]
    public string? Feedback { get; init; }

    [JsonPropertyName("versio")]
    public int? Version { get; init; }

    [JsonPropertyName("tunniste")]
    public string? Key { get; init; }
}

/// <summary>A visit as the counsellor records it.</summary>
internal sealed record VisitRecording
{
    [JsonPropertyName("kaynti")]
    public required Visit Visit { get; init; }

    [JsonPropertyName("mittaukset")]
    public ImmutableArray<Measurement> Measurements { get; init; } = [];
}

/// <summary>One page of rows.</summary>
internal sealed record CrmPage<TRow>
{
    [JsonPropertyName("rivit")]
    public required IReadOnlyList<TRow> Rows { get; init; }

    [JsonPropertyName("sivu")]
    public required int Page { get; init; }

    [JsonPropertyName("koko")]
    public required int Size { get; init; }

    [JsonPropertyName("yhteensa")]
    public required int Total { get; init; }
}

/// <summary>How the product says no.</summary>
internal sealed record CrmFault
{
    [JsonPropertyName("koodi")]
    public required string Code { get; init; }

    [JsonPropertyName("viesti")]
    public required string Message { get; init; }
}
