// Reads the request for a hold.
using Sisote.Consent.Clients;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deciding;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Retention;

/// <summary>Checks what is asked before it waits for the log, and makes the hold of it.</summary>
internal sealed class HoldDesk(ClientKeys keys, Deployment deployment, TimeProvider clock)
{
    private const int LongestReference = 64;
    private const int LengthOfIdentifier = 11;

    /// <summary>The field at fault and how it should be; null where nothing is.</summary>
    public (string Field, string WhatToDo)? FindFault(PlaceHold asked, Caller who) => asked switch
    {
        _ when FindFault(asked.OrderedBy, who) is { } fault => fault,
        _ when new object?[] { asked.ClientIdentifier, asked.Organisation, asked.Range }.Count(static scope => scope is not null) != 1 => ("scope", "Say exactly one of clientIdentifier, organisation and range."),
        { ClientIdentifier: { } identifier } when !Hetu.TryParse(identifier, out _) => ("clientIdentifier", "Give the client's national identifier."),
        { Organisation: { } organisation } when organisation != OrderOf(asked.OrderedBy, who).Organisation => ("organisation", "An organisation holds its own records; to hold others', name the client or the places."),
        { Range: { } range } when range.First < 0 || range.Last < range.First => ("range", "Give the first and the last place, from 0."),
        _ when !PlaceHold.Reasons.Contains(asked.Reason) => ("reason", $"One of {string.Join(", ", PlaceHold.Reasons)}."),
        { Reference: { } reference } when !IsReference(reference) => ("reference", $"The number of the case: 1 to {LongestReference} letters, digits, spaces and . / : _ -, and no person's identifier."),
        { Until: { } until } when until < FinnishTime.DateOf(clock.GetUtcNow()) => ("until", "The last day lies in the past."),
        _ => null,
    };

    /// <summary>Persons act for themselves; the operator names at whose order.</summary>
    public (string Field, string WhatToDo)? FindFault(HoldOrder? order, Caller who) => (who, order) switch
    {
        (Caller.Person, not null) => ("orderedBy", "You act for yourself: leave it out."),
        (Caller.Person { Professional: null } person, null) when !ProfessionalId.TryParse(person.Subject, out _) => ("orderedBy", "Sign in with an account that has an identifier for the log."),
        (Caller.System, null) => ("orderedBy", "Name the data-protection officer or controller administrator at whose order this is entered."),
        (Caller.System, { } named) when deployment.FindOrganisation(named.Organisation) is null => ("orderedBy.organisation", "It stands in no deployment file."),
        _ => null,
    };

    /// <summary>Who places or lifts.</summary>
    public static HoldOrder OrderOf(HoldOrder? order, Caller who) => order ?? (who is Caller.Person { Organisation: { } organisation } person
        ? new HoldOrder { Organisation = organisation, Professional = person.Professional ?? ProfessionalId.Parse(person.Subject) }
        : throw new InvalidOperationException("Nobody is named."));

    /// <summary>The hold, not yet placed.</summary>
    public Hold Make(PlaceHold asked, Caller who) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Scope = asked.ClientIdentifier is not null ? Hold.OfClient : asked.Organisation is not null ? Hold.OfOrganisation : Hold.OfRange,
        Client = Hetu.TryParse(asked.ClientIdentifier, out var identifier) ? keys.KeyOf(identifier) : null,
        Organisation = asked.Organisation,
        Range = asked.Range,
        Reason = asked.Reason,
        Reference = asked.Reference,
        PlacedBy = OrderOf(asked.OrderedBy, who),
        PlacedAt = clock.GetUtcNow(),
        Until = asked.Until,
    };

    private static bool IsReference(string text) =>
        text.Length is > 0 and <= LongestReference
        && text.All(static c => char.IsLetterOrDigit(c) || " ./:_-".Contains(c, StringComparison.Ordinal))
        && !Enumerable.Range(0, Math.Max(0, text.Length - LengthOfIdentifier + 1)).Any(start => Hetu.TryParse(text.Substring(start, LengthOfIdentifier), out _));
}
