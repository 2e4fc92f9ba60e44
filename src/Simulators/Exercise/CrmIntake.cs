// From an incoming referral to the records that the product keeps of it.
using Sisote.Simulators.Storage;

namespace Sisote.Simulators.Exercise;

/// <summary>Makes records, with their ids, out of what came in.</summary>
internal static class CrmIntake
{
    /// <summary>The customer after this contact: contact details that came are taken, those that did not stay. Under a safety prohibition no address is kept.</summary>
    public static Customer Customer(Customer? known, IncomingPerson person)
    {
        var isProtected = person.Protected || known?.Protected == true;
        return new Customer
        {
            Id = known?.Id ?? OpaqueId.Create('a'),
            NationalId = person.NationalId,
            FamilyName = person.FamilyName,
            GivenNames = person.GivenNames,
            Phone = person.Phone ?? known?.Phone,
            Email = person.Email ?? known?.Email,
            Street = isProtected ? null : person.Street ?? known?.Street,
            PostalCode = isProtected ? null : person.PostalCode ?? known?.PostalCode,
            City = isProtected ? null : person.City ?? known?.City,
            Language = person.Language ?? known?.Language,
            Protected = isProtected,
        };
    }

    /// <summary>The event of taking a referral in; its number and fingerprint are the book's.</summary>
    public static CrmEvent Event(IncomingReferral incoming, Customer customer, DateTimeOffset now)
    {
        var referral = new Referral
        {
            Id = OpaqueId.Create('l'),
            ExternalReference = incoming.ExternalReference,
            CustomerId = customer.Id,
            State = "saapunut",
            Programme = incoming.Programme,
            Authored = incoming.Authored,
            Arrived = now,
            From = incoming.From,
            To = incoming.To,
            Instruction = incoming.Instruction,
            Sender = incoming.Sender,
        };
        return new CrmEvent
        {
            Number = 0,
            At = now,
            Kind = "lahete.saapunut",
            Target = referral.Id,
            Customer = customer,
            Referral = referral,
            Limits = [.. incoming.Limits.Select(row => row with { Id = OpaqueId.Create('r'), CustomerId = customer.Id, ReferralId = referral.Id })],
            Goals = [.. incoming.Goals.Select(row => row with { Id = OpaqueId.Create('t'), CustomerId = customer.Id, ReferralId = referral.Id })],
            Plans = [.. incoming.Plans.Select(row => row with { Id = OpaqueId.Create('s'), CustomerId = customer.Id, ReferralId = referral.Id })],
        };
    }
}
