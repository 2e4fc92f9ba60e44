// Consents as answers of the FHIR door.
using System.Text.Json.Nodes;
using Sisote.Consent.Consents;
using Sisote.Consent.Review;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Receipts;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>Resources with their version and receipt, and searchset bundles. What the operator looks at, and what an organisation is shown, is an entry of the log before it is shown.</summary>
internal sealed class ConsentAnswering(NoteSigner signer, LogReads reads, TimeProvider clock)
{
    private const string Consents = "consents";

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The operator's look is recorded whether it finds anything or not; an organisation's where something is shown.</summary>
    public Task RecordAsync(HttpContext context, Viewer viewer, ClientId client, bool isShown) => viewer switch
    {
        Viewer.Operator => reads.RecordAsync(context.GetCaller(), Consents, client, context.TraceIdentifier),
        Viewer.Organisation of when isShown => reads.RecordEachAsync(of.Recorder.Party, Consents, [client], context.TraceIdentifier),
        _ => Task.CompletedTask,
    };

    /// <summary>201 for a fresh consent, 200 for one that stood already.</summary>
    public IResult Created(HttpContext context, ConsentOutcome.Stands stands, ShownConsent shown) => Shown(
        shown,
        stands.Fresh ? StatusCodes.Status201Created : StatusCodes.Status200OK,
        ("Location", $"{AddressOf(context)}/{shown.Id}"),
        (Receipt.HeaderName, stands.Logged.Receipt(signer)));

    public static IResult Shown(ShownConsent shown, int status, params ReadOnlySpan<(string, string)> headers) =>
        FhirAnswers.Resource(ConsentJson.Of(shown), status, [("ETag", $"W/\"{shown.Consent.Consent.Version}\""), .. headers]);

    /// <summary>INVARIANT: a bundle says nothing of the call, so that nothing found and nothing there are the same bytes.</summary>
    public static IResult Found(HttpContext context, ConsentQuery query, IEnumerable<ShownConsent> found)
    {
        var address = AddressOf(context);
        var entries = found.Select(shown => new JsonObject
        {
            ["fullUrl"] = $"{address}/{shown.Id}",
            ["resource"] = ConsentJson.Of(shown),
            ["search"] = new JsonObject { ["mode"] = "match" },
        }).ToArray();
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
            ["total"] = entries.Length,
            ["link"] = new JsonArray(new JsonObject { ["relation"] = "self", ["url"] = address + query.ToQuery() }),
        };
        if (entries.Length > 0)
        {
            bundle["entry"] = new JsonArray(entries);
        }

        return FhirAnswers.Resource(bundle);
    }

    private static string AddressOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/fhir/Consent";
}
