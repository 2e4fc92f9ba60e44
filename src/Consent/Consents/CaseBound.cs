// Consents that last as long as a case.
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Ends a consent with the relationship that it names: the client's revision covers both, so the next disclosure sees it.</summary>
internal static class CaseBound
{
    /// <summary>The version as it stands with the client's relationships.</summary>
    public static ConsentVersion Apply(ConsentVersion version, IReadOnlyCollection<Relationship> relationships)
    {
        if (version.Evidence.Case is not { } named || version.Record.Status != ConsentStatus.Active)
        {
            return version;
        }

        var found = relationships.FirstOrDefault(relationship => relationship.Id == named);
        var ends = found?.To is { } to && !(version.Record.To < to) ? to : version.Record.To;
        return IsFor(found, version.Record)
            ? version with { Record = version.Record with { To = ends } }
            : version with { Record = version.Record with { To = ends, Status = ConsentStatus.Expired } };
    }

    /// <summary>Whether a case can carry a consent given now: it is in force, and one of the consent's own organisations has to do with it. A case that names no organisation is the client's own.</summary>
    public static bool Carries(Relationship? found, ConsentRecord consent, DateTimeOffset now) =>
        found is { Status: RelationshipStatus.Active } && found.From <= now && !(found.To < now)
        && ((found.FromOrganisation is null && found.ToOrganisation is null) || IsOf(found.FromOrganisation, consent) || IsOf(found.ToOrganisation, consent));

    private static bool IsOf(OrganisationId? side, ConsentRecord consent) =>
        side is { } organisation && (organisation == consent.RecipientOrganisation || consent.SourceOrganisations?.Contains(organisation) != false);

    /// <summary>INVARIANT: a case that began anew after the consent was given is another case.</summary>
    private static bool IsFor(Relationship? found, ConsentRecord record) => found is { Status: RelationshipStatus.Active } && found.From <= record.From;
}
