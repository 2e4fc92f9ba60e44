// The product's JSON as the adapter reads and writes it.
using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sisote.Adapters.ExerciseCounselling;

/// <summary>A page of rows.</summary>
internal sealed record CrmPage<TRow>([property: JsonPropertyName("rivit"), JsonRequired] ImmutableArray<TRow> Rows, [property: JsonPropertyName("yhteensa"), JsonRequired] int Total);

/// <summary>A row that belongs to a customer.</summary>
internal interface ICrmRow
{
    /// <summary>The customer's id.</summary>
    string CustomerId { get; }
}

/// <summary>A customer, or the person of an outgoing referral.</summary>
internal sealed record CrmPerson
{
    [JsonPropertyName("asiakasId")]
    public string? Id { get; init; }

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
    public bool? Protected { get; init; }
}

/// <summary>A referral as the product keeps it.</summary>
internal sealed record CrmReferral : ICrmRow
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

    [JsonPropertyName("alkaa")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("paattyy")]
    public DateOnly? To { get; init; }

    [JsonPropertyName("ohje")]
    public string? Instruction { get; init; }

    [JsonPropertyName("lahettaja")]
    public required CrmSender Sender { get; init; }

    [JsonPropertyName("ohjaaja")]
    public string? Counsellor { get; init; }

    [JsonPropertyName("syykoodi")]
    public string? ReasonCode { get; init; }

    [JsonPropertyName("palaute")]
    public string? Feedback { get; init; }

    [JsonPropertyName("muutettu")]
    public DateTimeOffset? Changed { get; init; }

    [JsonPropertyName("versio")]
    public required int Version { get; init; }
}

/// <summary>Who referred.</summary>
internal sealed record CrmSender
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

/// <summary>A limit.</summary>
internal sealed record CrmLimit : ICrmRow
{
    [JsonPropertyName("rajoiteId")]
    public string Id { get; init; } = string.Empty;

    [JsonPropertyName("asiakasId")]
    public string CustomerId { get; init; } = string.Empty;

    [JsonPropertyName("koodi")]
    public required string Code { get; init; }

    [JsonPropertyName("alkaa")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("paattyy")]
    public DateOnly? To { get; init; }
}

/// <summary>A goal.</summary>
internal sealed record CrmGoal : ICrmRow
{
    [JsonPropertyName("tavoiteId")]
    public string Id { get; init; } = string.Empty;

    [JsonPropertyName("asiakasId")]
    public string CustomerId { get; init; } = string.Empty;

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

/// <summary>A plan.</summary>
internal sealed record CrmPlan : ICrmRow
{
    [JsonPropertyName("suunnitelmaId")]
    public string Id { get; init; } = string.Empty;

    [JsonPropertyName("asiakasId")]
    public string CustomerId { get; init; } = string.Empty;

    [JsonPropertyName("otsikko")]
    public required string Title { get; init; }

    [JsonPropertyName("tila")]
    public required string State { get; init; }

    [JsonPropertyName("alkaa")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("paattyy")]
    public DateOnly? To { get; init; }

    [JsonPropertyName("toimet")]
    public ImmutableArray<CrmStep> Steps { get; init; } = [];
}

/// <summary>A step of a plan.</summary>
internal sealed record CrmStep([property: JsonPropertyName("kuvaus"), JsonRequired] string Description, [property: JsonPropertyName("tila"), JsonRequired] string State);

/// <summary>A measurement.</summary>
internal sealed record CrmMeasurement : ICrmRow
{
    [JsonPropertyName("mittausId")]
    public required string Id { get; init; }

    [JsonPropertyName("asiakasId")]
    public required string CustomerId { get; init; }

    [JsonPropertyName("aika")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("koodi")]
    public required string Code { get; init; }

    [JsonPropertyName("arvo")]
    public required decimal Value { get; init; }

    [JsonPropertyName("arvo2")]
    public decimal? SecondValue { get; init; }

    [JsonPropertyName("yksikko")]
    public required string Unit { get; init; }
}

/// <summary>A referral on its way into the product.</summary>
internal sealed record CrmOutgoingReferral
{
    [JsonPropertyName("ulkoinenTunniste")]
    public required string ExternalReference { get; init; }

    [JsonPropertyName("henkilo")]
    public required CrmPerson Person { get; init; }

    [JsonPropertyName("lahettaja")]
    public required CrmSender Sender { get; init; }

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
    public required ImmutableArray<CrmLimit> Limits { get; init; }

    [JsonPropertyName("tavoitteet")]
    public required ImmutableArray<CrmGoal> Goals { get; init; }

    [JsonPropertyName("suunnitelmat")]
    public required ImmutableArray<CrmPlan> Plans { get; init; }
}

/// <summary>The product's ids of what came of a referral.</summary>
internal sealed record CrmReceipt
{
    [JsonPropertyName("laheteId")]
    public required string ReferralId { get; init; }

    [JsonPropertyName("asiakasId")]
    public required string CustomerId { get; init; }

    [JsonPropertyName("rajoitteet")]
    public required ImmutableArray<string> Limits { get; init; }

    [JsonPropertyName("tavoitteet")]
    public required ImmutableArray<string> Goals { get; init; }

    [JsonPropertyName("suunnitelmat")]
    public required ImmutableArray<string> Plans { get; init; }
}
