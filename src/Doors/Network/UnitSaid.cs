// A unit in the directory: its task, who may refer to it, and on what statute it rests.
namespace Sisote.Doors.Network;

/// <summary>A unit as its organisation says it. <c>PUT /network/units/{id}</c> at the gateway.</summary>
public sealed record UnitSaid
{
    /// <summary>Name.</summary>
    public required Wording Name { get; init; }

    /// <summary>What it does.</summary>
    public required Wording Task { get; init; }

    /// <summary>Who may refer, or how one comes to it without being referred.</summary>
    public required Wording Referral { get; init; }

    /// <summary>The statute of its task, for example <c>1287/2013 7 §</c>; 1 to 100 characters.</summary>
    public required string Basis { get; init; }

    /// <summary>Municipality, as a code; null where it works in several.</summary>
    public string? Municipality { get; init; }

    /// <summary>The first day, Finnish time; null = today.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day, itself included; null = until it is ended.</summary>
    public DateOnly? LastDay { get; init; }
}
