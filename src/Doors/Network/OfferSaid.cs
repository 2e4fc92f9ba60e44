// A service that an organisation offers.
using System.Collections.Immutable;

namespace Sisote.Doors.Network;

/// <summary>An offer as its organisation says it. <c>PUT /network/offers/{id}</c> at the gateway.</summary>
public sealed record OfferSaid
{
    /// <summary>Name.</summary>
    public required Wording Name { get; init; }

    /// <summary>Category, a code of the catalogue's list <c>sisote-offer-category-vs</c>.</summary>
    public required string Category { get; init; }

    /// <summary>open, beginner, intermediate or advanced.</summary>
    public required string Level { get; init; }

    /// <summary>For whom it is, and what one must bring.</summary>
    public required Wording Eligibility { get; init; }

    /// <summary>Free places, 0 to 10,000; null where places are not counted.</summary>
    public int? FreePlaces { get; init; }

    /// <summary>Municipality, as a code; null where it is everywhere.</summary>
    public string? Municipality { get; init; }

    /// <summary>Where.</summary>
    public required Wording Place { get; init; }

    /// <summary>When.</summary>
    public required Wording Times { get; init; }

    /// <summary>in-person, phone or online.</summary>
    public required string Channel { get; init; }

    /// <summary>Languages in which it is given, as two or three letters (ISO 639).</summary>
    public required ImmutableArray<string> Languages { get; init; }

    /// <summary>The provider's number in the Soteri register; must be there for what the catalogue's list <c>sisote-soteri-vs</c> names. Finnish: Soteri-rekisteri.</summary>
    public string? Soteri { get; init; }

    /// <summary>The unit to ask, one of the own organisation; null = none.</summary>
    public string? Unit { get; init; }

    /// <summary>The first day, Finnish time; null = today.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day, itself included; null = until it is ended.</summary>
    public DateOnly? LastDay { get; init; }
}

/// <summary>Free places of an offer. <c>POST /network/offers/{id}/places</c> at the gateway.</summary>
/// <param name="Free">How many, 0 to 10,000.</param>
public sealed record PlacesSaid(int Free);
