// What registers know of a client.
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Clients;

/// <summary><c>POST /clients/facts</c></summary>
internal static class FactsEndpoints
{
    public static void MapFacts(this IEndpointRouteBuilder app) => app.MapPost("/clients/facts", RecordAsync).RequireAuthorization(Admission.FactTellers);

    private static async Task<IResult> RecordAsync(RecordFacts command, HttpContext context, ClientKeys keys, FactsLife life, LogWriter writer)
    {
        if (!Hetu.TryParse(command.Identifier, out var identifier))
        {
            return Problems.InvalidRequest("identifier", "A national identifier of 11 characters.");
        }

        var teller = new FactsTeller(new LogParty { System = context.GetCaller() is Caller.System system ? system.Id : null }, context.TraceIdentifier);
        var (revision, _) = await writer.WriteAsync(
            new LogWork<(long, bool)>(transaction => life.ChangeAsync(
                transaction, identifier, command.Facts.Over, teller)) { Clients = [keys.KeyOf(identifier)] });
        return TypedResults.Ok(new FactsRecorded { Revision = revision });
    }
}
