// What the exercise-counselling product keeps, in its own words.
using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sisote.Simulators.Exercise;

/// <summary>A customer. Finnish: asiakas.</summary>
internal sealed record Customer
{
    [JsonPropertyName("asiakasId")]
    public required string Id { get; init; }

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

/// <summary>A referral and where it stands. Finnish: lähete.</summary>
internal sealed record Referral
{
    [JsonPropertyName("laheteId")]
    public required string Id { get; init; }

    [JsonPropertyName("ulkoinenTunniste")]
    public required string ExternalReference { get; init; }

    [JsonPropertyName("asiakasId")]
    public required string CustomerId { get; init; }

    [JsonPropertyName("tila")]
    public required string State { get; init; }

    [JsonPropertyName("palvelu")]
    public required string Programme { get; init; }

    [JsonPropertyName("kirjattu")]
    public required DateTimeOffset Authored { get; init; }

    [JsonPropertyName("saapunut")]
    public required DateTimeOffset Arrived { get; init; }

    [JsonPropertyName("alkaa")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("paattyy")]
    public DateOnly? To { get; init; }

    [JsonPropertyName("ohje")]
    public string? Instruction { get; init; }

    [JsonPropertyName("lahettaja")]
    public required Sender Sender { get; init; }

    [JsonPropertyName("ohjaaja")]
    public string? Counsellor { get; init; }

    [JsonPropertyName("syy")]
    public string? Reason { get; init; }

    [JsonPropertyName("syykoodi")]
    public string? ReasonCode { get; init; }

    [JsonPropertyName("palaute")]
    public string? Feedback { get; init; }

    [JsonPropertyName("muutettu")]
    public DateTimeOffset? Changed { get; init; }

    [JsonPropertyName("versio")]
    public int Version { get; init; } = 1;
}

/// <summary>Who referred. Finnish: lähettäjä.</summary>
internal sealed record Sender
{
    [JsonPropertyName("organisaatio")]
    public required string Organisation { get; init; }

    [JsonPropertyName("organisaationNimi")]
    public required string OrganisationName { get; init; }

    [JsonPropertyName("ammattilainen")]
    public required string Professional { get; init; }

    [JsonPropertyName("nimi")]
    public string? Name { get; init; }

    [JsonPropertyName("rooli")]
    public required string Role { get; init; }
}

/// <summary>A limit for exercise. Finnish: rajoite.</summary>
internal sealed record Limit
{
    [JsonPropertyName("rajoiteId")]
    public string Id { get; init; } = string.Empty;

    [JsonPropertyName("asiakasId")]
    public string CustomerId { get; init; } = string.Empty;

    [JsonPropertyName("laheteId")]
    public string? ReferralId { get; init; }

    [JsonPropertyName("koodi")]
    public required string Code { get; init; }

    [JsonPropertyName("alkaa")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("paattyy")]
    public DateOnly? To { get; init; }
}

/// <summary>A goal. Finnish: tavoite.</summary>
internal sealed record Goal
{
    [JsonPropertyName("tavoiteId")]
    public string Id { get; init; } = string.Empty;

    [JsonPropertyName("asiakasId")]
    public string CustomerId { get; init; } = string.Empty;

    [JsonPropertyName("laheteId")]
    public string? ReferralId { get; init; }

    [JsonPropertyName("koodi")]
    public string? Code { get; init; }

    [JsonPropertyName("kuvaus")]
    public string? Description { get; init; }

    [JsonPropertyName("tila")]
    public required string State { get; init; }

    [JsonPropertyName("alkaa")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("mittari")]
    public string? Measure { get; init; }

    [JsonPropertyName("tavoitearvo")]
    public decimal? Target { get; init; }
}

/// <summary>A plan with its steps. Finnish: suunnitelma.</summary>
internal sealed record Plan
{
    [JsonPropertyName("suunnitelmaId")]
    public string Id { get; init; } = string.Empty;

    [JsonPropertyName("asiakasId")]
    public string CustomerId { get; init; } = string.Empty;

    [JsonPropertyName("laheteId")]
    public string? ReferralId { get; init; }

    [JsonPropertyName("otsikko")]
    public required string Title { get; init; }

    [JsonPropertyName("tila")]
    public required string State { get; init; }

    [JsonPropertyName("alkaa")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("paattyy")]
    public DateOnly? To { get; init; }

    [JsonPropertyName("toimet")]
    public ImmutableArray<Step> Steps { get; init; } = [];
}

/// <summary>One step of a plan. Finnish: toimi.</summary>
internal sealed record Step
{
    [JsonPropertyName("kuvaus")]
    public required string Description { get; init; }

    [JsonPropertyName("tila")]
    public required string State { get; init; }
}

/// <summary>A visit, with what was measured and the counsellor's own note. Finnish: käynti.</summary>
internal sealed record Visit
{
    [JsonPropertyName("kayntiId")]
    public string Id { get; init; } = string.Empty;

    [JsonPropertyName("asiakasId")]
    public required string CustomerId { get; init; }

    [JsonPropertyName("laheteId")]
    public string? ReferralId { get; init; }

    [JsonPropertyName("aika")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("tapa")]
    public required string Manner { get; init; }

    [JsonPropertyName("ohjaaja")]
    public required string Counsellor { get; init; }

    [JsonPropertyName("muistiinpano")]
    public string? Note { get; init; }
}

/// <summary>One measurement of a visit. Finnish: mittaus.</summary>
internal sealed record Measurement
{
    [JsonPropertyName("mittausId")]
    public string Id { get; init; } = string.Empty;

    [JsonPropertyName("asiakasId")]
    public string CustomerId { get; init; } = string.Empty;

    [JsonPropertyName("kayntiId")]
    public string VisitId { get; init; } = string.Empty;

    [JsonPropertyName("aika")]
    public DateTimeOffset At { get; init; }

    [JsonPropertyName("koodi")]
    public required string Code { get; init; }

    [JsonPropertyName("arvo")]
    public required decimal Value { get; init; }

    [JsonPropertyName("arvo2")]
    public decimal? SecondValue { get; init; }

    [JsonPropertyName("yksikko")]
    public required string Unit { get; init; }
}
