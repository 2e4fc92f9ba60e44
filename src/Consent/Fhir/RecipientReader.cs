// Reads the contained recipient of a FHIR Consent.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>A recipient as it was read; sector and organisation are there, or a fault is.</summary>
internal sealed record ReadRecipient(SectorId? Sector, OrganisationId? Organisation, RoleId? Role, SystemId? Unit, ProfessionalId? Person);

/// <summary>Reads the contained PractitionerRole.</summary>
internal static class RecipientReader
{
    private const string WhatStandsHere = "Exactly one contained resource: the PractitionerRole that is the recipient.";

    public static ReadRecipient? Read(FhirNode root, LegalCatalogue catalogue, Deployment deployment)
    {
        if (root.Many("contained") is not [var role] || role.Text("resourceType") != "PractitionerRole")
        {
            root.Refuse("contained", ConsentFault.Required, WhatStandsHere);
            return null;
        }

        if (role.Text("id") != ConsentJson.RecipientId)
        {
            role.Refuse("id", ConsentFault.Value, ConsentJson.RecipientId + ".");
        }

        var organisation = OrganisationOf(role, deployment);
        var recipient = new ReadRecipient(SectorOf(role, catalogue), organisation, RoleOf(role, catalogue), UnitOf(role, deployment), PersonOf(role, organisation));
        role.Close();
        return recipient;
    }

    private static OrganisationId? OrganisationOf(FhirNode role, Deployment deployment)
    {
        const string whatToDo = "An organisation that is connected here.";
        return role.Needed("organization", whatToDo) is { } organisation
            && FhirCodings.Named(organisation, "Organization").In(ConsentCodes.Organisations, whatToDo, code => OrganisationId.TryParse(code, out var id) && deployment.FindOrganisation(id) is not null) is { } known
            ? OrganisationId.Parse(known)
            : null;
    }

    private static SectorId? SectorOf(FhirNode role, LegalCatalogue catalogue)
    {
        const string whatToDo = "Exactly one sector of the catalogue, in its code system.";
        if (role.Many("specialty") is not [var specialty])
        {
            role.Refuse("specialty", ConsentFault.Required, whatToDo);
            return null;
        }

        return FhirCodings.Concept(specialty).In(ConsentCodes.Sectors, whatToDo, code => SectorId.TryParse(code, out var id) && catalogue.Sectors.ContainsKey(id)) is { } known ? SectorId.Parse(known) : null;
    }

    private static RoleId? RoleOf(FhirNode role, LegalCatalogue catalogue)
    {
        const string whatToDo = "At most one role of the catalogue, in its code system.";
        return AtMostOne(role, "code", whatToDo) is { } code
            && FhirCodings.Concept(code).In(ConsentCodes.Roles, whatToDo, found => RoleId.TryParse(found, out var id) && catalogue.Roles.ContainsKey(id)) is { } known
            ? RoleId.Parse(known)
            : null;
    }

    private static SystemId? UnitOf(FhirNode role, Deployment deployment)
    {
        const string whatToDo = "At most one connected system, of the unit that works with it.";
        return AtMostOne(role, "healthcareService", whatToDo) is { } unit
            && FhirCodings.Named(unit, "HealthcareService").In(ConsentCodes.Systems, whatToDo, code => SystemId.TryParse(code, out var id) && deployment.FindSystem(id) is not null) is { } known
            ? SystemId.Parse(known)
            : null;
    }

    private static ProfessionalId? PersonOf(FhirNode role, OrganisationId? organisation)
    {
        const string whatToDo = "A professional of the recipient, by the identifier that the organisation gives.";
        return role.One("practitioner") is { } person
            && FhirCodings.Named(person, "Practitioner") is { } named
            && organisation is { } of
            && named.In(ConsentCodes.ProfessionalsOf(of), whatToDo, static code => ProfessionalId.TryParse(code, out _)) is { } known
            ? ProfessionalId.Parse(known)
            : null;
    }

    private static FhirNode? AtMostOne(FhirNode role, string name, string whatToDo)
    {
        var found = role.Many(name);
        if (found.Count > 1)
        {
            role.Refuse(name, ConsentFault.NotHeld, whatToDo);
        }

        return found.Count == 1 ? found[0] : null;
    }
}
