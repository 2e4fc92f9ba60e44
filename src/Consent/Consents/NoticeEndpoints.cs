// Where recipients read what they shall stop using.
using System.Collections.Immutable;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary><c>GET /notices</c>: to a connected system what it received, to a professional what the systems received that the professional's role works with.</summary>
internal static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder app) => app.MapGet("/notices", ReadAsync).RequireAuthorization(Admission.Recipients);

    private static async Task<IResult> ReadAsync(long? after, HttpContext context, Database database, Deployment deployment, CancellationToken cancellation)
    {
        var (organisation, systems) = context.GetCaller() switch
        {
            Caller.Person person => (person.Organisation, [.. deployment.Systems.Where(system => system.Organisation == person.Organisation && person.Role is { } role && (system.ActsAs == role || system.Roles.Contains(role))).Select(static system => system.Id)]),
            Caller.System connected when deployment.FindSystem(connected.Id) is { } entry => (entry.Organisation, ImmutableArray.Create(entry.Id)),
            _ => ((OrganisationId?)null, ImmutableArray<SystemId>.Empty),
        };
        if (organisation is not { } own)
        {
            return Problems.NotFound();
        }

        await using var session = await database.ReadAsync(cancellation);
        var found = await NoticeStore.AfterAsync(session, own, systems, after ?? 0, cancellation);
        return TypedResults.Ok(new ConsentNotices { Notices = [.. found.Take(NoticeStore.PageSize)], More = found.Count > NoticeStore.PageSize });
    }
}
