// Every refusal of this room, as OperationOutcome.
using Hl7.Fhir.Model;

namespace Sisote.Adapters.Facade;

/// <summary>One method for each problem. None carries a value of the call or of the source.</summary>
internal static class FacadeProblems
{
    private const string Slugs = "https://sisote.fi/problems/";

    /// <summary>No such system, type or id.</summary>
    public static FhirAnswer NothingThere() =>
        Make(StatusCodes.Status404NotFound, OperationOutcome.IssueType.NotFound, "not-found", "There is nothing here.");

    /// <summary>The search has a parameter that the facade does not know, or a malformed value.</summary>
    public static FhirAnswer SearchNotUnderstood() =>
        Make(StatusCodes.Status400BadRequest, OperationOutcome.IssueType.Invalid, "adapter-search-not-understood", "The search is not understood: check the names and values of its parameters.");

    /// <summary>The source system does not offer this type or this kind of search.</summary>
    public static FhirAnswer NotSupported() =>
        Make(StatusCodes.Status404NotFound, OperationOutcome.IssueType.NotSupported, "adapter-not-supported", "The source system does not offer this.");

    /// <summary>The entry is no R4 resource, lacks sender or key, or is about more than one client.</summary>
    public static FhirAnswer EntryNotUnderstood() =>
        Make(StatusCodes.Status400BadRequest, OperationOutcome.IssueType.Invalid, "adapter-entry-not-understood", "The entry is not understood: it needs R4 resources about one client, a sender and a delivery key.");

    /// <summary>The source system refuses the entry.</summary>
    public static FhirAnswer EntryRefused(string reason) =>
        Make(StatusCodes.Status422UnprocessableEntity, OperationOutcome.IssueType.BusinessRule, "adapter-entry-refused", reason);

    /// <summary>The step is no Task, or lacks client, version, sender or key.</summary>
    public static FhirAnswer StepNotUnderstood() =>
        Make(StatusCodes.Status400BadRequest, OperationOutcome.IssueType.Invalid, "adapter-step-not-understood", "The step is not understood: it needs a Task of one client, a version, a sender and a delivery key.");

    /// <summary>The task does not stand where the step begins.</summary>
    public static FhirAnswer StepImpossible() =>
        Make(StatusCodes.Status409Conflict, OperationOutcome.IssueType.Conflict, "step-not-possible", "The task does not stand where this step begins.");

    /// <summary>The task has changed since the version that the step starts from.</summary>
    public static FhirAnswer VersionStale() =>
        Make(StatusCodes.Status412PreconditionFailed, OperationOutcome.IssueType.Conflict, "version-stale", "The task has changed since this version.");

    /// <summary>The source system does not answer.</summary>
    public static FhirAnswer SourceUnavailable() =>
        Make(StatusCodes.Status503ServiceUnavailable, OperationOutcome.IssueType.Transient, "adapter-source-unavailable", "The source system does not answer; try again later.");

    /// <summary>The source system got the entry, or part of it, and did not answer.</summary>
    public static FhirAnswer OutcomeUnknown() =>
        Make(StatusCodes.Status504GatewayTimeout, OperationOutcome.IssueType.Timeout, "adapter-outcome-unknown", "Whether the source system took the entry is not known; send it again with the same delivery key.");

    private static FhirAnswer Make(int status, OperationOutcome.IssueType code, string slug, string text) => FhirAnswer.Outcome(status, new OperationOutcome
    {
        Issue =
        [
            new OperationOutcome.IssueComponent
            {
                Severity = OperationOutcome.IssueSeverity.Error,
                Code = code,
                Details = new CodeableConcept(Slugs.TrimEnd('/'), slug) { Text = text },
            },
        ],
    });
}
