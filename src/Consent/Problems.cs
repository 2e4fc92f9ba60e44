// Every problem this room answers with.
using Microsoft.AspNetCore.Http.HttpResults;

namespace Sisote.Consent;

/// <summary>RFC 9457 problems with a permanent type each. None says whether something exists that the caller may not see.</summary>
internal static class Problems
{
    private const string Types = "https://sisote.fi/problems/";

    /// <summary>The message is malformed; names the field, never its value.</summary>
    public static ProblemHttpResult InvalidRequest(string field, string whatToDo) =>
        Make("invalid-request", 400, "The request is not well formed.", whatToDo, new() { ["field"] = field });

    /// <summary>A search has a parameter or modifier that is not served; nothing is ignored.</summary>
    public static ProblemHttpResult ParameterUnknown() =>
        Make("parameter-unknown", 400, "The search has a parameter that is not served.", "Leave it out; /fhir/metadata lists the parameters, docs/audit.md and docs/consents-fhir.md explain them.");

    /// <summary>Another format than JSON was asked for.</summary>
    public static ProblemHttpResult NotAcceptable() =>
        Make("not-acceptable", 406, "This format is not served.", "Ask for application/fhir+json.");

    /// <summary>The body is of another type.</summary>
    public static ProblemHttpResult MediaTypeUnsupported(string wanted = "application/x-www-form-urlencoded") =>
        Make("media-type-unsupported", 415, "The body's type is not taken here.", $"Send {wanted}.");

    /// <summary>Not there, or not for this caller.</summary>
    public static ProblemHttpResult NotFound() =>
        Make("not-found", 404, "There is nothing here.", "Check the identifier against the list it came from.");

    /// <summary>The change does not fit what stands now.</summary>
    public static ProblemHttpResult WrongState(string whatToDo) =>
        Make("wrong-state", 409, "The change does not fit the present state.", whatToDo);

    /// <summary>A run of erasing goes on only with the bundle that was taken out for it, or without any where that was said.</summary>
    public static ProblemHttpResult ExportWanted() =>
        Make("export-wanted", 409, "The bundle of what will be erased was not taken out, or it is another one.", "Take the bundle of this run out and name its SHA-256, or say that none is wanted before the run begins.");

    /// <summary>The record was erased when its time had ended; says the day and the period, and whose it was nobody knows any more.</summary>
    public static ProblemHttpResult EntryErased(string day, string period, string run) =>
        Make("entry-erased", 410, "The record was erased when its retention time had ended.", $"It was erased on {day} under retention rule {period}. Its leaf stays in the log and proves that it was there.", new() { ["erasedOn"] = day, ["period"] = period, ["run"] = run });

    /// <summary>Somebody changed the record in the database after the log took it in.</summary>
    public static ProblemHttpResult RecordChanged() =>
        Make("record-changed", 500, "The record is not the one that the log committed to.", "Tell the operator: somebody changed it in the database. Its leaf and the newest copy of the log tell what stood there.");

    /// <summary>The identifier belongs to something else.</summary>
    public static ProblemHttpResult IdTaken() =>
        Make("id-taken", 409, "The identifier is taken.", "Send the command with a fresh identifier, or repeat it exactly as it was sent first.");

    /// <summary>A FHIR Consent has something in it that is not understood here; each issue says what and where.</summary>
    public static ProblemHttpResult ConsentNotUnderstood() =>
        Make("consent-not-understood", 422, "The Consent has something in it that is not understood here.", "Mend what the issues name; docs/consents-fhir.md shows what is taken.");

    /// <summary>The key seals, or something is under it.</summary>
    public static ProblemHttpResult KeyInUse() =>
        Make("key-in-use", 409, "The key is in use.", "Wait until no value is under it and the newest key is a few minutes old; the newest key itself cannot be retired.");

    /// <summary>The key folder takes no file.</summary>
    public static ProblemHttpResult KeyNotWritten() =>
        Make("key-not-written", 409, "The new key cannot be written.", "Make the key folder writable, or see whether somebody else makes a key just now; then ask again.");

    /// <summary>Some of the changes behind the follower's number are removed, or its number was never given.</summary>
    public static ProblemHttpResult ChangesGone() =>
        Make("changes-gone", 410, "The changes behind this number are not on record any more.", "Forget what you keep, and begin anew without a number.");

    /// <summary>The two identifiers are one.</summary>
    public static ProblemHttpResult MergeWithItself() =>
        Make("merge-with-itself", 422, "A person is not merged with himself or herself.", "Name two different identifiers.", new() { ["field"] = "surviving" });

    /// <summary>The surviving one was merged into the prior one.</summary>
    public static ProblemHttpResult MergeInCircle() =>
        Make("merge-in-circle", 409, "The surviving identifier was merged into the prior one before.", "If that was wrong, undo it first; if it was right, there is nothing to do.");

    /// <summary>Both are one person already.</summary>
    public static ProblemHttpResult MergedAlready() =>
        Make("merged-already", 409, "The two identifiers were merged before.", "If that was wrong, undo it first; if it was right, there is nothing to do.");

    /// <summary>The prior one was merged into another person.</summary>
    public static ProblemHttpResult MergedElsewhere() =>
        Make("merged-elsewhere", 409, "The prior identifier was merged into another person before.", "Find out which of both is right; if that one was wrong, have the operator undo it first.");

    /// <summary>The source's organisation has nothing to do with one of them.</summary>
    public static ProblemHttpResult MergeOfStrangers() =>
        Make("merge-of-strangers", 403, "The source's organisation is not on record as a side of both people.", "Have the operator look into it, and merge them if it is right.");

    /// <summary>It stands for itself.</summary>
    public static ProblemHttpResult NotMerged() =>
        Make("not-merged", 409, "This identifier was not merged.", "Name the prior identifier of the merge.");

    /// <summary>No rule of the catalogue could ever rest on this consent.</summary>
    public static ProblemHttpResult ConsentNotInLaw(string field, string whatToDo) =>
        Make("consent-not-in-law", 422, "No rule could rest on this consent.", whatToDo, new() { ["field"] = field });

    /// <summary>The form is given elsewhere: on paper, to another registry, or with a professional.</summary>
    public static ProblemHttpResult ConsentFormElsewhere() =>
        Make("consent-form-elsewhere", 422, "This form of consent is not given here.", "Give it where its registry is kept; the catalogue names it.", new() { ["field"] = "form" });

    /// <summary>The statute does not take this form in this way (spoken, where it must be in writing).</summary>
    public static ProblemHttpResult ConsentWay(string ways) =>
        Make("consent-way", 422, "This form of consent is not given in this way.", $"It is given in one of these ways: {ways}.", new() { ["field"] = "how" });

    /// <summary>The form lasts as long as something that is not named or has ended.</summary>
    public static ProblemHttpResult ConsentTime(string field, string whatToDo) =>
        Make("consent-time", 422, "How long the consent lasts is not said as its form asks.", whatToDo, new() { ["field"] = field });

    /// <summary>Who gives it may not give it: no consent of this person would count.</summary>
    public static ProblemHttpResult ConsentGiver() =>
        Make("consent-giver", 422, "The consent of this person does not count here.", "Have the person give it who decides in this matter; of a minor a professional must first record who that is.", new() { ["field"] = "givenBy" });

    /// <summary>Consents are recorded by professionals on whose side data are given from.</summary>
    public static ProblemHttpResult ConsentRecorder() =>
        Make("consent-recorder", 422, "This consent is not recorded by you.", "Have a professional record it in whose organisation and role the data would be given.");

    /// <summary>Records of minors are made in the roles that the law names.</summary>
    public static ProblemHttpResult MinorAssessor() =>
        Make("minor-assessor", 422, "This record of a minor is not made by you.", "Have a professional make it whose role the minors' policy names as assessor in the context.");

    /// <summary>Capacity and bars are recorded of minors only.</summary>
    public static ProblemHttpResult NotAMinor() =>
        Make("not-a-minor", 422, "The client is not known to be a minor.", "A person of age decides alone and has no guardian.");

    /// <summary>The act gives this right to a minor who is able to decide.</summary>
    public static ProblemHttpResult MinorNotAble() =>
        Make("minor-not-able", 422, "The minor is not on record as able to decide in this context.", "Record the capacity first.");

    /// <summary>
    /// INVARIANT: the one answer to a guardian for whom there is nothing: no such child, not this person's, no longer, of age, limited, barred, protected, not assessed, decided by the child alone, or
    /// simply nothing there. Whoever reads it cannot tell which.
    /// </summary>
    public static ProblemHttpResult NothingToShow() =>
        Make("nothing-to-show", 404, "There is nothing to show or do here.", "There may be nothing, or it is not taken care of here. No more follows from this answer. Ask the service that looks after the child.");

    /// <summary>Decisions are recorded by professionals on whose side data are given from.</summary>
    public static ProblemHttpResult DecisionRecorder() =>
        Make("decision-recorder", 422, "This decision is not yours to record.", "Have a professional record it in whose organisation and role the data would be given.");

    /// <summary>A relationship is said by those whom the catalogue names, not by whom it would open data to.</summary>
    public static ProblemHttpResult RelationshipRecorder() =>
        Make("relationship-recorder", 422, "This relationship is not yours to record.", "Have it recorded by whom the catalogue's relationships name for this kind; nobody records one for the own person unless it says so.");

    /// <summary>What was read later stands already.</summary>
    public static ProblemHttpResult MirrorOutdated() =>
        Make("mirror-outdated", 409, "A newer state of that register stands already.", "Read the register again and send what it says now.");

    /// <summary>No <c>add-checkpoint</c> body, or its old size is larger than its checkpoint.</summary>
    public static ProblemHttpResult CheckpointMalformed() =>
        Make("checkpoint-malformed", 400, "The body is no request for a cosignature.", "Send old size, proof and signed checkpoint as C2SP tlog-witness says.");

    /// <summary>The log's known key did not sign it.</summary>
    public static ProblemHttpResult CheckpointNotSigned() =>
        Make("checkpoint-not-signed", 403, "The checkpoint is not signed with the key that is known of this log.", "Sign with that key, or have the witness's operator enter the new one.");

    /// <summary>The origin is not watched here.</summary>
    public static ProblemHttpResult LogNotWatched() =>
        Make("log-not-watched", 404, "This log is not watched here.", "Have the witness's operator enter the log's public key under `watches`.");

    /// <summary>Not a continuation, or not shown to be one.</summary>
    public static ProblemHttpResult CheckpointDoesNotContinue() =>
        Make("checkpoint-does-not-continue", 422, "The checkpoint is not shown to continue what was cosigned last.", "Send the proof from the size that was cosigned last. If it is right, the log was changed: compare it with its backups.");

    /// <summary>The database does not write. Nothing was done.</summary>
    public static ProblemHttpResult LogUnavailable() =>
        Make("log-unavailable", 503, "The log cannot be written, so nothing was done.", "Repeat the call with the same identifiers after the time in Retry-After.");

    /// <summary>Too many wait. Nothing was done.</summary>
    public static ProblemHttpResult LogBusy() =>
        Make("log-busy", 503, "Too many calls wait for the log, so nothing was done.", "Repeat the call with the same identifiers after the time in Retry-After.");

    /// <summary>The database does not answer a question.</summary>
    public static ProblemHttpResult StoreUnavailable() =>
        Make("store-unavailable", 503, "The consent service cannot read its database.", "Repeat the call after the time in Retry-After.");

    private static ProblemHttpResult Make(string slug, int status, string title, string whatToDo, Dictionary<string, object?>? more = null) =>
        TypedResults.Problem(detail: whatToDo, statusCode: status, title: title, type: Types + slug, extensions: more);
}
