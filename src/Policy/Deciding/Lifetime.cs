// Ages by the Finnish calendar.
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>How old a client is on a day, and until when.</summary>
internal static class Lifetime
{
    /// <summary>Age in whole years; below zero for one not yet born, null = not known.</summary>
    internal static int? YearsOn(ClientFacts facts, DateOnly day) => facts.BirthDate is { } born ? day.Year - born.Year - (day < born.AddYears(day.Year - born.Year) ? 1 : 0) : null;

    /// <summary>The last day before the client reaches an age.</summary>
    internal static DateOnly? LastDayBelow(ClientFacts facts, int years) =>
        facts.BirthDate is { } born && years < 9999 - born.Year ? born.AddYears(years).AddDays(-1) : null;
}
