// What registers know of a client.
using System.Text.Json;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Clients;

/// <summary><c>POST /clients/facts</c></summary>
internal static class FactsEndpoints
{
    public static void MapFacts(this IEndpointRouteBuilder app) => app.MapPost("/clients/facts", RecordAsync).RequireAuthorization(Admission.FactTellers);

    private static async Task<IResult> RecordAsync(RecordFacts command, HttpContext context, ClientKeys keys, ClientStore clients, LogWriter writer)
    {
        if (!Hetu.TryParse(command.Identifier, out var identifier))
        {
            return Problems.InvalidRequest("identifier", "A national identifier of 11 characters.");
        }

        var client = keys.KeyOf(identifier);
        var facts = command.Facts with { BirthDate = command.Facts.BirthDate ?? identifier.BirthDate };
        var told = new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = default,
            Kind = LogEntryKind.ConsentChange,
            CorrelationId = context.TraceIdentifier,
            Client = client,
            From = new LogParty { System = context.GetCaller() is Caller.System system ? system.Id : null },
            Outcome = "facts-recorded",
            Visibility = new LogVisibility { Client = false },
        };
        var revision = await writer.WriteAsync(new LogWork<long>(transaction => WriteAsync(transaction, clients, identifier, facts, told)) { Clients = [client] });
        return TypedResults.Ok(new FactsRecorded { Revision = revision });
    }

    private static async Task<long> WriteAsync(LogTransaction transaction, ClientStore clients, Hetu identifier, ClientFacts facts, LogEntry told)
    {
        var client = told.Client!.Value;
        var kept = await clients.FindAsync(transaction.Session, client, CancellationToken.None);
        if (kept?.Facts is { } before && JsonSerializer.Serialize(before, SisoteJson.Options) == JsonSerializer.Serialize(facts, SisoteJson.Options))
        {
            return kept.Revision;
        }

        await clients.EnsureAsync(transaction.Session, client, identifier, CancellationToken.None);
        await clients.WriteFactsAsync(transaction.Session, client, facts, CancellationToken.None);
        await transaction.RaiseAsync(client, CancellationToken.None);
        var revision = await transaction.RevisionAsync(client, CancellationToken.None);
        transaction.Append(told with { Time = transaction.Now, ClientRevision = revision });
        return revision;
    }
}
