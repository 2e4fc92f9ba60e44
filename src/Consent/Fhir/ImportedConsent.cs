// What a FHIR Consent that was taken in says.
using System.Collections.Immutable;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>The terms, how and by whom they were given, and whose data they are about.</summary>
/// <param name="Patient">The client's name as it was written.</param>
/// <param name="Terms">The terms.</param>
/// <param name="Evidence">How it was given.</param>
/// <param name="Draft">Whether it is only prepared.</param>
/// <param name="Sources">Whose data it opens, where the client says that; null = not said.</param>
internal sealed record ImportedConsent(ReadCode Patient, ConsentTerms Terms, ImportedEvidence Evidence, bool Draft, ImmutableArray<OrganisationId>? Sources);

/// <summary>How a consent that is taken in was given, and by whom.</summary>
internal sealed record ImportedEvidence(ConsentWay Way, string GivenBy, string? Reference, string? Authority);

/// <summary>A reading: the consent, or all that was not understood.</summary>
internal sealed record ConsentReading(ImportedConsent? Consent, ImmutableArray<ConsentFault> Faults);
