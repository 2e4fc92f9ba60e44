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
        Make("parameter-unknown", 400, "The search has a parameter that is not served.", "Leave it out; docs/audit.md and /fhir/metadata list the parameters.");

    /// <summary>Another format than JSON was asked for.</summary>
    public static ProblemHttpResult NotAcceptable() =>
        Make("not-acceptable", 406, "This format is not served.", "Ask for application/fhir+json.");

    /// <summary>The body is of another type.</summary>
    public static ProblemHttpResult MediaTypeUnsupported() =>
        Make("media-type-unsupported", 415, "The body's type is not taken here.", "Send application/x-www-form-urlencoded.");

    /// <summary>Not there, or not for this caller.</summary>
    public static ProblemHttpResult NotFound() =>
        Make("not-found", 404, "There is nothing here.", "Check the identifier against the list it came from.");

    /// <summary>The change does not fit what stands now.</summary>
    public static ProblemHttpResult WrongState(string whatToDo) =>
        Make("wrong-state", 409, "The change does not fit the present state.", whatToDo);

    /// <summary>The identifier belongs to something else.</summary>
    public static ProblemHttpResult IdTaken() =>
        Make("id-taken", 409, "The identifier is taken.", "Send the command with a fresh identifier, or repeat it exactly as it was sent first.");

    /// <summary>No rule of the catalogue could ever rest on this consent.</summary>
    public static ProblemHttpResult ConsentNotInLaw(string field, string whatToDo) =>
        Make("consent-not-in-law", 422, "No rule could rest on this consent.", whatToDo, new() { ["field"] = field });

    /// <summary>The form is given elsewhere: on paper, to another registry, or with a professional.</summary>
    public static ProblemHttpResult ConsentFormElsewhere() =>
        Make("consent-form-elsewhere", 422, "This form of consent is not given here.", "Give it where its registry is kept; the catalogue names it.");

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
