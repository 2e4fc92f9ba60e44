// The doors of minors, guardians, merged identities, human decisions and keys.
using System.Collections.Immutable;
using Sisote.Doors.Consent;
using static Sisote.Consent.Describing.Door;

namespace Sisote.Consent.Describing;

/// <summary>Rows of <see cref="DoorBook"/>.</summary>
internal static class PersonDoors
{
    private static readonly string[] OfMinors = ["invalid-request", "not-found", "id-taken", "minor-assessor", "not-a-minor", "minor-not-able", "consent-recorder"];

    public static ImmutableArray<Door> All { get; } =
    [
        Reads<MyChildren>("GET /me/children", "Children whose guardian the signed-in client is"),
        Records<ChildDisclosures>("GET /me/children/{child}/disclosures", "What was disclosed about a child, as its guardian sees it", "nothing-to-show"),
        Records<ChildConsents>("GET /me/children/{child}/consents", "Consents of a child, as its guardian sees them", "nothing-to-show"),
        Records<ChildConsentAnswer>("POST /me/children/{child}/consents", "Give a consent for a child", "invalid-request", "nothing-to-show", "consent-not-in-law", "consent-form-elsewhere", "consent-way", "consent-time") with { Statuses = [200, 201] },
        Records<ChildConsentAnswer>("POST /me/children/{child}/consents/{id}/give", "Give a draft for a child, or add one's word to it", "nothing-to-show") with { Statuses = [200, 201] },
        Records<ChildConsentAnswer>("POST /me/children/{child}/consents/{id}/withdraw", "Withdraw for a child", "nothing-to-show") with { Statuses = [200, 201] },
        Records<GuardiansRecorded>("POST /clients/guardians", "Tell the guardians of a child as a register has them", "invalid-request", "mirror-outdated"),
        Records<MinorRecorded>("POST /minors/capacity", "Record what a professional assessed of a minor", OfMinors) with { Statuses = [200, 201] },
        Records<MinorRecorded>("POST /minors/bars", "Record a minor's bar on a guardian", OfMinors) with { Statuses = [200, 201] },
        Records<MinorRecorded>("POST /minors/bars/{id}/withdraw", "Record that a bar was withdrawn", "not-found", "minor-assessor", "consent-recorder") with { Statuses = [200, 201] },
        Records<MinorRecords>("POST /minors/query", "What the organisation recorded of a minor", "invalid-request", "consent-recorder"),
        Records<ClientsMerged>("POST /clients/merge", "Two identifiers are one person", "invalid-request", "merge-with-itself", "merge-in-circle", "merged-already", "merged-elsewhere", "merge-of-strangers"),
        Records<ClientsMerged>("POST /clients/unmerge", "Part them again", "invalid-request", "not-merged"),
        Records<WaitingReleases>("GET /releases", "Disclosures that wait for the professional's decision", "decision-recorder"),
        Reads<WaitingReleases>("GET /releases/all", "All disclosures that wait for a decision"),
        Records<DecisionStands>("POST /releases/{id}/release", "Release what waits", "invalid-request", "not-found", "wrong-state", "id-taken", "decision-recorder"),
        Records<DecisionStands>("POST /releases/{id}/decline", "Decline what waits", "invalid-request", "not-found", "wrong-state", "decision-recorder"),
        Reads<HumanDecisions>("GET /decisions", "Decisions of the organisation's professionals", "decision-recorder"),
        Records<DecisionStands>("POST /decisions", "Record a decision beforehand", "invalid-request", "wrong-state", "id-taken", "not-found", "decision-recorder"),
        Records<DecisionStands>("POST /decisions/{id}/withdraw", "Withdraw a decision", "not-found", "wrong-state", "decision-recorder"),
        Reads<EnvelopeKeyList>("GET /keys", "Keys of sealed values"),
        Records<EnvelopeKeyList>("POST /keys/rotate", "Begin a new key", "key-not-written"),
        Records<EnvelopeKeyList>("POST /keys/{id}/retire", "Retire a key under which nothing is", "not-found", "key-in-use"),
    ];
}
