// The client's doors to requests for the own log.
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Review.Cases;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Deciding;
using Sisote.Policy.Deployments;

namespace Sisote.Consent.Review.Requests;

/// <summary><c>GET /me/log-requests</c>, <c>POST /me/log-requests</c></summary>
internal static class MyRequestEndpoints
{
    public static void MapMyRequests(this IEndpointRouteBuilder app)
    {
        app.MapGet("/me/log-requests", ListAsync).RequireAuthorization(Admission.Client);
        app.MapPost("/me/log-requests", AskAsync).RequireAuthorization(Admission.Client);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Database database, CaseStore cases, CaseAnswers answers, ClientKeys keys)
    {
        await using var session = await database.ReadAsync(context.RequestAborted);
        var mine = await cases.OfClientAsync<LogRequest>(session, keys.KeyOf(context.Me()), context.RequestAborted);
        return TypedResults.Ok(new RequestList { Requests = [.. mine.Select(kept => RequestEndpoints.Show(kept.Case, answers))] });
    }

    private static async Task<IResult> AskAsync(RequestMyLog asked, HttpContext context, RequestLife requests, CaseAnswers answers, MyRequestTools tools)
    {
        var today = FinnishTime.DateOf(tools.Clock.GetUtcNow());
        if (tools.Deployment.FindOrganisation(asked.Organisation) is null)
        {
            return Problems.InvalidRequest("organisation", "Name an organisation that stands in your disclosures.");
        }

        if (RequestEndpoints.FaultIn(today, asked.Since, asked.SpecialReason, today) is var (field, whatToDo))
        {
            return Problems.InvalidRequest(field, whatToDo);
        }

        var me = tools.Keys.KeyOf(context.Me());
        await using var session = await tools.Database.ReadAsync(context.RequestAborted);
        if ((await tools.Cases.OfClientAsync<LogRequest>(session, me, context.RequestAborted)).Any(kept => kept.Case.Organisation == asked.Organisation && kept.Case.ClosedAt is null))
        {
            return Problems.WrongState("You have asked already: the organisation answers within two months.");
        }

        // The client is on record as the client; the account's name stays out of the log.
        var who = new CaseActor(new LogParty { Organisation = asked.Organisation }, context.TraceIdentifier);
        var received = await requests.ReceiveAsync(new AskedLog(me, asked.Organisation, today, asked.Since, asked.SpecialReason, null), who);
        return TypedResults.Ok(RequestEndpoints.Show(received.Case, answers));
    }
}

/// <summary>What the client's door asks.</summary>
internal sealed record MyRequestTools(Database Database, CaseStore Cases, ClientKeys Keys, Deployment Deployment, TimeProvider Clock);
