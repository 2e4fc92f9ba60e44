// What ends when a professional leaves.
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Consents to a named professional end with that person; those to a role, a unit or an organisation do not name anybody and stay.</summary>
internal sealed class StaffLife(Database database, LogWriter writer, ConsentScope scope)
{
    /// <summary>Ends what names the professional; each client in one transaction. Doing it twice changes nothing.</summary>
    public async Task LeaveAsync(OrganisationId organisation, ProfessionalId professional, LogParty by, string correlationId, CancellationToken cancellation)
    {
        foreach (var place in await NamingAsync(organisation, professional, cancellation))
        {
            await writer.WriteAsync(new LogWork<bool>(transaction => EndAsync(transaction, place, (organisation, professional), by, correlationId)) { Clients = [place.Client] });
        }
    }

    private async Task<List<ConsentPlace>> NamingAsync(OrganisationId organisation, ProfessionalId professional, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await ConsentPlaces.NamingAsync(session, organisation, professional, cancellation);
    }

    private async Task<bool> EndAsync(LogTransaction transaction, ConsentPlace place, (OrganisationId Organisation, ProfessionalId Professional) left, LogParty by, string correlationId)
    {
        var whose = await transaction.StandsForAsync(place.Client, CancellationToken.None);
        if (await ConsentStore.VersionsAsync(transaction.Session, whose, place.Id, CancellationToken.None) is not [.., var newest])
        {
            return false;
        }

        // The client may have named somebody else since the places were read.
        if (newest.Record.RecipientOrganisation != left.Organisation || newest.Record.RecipientPerson != left.Professional)
        {
            return false;
        }

        // INVARIANT: what another register keeps, only that register ends; and a prohibition that ends would open.
        if (newest.IsMirrored || newest.Record.Type != ConsentType.Permit || newest.Record.Status is not (ConsentStatus.Active or ConsentStatus.Draft))
        {
            return false;
        }

        await ConsentEntries.AddAsync(transaction, newest.Next(ConsentVersion.RecipientLeft, ConsentStatus.Expired, transaction.Now), by, correlationId, scope);
        return true;
    }
}

/// <summary><c>POST /staff/left</c></summary>
internal static class StaffEndpoints
{
    public static void MapStaff(this IEndpointRouteBuilder app) => app.MapPost("/staff/left", LeaveAsync).RequireAuthorization(Admission.Administrator);

    private static async Task<IResult> LeaveAsync(StaffLeft command, HttpContext context, StaffLife life, CancellationToken cancellation)
    {
        var organisation = (context.GetCaller() as Caller.Person)!.Organisation!.Value;
        await life.LeaveAsync(organisation, command.Professional, Review.LogReads.PartyOf(context.GetCaller()), context.TraceIdentifier, cancellation);
        return TypedResults.NoContent();
    }
}
