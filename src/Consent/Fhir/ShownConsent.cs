// A consent as one viewer is shown it.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Audit;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>What becomes a FHIR Consent.</summary>
/// <param name="Id">Logical id.</param>
/// <param name="Patient">The client's name for the viewer.</param>
/// <param name="Consent">The consent.</param>
/// <param name="RecordedBy">Who recorded it, where the viewer may know.</param>
/// <param name="Custodians">Organisations that keep it, or whose data it opens.</param>
internal sealed record ShownConsent(string Id, AuditReference Patient, MyConsent Consent, ProfessionalId? RecordedBy, ImmutableArray<OrganisationId> Custodians);
