// OneRoster 1.2 as far as the adapter reads it.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.Adapters.School;

/// <summary>What every record has.</summary>
internal record OneRosterRecord
{
    [JsonPropertyName("sourcedId")]
    public required string SourcedId { get; init; }

    [JsonPropertyName("status")]
    public required string Status { get; init; }
}

/// <summary>A link to a record.</summary>
internal sealed record OneRosterLink([property: JsonPropertyName("sourcedId"), JsonRequired] string SourcedId);

/// <summary>An organisation: a school or what is above it.</summary>
internal sealed record OneRosterOrg : OneRosterRecord
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }
}

/// <summary>A person.</summary>
internal sealed record OneRosterUser : OneRosterRecord
{
    [JsonPropertyName("username")]
    public string? Username { get; init; }

    [JsonPropertyName("givenName")]
    public required string GivenName { get; init; }

    [JsonPropertyName("familyName")]
    public required string FamilyName { get; init; }

    /// <summary>Whether the person counts: <c>true</c> or <c>false</c> (TrueFalseEnum), written as a word or as JSON's own; anything else says neither.</summary>
    [JsonPropertyName("enabledUser")]
    public JsonElement Enabled { get; init; }

    [JsonPropertyName("roles")]
    public ImmutableArray<OneRosterRole> Roles { get; init; } = [];

    [JsonPropertyName("userIds")]
    public ImmutableArray<OneRosterUserId> UserIds { get; init; } = [];

    /// <summary>Whether the person has this role anywhere on a day.</summary>
    public bool Is(string role, DateOnly day) => Roles.Any(one => one.Role == role && one.HoldsOn(day));
}

/// <summary>A role in an organisation.</summary>
internal sealed record OneRosterRole([property: JsonPropertyName("role"), JsonRequired] string Role)
{
    [JsonPropertyName("beginDate")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("endDate")]
    public DateOnly? To { get; init; }

    /// <summary>What a provider says of the role itself; most say nothing.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>Whether it is there still, has begun and is not over on a day.</summary>
    public bool HoldsOn(DateOnly day) => Status is null or "active" && !(From > day) && !(To < day);
}

/// <summary>An identifier of a person.</summary>
internal sealed record OneRosterUserId([property: JsonPropertyName("type"), JsonRequired] string Type, [property: JsonPropertyName("identifier"), JsonRequired] string Identifier);

/// <summary>A person's place in a class.</summary>
internal sealed record OneRosterEnrollment : OneRosterRecord
{
    [JsonPropertyName("user")]
    public required OneRosterLink User { get; init; }

    [JsonPropertyName("class")]
    public required OneRosterLink Class { get; init; }

    [JsonPropertyName("school")]
    public required OneRosterLink School { get; init; }

    [JsonPropertyName("role")]
    public required string Role { get; init; }

    [JsonPropertyName("primary")]
    public JsonElement Primary { get; init; }

    [JsonPropertyName("beginDate")]
    public DateOnly? From { get; init; }

    [JsonPropertyName("endDate")]
    public DateOnly? To { get; init; }

    /// <summary>Whether the teacher is the class's responsible one; providers write the word or the truth value.</summary>
    public bool IsPrimary => Primary.ValueKind == JsonValueKind.True || (Primary.ValueKind == JsonValueKind.String && Primary.GetString() == "true");

    /// <summary>Whether it holds on a day: active, begun, not over.</summary>
    public bool HoldsOn(DateOnly day) => Status == "active" && !(From > day) && !(To < day);
}
