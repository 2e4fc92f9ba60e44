// What the sender of a delivered entry hears.
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Entries.Steps;
using Sisote.Gateway.Outbox;

namespace Sisote.Gateway.Entries;

/// <summary>
/// Writes the answer to a delivered entry. A single create has its receipts in the header: of the intent, then of the outcome. Its body says the same as an OperationOutcome, because there are clients
/// that take a 201 without a body for a wish that they read the entry back, and fail where they may not. A transaction has those of each entry in that entry's
/// <c>response.outcome</c>, because forty of them are more than clients take in headers; the header holds those of the first entry.
/// </summary>
internal sealed class DeliveryAnswer(RoomSettings settings)
{
    internal Task WriteAsync(HttpContext context, WriteExchange exchange, Delivery delivery, IReadOnlyList<Outcome> outcomes)
    {
        var isNew = exchange is { IsTransaction: false, Step: null };
        var body = exchange.IsTransaction ? JsonSerializer.SerializeToUtf8Bytes(Response(outcomes)) : isNew ? JsonSerializer.SerializeToUtf8Bytes(ReceiptsOf(outcomes[0])) : [];
        return PlainAnswer.WriteAsync(context, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, body, headers =>
        {
            foreach (var text in Receipts(outcomes[0]))
            {
                headers.Append(PlainAnswer.ReceiptHeader, text);
            }

            if (exchange.Step is { } step && delivery.Version is { } version)
            {
                headers.ETag = TaskTag.Write(exchange.Handles, exchange.Call.Asker.Other.Id, exchange.Client, (step.Task, version));
            }

            if (isNew && Address(outcomes[0]) is { } address)
            {
                headers.Location = AbsoluteOf(exchange, address);
            }
        });
    }

    /// <summary>The same answer, kept for a sender that comes for it later.</summary>
    internal KeptAnswer Keep(WriteExchange exchange, IReadOnlyList<Outcome> outcomes) => new(
        StatusCodes.Status200OK,
        JsonSerializer.SerializeToUtf8Bytes(exchange.IsTransaction ? Response(outcomes) : ReceiptsOf(outcomes[0])),
        [.. Receipts(outcomes[0])],
        exchange.IsTransaction || Address(outcomes[0]) is not { } address ? null : AbsoluteOf(exchange, address));

    /// <summary>The receipts of one resource: of the intent, then of the outcome.</summary>
    internal static IEnumerable<string> Receipts(Outcome outcome) => new[] { outcome.Sent.Receipt, outcome.Receipt }.OfType<string>();

    private static JsonObject Response(IReadOnlyList<Outcome> outcomes) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "transaction-response",
        ["entry"] = new JsonArray([.. outcomes.Select(static outcome => new JsonObject { ["response"] = ResponseTo(outcome) })]),
    };

    private static JsonObject ResponseTo(Outcome outcome)
    {
        var response = new JsonObject { ["status"] = "201 Created" };
        if (Address(outcome) is { } address)
        {
            response["location"] = address;
        }

        response["outcome"] = ReceiptsOf(outcome);
        return response;
    }

    private static JsonObject ReceiptsOf(Outcome outcome) => OutcomeWriter.OfReceipts(Receipts(outcome));

    private string AbsoluteOf(WriteExchange exchange, string address) => new Uri(settings.Gateway, $"fhir/{exchange.Call.Asker.Other.Id}/{address}").AbsoluteUri;

    private static string? Address(Outcome outcome) => outcome.Handle is { } handle ? $"{outcome.Sent.Type}/{handle}" : null;
}
