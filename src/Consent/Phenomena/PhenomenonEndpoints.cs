// The phenomena's inner doors.
using Sisote.Consent.Storage;
using Sisote.Doors.Network;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Phenomena;

/// <summary><c>/network/phenomena</c>: the gateway hands on what connected systems say and ask.</summary>
internal static class PhenomenonEndpoints
{
    private const int Most = 200;

    public static void MapPhenomena(this IEndpointRouteBuilder app)
    {
        app.MapPost("/network/phenomena/report", ReportAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/network/phenomena/escalate", EscalateAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/network/phenomena/answer", AnswerAsync).RequireAuthorization(Admission.Gateway);
        app.MapGet("/network/phenomena", ListAsync).RequireAuthorization(Admission.Gateway);
    }

    private static async Task<IResult> ReportAsync(NetworkCommand<ReportPhenomenon> command, PhenomenonLife life) => TypedResults.Ok(await life.ReportAsync(command.By, command.Id, command.Said));

    private static async Task<IResult> EscalateAsync(NetworkCommand<EscalatePhenomenon> command, PhenomenonLife life) => TypedResults.Ok(await life.EscalateAsync(command.By, command.Id, command.Said));

    private static async Task<IResult> AnswerAsync(NetworkCommand<AnswerPhenomenon> command, PhenomenonLife life) => TypedResults.Ok(await life.AnswerAsync(command.By, command.Id, command.Said));

    private static async Task<IResult> ListAsync(string? reportedBy, Database database, Deployment deployment, CancellationToken cancellation)
    {
        OrganisationId? organisation = reportedBy is null ? null : SystemId.TryParse(reportedBy, out var system) ? deployment.FindSystem(system)?.Organisation : null;
        if (reportedBy is not null && organisation is null)
        {
            return Problems.InvalidRequest("reportedBy", "A system of the deployment file.");
        }

        await using var session = await database.ReadAsync(cancellation);
        return TypedResults.Ok(new PhenomenonRows(await PhenomenonStore.NewestAsync(session, organisation, Most, cancellation)));
    }
}
