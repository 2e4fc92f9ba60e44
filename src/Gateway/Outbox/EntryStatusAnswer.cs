// What the sender of a waiting entry hears.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors;
using Sisote.Doors.Outbox;
using Sisote.Gateway.Answers;

namespace Sisote.Gateway.Outbox;

/// <summary>
/// The asynchronous answer of FHIR R4 (Asynchronous Request Pattern): 202 with the address of a status while the entry is open; when it has ended, the answer that the sender would have had at once.
/// The header <c>Sisote-Entry-State</c> names the state in one word, always.
/// </summary>
internal sealed class EntryStatusAnswer(RoomSettings settings, GatewayOptions options)
{
    internal const string StateHeader = "Sisote-Entry-State";
    internal const string Path = "/outbox";

    /// <summary>The entry is kept, or is kept still.</summary>
    internal Task WaitsAsync(HttpContext context, string id, OutboxState state, IReadOnlyList<string> receipts) =>
        PlainAnswer.WriteAsync(context, StatusCodes.Status202Accepted, Describe(state), headers =>
        {
            headers[StateHeader] = Name(state);
            Place(headers, id);
            headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(options.Outbox.FirstRetry.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            foreach (var receipt in receipts)
            {
                headers.Append(PlainAnswer.ReceiptHeader, receipt);
            }
        });

    /// <summary>Says where to look.</summary>
    internal void Place(IHeaderDictionary headers, string id) => headers.ContentLocation = new Uri(settings.Gateway, $"{Path[1..]}/{id}").AbsoluteUri;

    /// <summary>The entry was taken back.</summary>
    internal static Task CancelledAsync(HttpContext context) =>
        PlainAnswer.WriteAsync(context, StatusCodes.Status202Accepted, Describe(OutboxState.Cancelled), static headers => headers[StateHeader] = Name(OutboxState.Cancelled));

    /// <summary>The entry has ended.</summary>
    internal static Task EndedAsync(HttpContext context, OutboxState state, KeptAnswer answer) =>
        PlainAnswer.WriteAsync(context, answer.Status, answer.Body, headers =>
        {
            headers[StateHeader] = Name(state);
            if (answer.Location is { } location)
            {
                headers.Location = location;
            }

            foreach (var receipt in answer.Receipts)
            {
                headers.Append(PlainAnswer.ReceiptHeader, receipt);
            }
        });

    private static string Name(OutboxState state) => state.ToString().ToLowerInvariant();

    private static byte[] Describe(OutboxState state) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["resourceType"] = "OperationOutcome",
        ["issue"] = new JsonArray(new JsonObject
        {
            ["severity"] = "information",
            ["code"] = "informational",
            ["details"] = new JsonObject
            {
                ["coding"] = new JsonArray(new JsonObject { ["system"] = OutcomeWriter.SlugSystem, ["code"] = "entry-" + Name(state) }),
                ["text"] = TextOf(state),
            },
        }),
    });

    private static string TextOf(OutboxState state) => state switch
    {
        OutboxState.Waiting => "The target cannot take the entry now. It waits here and is sent when the target can; look at Content-Location.",
        OutboxState.Sending => "The entry is being sent.",
        OutboxState.Unknown => "It is not known yet whether the entry arrived. It is sent again under the same key; look at Content-Location.",
        OutboxState.Cancelled => "The entry was taken back; it was not sent.",
        _ => "The entry has ended.",
    };
}
