// The doors of consents, relationships, agreements and facts.
using System.Collections.Immutable;
using Sisote.Doors.Consent;
using Sisote.Doors.Network;
using static Sisote.Consent.Describing.Door;

namespace Sisote.Consent.Describing;

/// <summary>Rows of <see cref="DoorBook"/>.</summary>
internal static class ConsentDoors
{
    private const string GiveExample =
        """
        {"id": "0197a1b2c3d47000800000000000c001", "form": "FORM", "items": ["item-code"], "recipientSector": "sector-code", "recipientOrganisation": "organisation-id", "purpose": "purpose-code", "textLanguage": "fi", "textVersion": "text-1"}
        """;

    private const string RecordExample =
        """
        {"id": "0197a1b2c3d47000800000000000c001", "identifier": "010190-999W", "form": "FORM", "items": ["item-code"], "recipientSector": "sector-code", "recipientOrganisation": "organisation-id", "purpose": "purpose-code", "textLanguage": "fi", "textVersion": "text-1", "how": "paper", "reference": "folder 4", "givenBy": "client"}
        """;

    private const string QuestionExample = """{"identifier": "010190-999W"}""";

    private static readonly string[] OfGiving =
        ["invalid-request", "wrong-state", "not-found", "id-taken", "consent-not-in-law", "consent-form-elsewhere", "consent-way", "consent-time", "consent-giver"];

    public static ImmutableArray<Door> All { get; } =
    [
        Reads<MyConsents>("GET /me/consents", "The signed-in client's consents"),
        Records<ConsentGiven>("POST /me/consents", "Give a consent, or change one", OfGiving) with { Statuses = [200, 201], Example = GiveExample },
        Records<ConsentGiven>("POST /me/consents/{id}/give", "Give a draft", "not-found", "wrong-state", "consent-not-in-law", "consent-form-elsewhere", "consent-way", "consent-time", "consent-giver") with { Statuses = [200, 201] },
        Records<WithdrawalAnswer>("POST /me/consents/{id}/withdraw", "Withdraw; no form is asked", "not-found"),
        Reads<ConsentReminders>("GET /me/consents/reminders", "What the client should be reminded of"),
        Records<RecordedConsents>("GET /consents", "Consents that the caller's organisation recorded, in pages", "invalid-request", "consent-recorder"),
        Records<ConsentGiven>("POST /consents", "Record a consent that was given to a professional", [.. OfGiving, "consent-recorder"]) with { Statuses = [200, 201], Example = RecordExample },
        Records<ConsentGiven>("POST /consents/{id}/give", "Record that a draft was given", "invalid-request", "not-found", "wrong-state", "consent-not-in-law", "consent-form-elsewhere", "consent-way", "consent-time", "consent-giver", "consent-recorder") with { Statuses = [200, 201] },
        Records<WithdrawalAnswer>("POST /consents/{id}/withdraw", "Record a withdrawal", "invalid-request", "not-found", "consent-recorder"),
        Records<ConsentReminders>("GET /consents/reminders", "Reminders about what the organisation recorded", "consent-recorder"),
        Records<RecordedConsents>("POST /consents/query", "All consents of one client", "invalid-request") with { Example = QuestionExample },
        Records<ConsentsChecked>("POST /consents/check", "Whether consents stand for a flow, by the search that decides", "invalid-request"),
        Records<RelationshipList>("POST /relationships/query", "All relationships of one client", "invalid-request") with { Example = QuestionExample },
        Records<ConsentsMirrored>("POST /clients/consents", "Take over the state of another register", "invalid-request", "mirror-outdated", "consent-not-in-law", "consent-form-elsewhere", "consent-way"),
        Records<FactsRecorded>("POST /clients/facts", "Tell facts of a client", "invalid-request"),
        Records<RelationshipsRecorded>("POST /clients/relationships", "Tell the relationships of a register", "invalid-request"),
        Reads<ConsentNotices>("GET /notices", "Notices to stop using and review", "invalid-request", "not-found"),
        Takes("POST /staff/left", "A professional has left", "invalid-request"),
        Records<RelationshipChanged>("POST /relationships", "Record a relationship by hand", "invalid-request", "id-taken", "wrong-state", "relationship-recorder"),
        Records<RelationshipChanged>("POST /relationships/{id}/hand-over", "Hand a relationship over to another professional", "invalid-request", "not-found", "id-taken", "wrong-state", "relationship-recorder"),
        Reads<RelationshipList>("GET /relationships", "Relationships of the professional's organisation"),
        Records<RelationshipChanged>("POST /relationships/{id}/accept", "Accept a referral", "not-found", "wrong-state"),
        Records<RelationshipChanged>("POST /relationships/{id}/reject", "Reject a referral", "not-found", "wrong-state"),
        Records<RelationshipChanged>("POST /relationships/{id}/end", "End a relationship", "not-found", "wrong-state"),
        Reads<AgreementList>("GET /agreements", "Agreements between organisations"),
        Records<AgreementChanged>("POST /agreements", "Record an agreement", "invalid-request", "id-taken", "wrong-state"),
        Records<AgreementChanged>("POST /agreements/{id}/change", "Record a new version of an agreement", "invalid-request", "not-found", "wrong-state"),
        Reads<AgreementShown>("GET /agreements/{id}", "An agreement with its versions and what hangs on it", "not-found"),
        Reads<AgreementFigures>("GET /agreements/{id}/figures", "What the parties follow, counted for a month", "invalid-request", "not-found"),
        Records<AgreementChanged>("POST /agreements/{id}/end", "End an agreement", "not-found", "wrong-state"),
        Records<NetworkAnswer>("POST /network/groups/{id}", "Record a co-operation group, or its next version", "invalid-request", "id-taken", "wrong-state"),
        Records<NetworkAnswer>("POST /network/groups/{id}/end", "End a co-operation group", "not-found", "wrong-state"),
        Reads<NetworkFound>("GET /network/history/{id}", "Every version of a row of the network's registers", "not-found"),
    ];
}
