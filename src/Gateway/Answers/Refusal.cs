// Every way in which the gateway says no.
using System.Collections.Immutable;
using Sisote.Doors.Network;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Answers;

/// <summary>A refusal as the caller sees it: status, FHIR issue code, our slug, a sentence, and never anything about a client.</summary>
/// <remarks>The slugs are permanent; <c>docs/problems.md</c> explains each. Issue codes are from FHIR R4 <c>issue-type</c>.</remarks>
internal sealed record Refusal(int Status, string IssueCode, string Slug, string Text)
{
    /// <summary>The element concerned: as a FHIRPath at the FHIR door, as a path of member names at the access door.</summary>
    internal string? Expression { get; init; }

    /// <summary>Further issues of lower weight: what the caller could do instead.</summary>
    internal ImmutableArray<(string Slug, string Text)> Hints { get; init; } = [];

    /// <summary>Places in the caller's own text that read like something about a person: where they are, never what stands there.</summary>
    internal ImmutableArray<TextMark> Marks { get; init; } = [];

    /// <summary>The Allow header of a 405.</summary>
    internal string? Allow { get; init; }

    /// <summary>Seconds after which trying again makes sense.</summary>
    internal int? RetryAfter { get; init; }

    internal static readonly Refusal Malformed = new(400, "structure", "request-malformed", "The request is not one that this door understands.");
    internal static readonly Refusal UnknownParameter = new(400, "not-supported", "parameter-unknown", "The search has a parameter or value that is not served; metadata lists what is.");
    internal static readonly Refusal ClientSearch = new(400, "not-supported", "parameter-unknown", "A client is searched by POST .../Patient/_search, never in an address, with the one form field identifier=urn:oid:1.2.246.21|CODE.");
    internal static readonly Refusal TooManyEvaluations = new(400, "too-costly", "too-many-evaluations", "One call holds more evaluations than this door takes.");
    internal static readonly Refusal ContextMalformed = new(400, "structure", "context-malformed", "The Sisote-Context header cannot be read: a dictionary of RFC 9651, whose texts beyond ASCII are display strings (%\"...\") and name nobody by identity code.");
    internal static readonly Refusal NotSignedIn = new(401, "login", "token-missing", "An access token of this installation's issuer is needed, one that has not ended; WWW-Authenticate says what was wrong with this one.");
    internal static readonly Refusal NotConnected = new(403, "forbidden", "not-connected", "This system, role or purpose is not registered for this exchange.");
    internal static readonly Refusal SubjectNotCaller = new(403, "forbidden", "subject-not-caller", "A caller may ask for nobody but itself: the person, organisation or system of its token.");
    internal static readonly Refusal EntryNotPermitted = new(403, "forbidden", "entry-not-permitted", "The entry cannot be sent.");
    internal static readonly Refusal NotFound = new(404, "not-found", "not-found", "Nothing is known here under this address.");
    internal static readonly Refusal NotServed = new(404, "not-supported", "not-served", "This door does not serve such an address.");
    internal static readonly Refusal NotAcceptable = new(406, "not-supported", "not-acceptable", "Answers are given as application/fhir+json only.");
    internal static readonly Refusal IdTaken = new(409, "conflict", "id-taken", "The identifier belongs to something else.");
    internal static readonly Refusal HasEnded = new(409, "conflict", "wrong-state", "It has ended, is published or is not due, and is not changed now.");
    internal static readonly Refusal StepImpossible = new(409, "conflict", "step-not-possible", "The referral does not stand where this step begins; nothing was changed.");
    internal static readonly Refusal TooLateToCancel = new(409, "conflict", "entry-not-cancellable", "The entry can no longer be taken back: its sending has begun, or it has ended.");
    internal static readonly Refusal EntryCancelled = new(410, "suppressed", "entry-cancelled", "The entry was taken back before it was sent; nothing arrived.");
    internal static readonly Refusal EntryExpired = new(410, "expired", "entry-expired", "The entry waited longer than entries may; it was not delivered, and nothing arrived.");
    internal static readonly Refusal PageEnded = new(410, "expired", "page-ended", "This page cannot be asked for any more, or not by this caller. Search again.");
    internal static readonly Refusal VersionStale = new(412, "conflict", "version-stale", "The task has changed since this version. Read it again.");
    internal static readonly Refusal TooLarge = new(413, "too-long", "request-too-large", "The request is larger than this door takes.");
    internal static readonly Refusal WrongMediaType = new(415, "structure", "media-type-unsupported", "The body has another type than this interaction takes.");
    internal static readonly Refusal NotAPerson = new(422, "invariant", "client-unclear", "The entry must name exactly one client, by national identifier or by handle.");
    internal static readonly Refusal Incomplete = new(422, "required", "entry-incomplete", "A resource of the entry lacks an element that FHIR R4 demands.");
    internal static readonly Refusal KeyUsed = new(422, "duplicate", "key-used", "An entry with another content waits under this Idempotency-Key. Take it back first, or send this one under a key of its own.");
    internal static readonly Refusal SoteriMissing = new(422, "business-rule", "soteri-missing", "A provider of social or health services is published with its number in the Soteri register, and none was given.");
    internal static readonly Refusal NamesAPerson = new(422, "business-rule", "person-in-text", "A text holds something that names a person; nothing was kept.");
    internal static readonly Refusal NoNotifyAddress = new(422, "business-rule", "no-notify-address", "The deployment names no address for notifications to this system; nothing was subscribed to.");
    internal static readonly Refusal TooManySubscriptions = new(422, "too-costly", "too-many-subscriptions", "This system has as many subscriptions as it may have.");
    internal static readonly Refusal TargetRefused = new(422, "processing", "target-refused", "The target system did not take the entry.");
    internal static readonly Refusal VersionNeeded = new(428, "required", "version-needed", "A task is changed from a version that was read: If-Match with its ETag is needed.");
    internal static readonly Refusal TooMany = new(429, "throttled", "too-many-requests", "This system has as many requests under way as it may have.") { RetryAfter = 1 };
    internal static readonly Refusal Fault = new(500, "exception", "internal-fault", "Something went wrong here; nothing was released.");
    internal static readonly Refusal NotImplemented = new(501, "not-supported", "interaction-not-supported", "This interaction is not supported.");
    internal static readonly Refusal SourceUnusable = new(502, "transient", "source-answer-unusable", "The source's answer could not be used; nothing was released.");
    internal static readonly Refusal SourceDown = new(503, "transient", "source-unavailable", "The source does not answer now; nothing was released.") { RetryAfter = 30 };
    internal static readonly Refusal Crowded = new(503, "throttled", "answers-crowded", "There is no room for so large an answer now; nothing was released.") { RetryAfter = 5 };
    internal static readonly Refusal OutcomeUnknown = new(503, "transient", "outcome-unknown", "It is not known whether the entry arrived. Send it again with the same Idempotency-Key.") { RetryAfter = 30 };
    internal static readonly Refusal LogDown = new(503, "transient", "log-unavailable", "The disclosure log cannot be written now; nothing was released.") { RetryAfter = 10 };
    internal static readonly Refusal StateChanging = new(503, "conflict", "state-changing", "What decides on this request is changing just now; nothing was released.") { RetryAfter = 1 };

    internal static Refusal MethodNotAllowed(string allow) => new(405, "not-supported", "method-not-allowed", "The method is not supported here.") { Allow = allow };

    internal static Refusal ElementNotPermitted(string path) =>
        new(422, "business-rule", "element-not-permitted", "An element belongs to no data item that may be sent; nothing was sent.") { Expression = path };

    internal static Refusal DateUnclear(string path) => new(422, "value", "date-unclear", "A date of the entry is none, so it is not known how long it holds; nothing was sent.") { Expression = path };

    /// <summary>The step leads on from nowhere; where it was is said only in words of ours, which a source's text need not be.</summary>
    internal static Refusal StepNotPermitted(string? from, string to) =>
        new(409, "business-rule", "step-not-possible", $"A task does not go from {(from is null ? "where it stands" : $"`{from}`")} to `{to}` by this caller; nothing was changed.") { Expression = "Task.status" };

    internal static Refusal ContextUnknown(ConditionId key) => new(400, "structure", "context-malformed", $"The Sisote-Context header names `{key}`, which is no condition of the law that is read here.");

    internal static Refusal SubscriptionUnclear(string path, string text) => new(422, "business-rule", "subscription-unclear", text) { Expression = path };

    internal static Refusal StepUnclear(string path, string text) => new(422, "business-rule", "step-unclear", text) { Expression = path };

    internal static Refusal AgreementMissing(string kind, IEnumerable<string> alternatives) =>
        new(403, "forbidden", "agreement-missing", $"No agreement of kind `{kind}` is in force between the organisations.")
        {
            Hints = [.. alternatives.Select(static rule => ("alternative-available", rule))],
        };
}
