// A named contact of a unit.
namespace Sisote.Doors.Network;

/// <summary>
/// A person in office whom other professionals may call, with the name and number of the work. <c>PUT /network/contacts/{id}</c> at the gateway. Never a client, never a private number.
/// </summary>
public sealed record ContactSaid
{
    /// <summary>The unit, one of the own organisation.</summary>
    public required string Unit { get; init; }

    /// <summary>The official's name; 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Office.</summary>
    public required Wording Office { get; init; }

    /// <summary>Telephone at work; digits, spaces, <c>+</c> and <c>-</c>.</summary>
    public string? Phone { get; init; }

    /// <summary>Mail at work. Phone or mail must be given.</summary>
    public string? Mail { get; init; }

    /// <summary>The first day, Finnish time; null = today.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day, itself included; null = until it is ended.</summary>
    public DateOnly? LastDay { get; init; }
}
