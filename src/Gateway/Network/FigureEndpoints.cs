// The network's face: indicators, phenomena and statements.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors.Network;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Access;
using Sisote.Gateway.Answers;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Network;

/// <summary><c>/network/indicators</c>, <c>/network/phenomena</c>, <c>/network/statements</c>. docs/indicators.md has the addresses. Figures are aggregates; phenomena and statements belong to co-operation.</summary>
internal static partial class FigureEndpoints
{
    internal static void MapFigures(this RouteGroupBuilder face)
    {
        face.MapGet("/indicators", (HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) =>
            ListAsync(context, [], only =>
            door.ReadAsync(context, stop => api.IndicatorsAsync(null, stop), FigureGiving.Indicators, static (rows, isMore) => new IndicatorList(rows, isMore), only)));
        face.MapGet("/indicators/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) =>
            ReadAsync(context, [], () => door.ReadAsync(context, stop => api.IndicatorsAsync(id, stop), FigureGiving.Indicators, static (rows, _) => rows.FirstOrDefault()), id));
        face.MapGet("/indicators/{id}/figures", ShowFiguresAsync);
        face.MapPut("/indicators/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) => door.WriteAsync<DefineIndicator>(context, (by, said) =>
            FaultOf(id, said) is { } fault ? Task.FromResult<NetworkAnswer?>(fault) : api.SayAsync("indicators/define", by, id, said)));
        Write<DeliverCounts>(face, HttpMethods.Post, "/indicators/{id}/counts", "indicators/deliver");
        Write<PublishFigures>(face, HttpMethods.Post, "/indicators/{id}/publications", "indicators/publish");
        face.MapGet("/phenomena", ListPhenomenaAsync);
        Write<ReportPhenomenon>(face, HttpMethods.Put, "/phenomena/{id}", "phenomena/report");
        Write<EscalatePhenomenon>(face, HttpMethods.Post, "/phenomena/{id}/escalations", "phenomena/escalate");
        Write<AnswerPhenomenon>(face, HttpMethods.Post, "/phenomena/{id}/answers", "phenomena/answer");
        face.MapGet("/statements", (HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) => ListAsync(context, [], only =>
            door.ReadAsync(context, stop => api.StatementsAsync(SystemOf(context), null, stop), FigureGiving.Statements, static (rows, isMore) => new StatementList(rows, isMore), only)));
        face.MapGet("/statements/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) => ReadAsync(context, [], () =>
            door.ReadAsync(context, stop => api.StatementsAsync(SystemOf(context), id, stop), FigureGiving.Statements, static (rows, _) => rows.FirstOrDefault()), id));
        face.MapPut("/statements/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) =>
            door.WriteAsync<AskStatement>(context, (by, said) => api.SayAsync("statements/ask", by, id, said), (said, stop) => AttachedAsync(api, said.Figures, stop)));
        Write<StatementText>(face, HttpMethods.Post, "/statements/{id}/answer", "statements/answer");
        Write<StatementText>(face, HttpMethods.Post, "/statements/{id}/public", "statements/public");
    }

    private static void Write<TSaid>(RouteGroupBuilder face, string method, string place, string door)
        where TSaid : class =>
        face.MapMethods(place, [method], (string id, HttpContext context, [FromServices] NetworkDoor network, [FromServices] FigureApi api) =>
            network.WriteAsync<TSaid>(context, (by, said) => api.SayAsync(door, by, id, said)));

    private static Task ShowFiguresAsync(string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) => ReadAsync(context, ["period", "by"], () =>
    {
        var (period, by) = (context.Request.Query["period"].FirstOrDefault(), context.Request.Query["by"].FirstOrDefault());
        return period is null
            ? AccessAnswers.RefuseAsync(context, Refusal.UnknownParameter)
            : door.ReadAsync(context, stop => api.FiguresAsync(id, period, by, stop), FigureGiving.Figures, static (rows, _) => rows.FirstOrDefault());
    }, id);

    /// <summary>INVARIANT: no code is a national identifier; definitions are read by all.</summary>
    private static NetworkAnswer? FaultOf(string id, DefineIndicator said) =>
        said.Id != id ? new NetworkAnswer { Outcome = NetworkOutcome.Malformed, Field = "id" }
        : Hetu.IsIn(said.Id) ? new NetworkAnswer { Outcome = NetworkOutcome.NamesAPerson, Field = "id" }
        : said.Dimensions.Any(static one => Hetu.IsIn(one.Id) || one.Codes.Any(Hetu.IsIn)) ? new NetworkAnswer { Outcome = NetworkOutcome.NamesAPerson, Field = "dimensions" }
        : null;

    private static Task ListPhenomenaAsync(HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) => ListAsync(context, ["own"], only => door.ReadAsync(
        context,
        stop => api.PhenomenaAsync(context.Request.Query["own"] == "true" ? SystemOf(context) : null, stop),
        FigureGiving.Phenomena,
        static (rows, isMore) => new PhenomenonList(rows, isMore),
        only));

    /// <summary>Who owns the figures that a request would take along; null where some of them are not there. Of too many, or none, the consent room says what is wrong.</summary>
    private static async Task<NetworkRows<Giver>?> AttachedAsync(FigureApi api, ImmutableArray<StatementFigures> figures, CancellationToken stop)
    {
        List<Giver> owners = [];
        foreach (var one in figures.Length > AskStatement.MostFigures ? [] : figures.Distinct())
        {
            if (!Code().IsMatch(one.Indicator) || !Code().IsMatch(one.Period))
            {
                return null;
            }

            var found = await api.FiguresAsync(one.Indicator, one.Period, string.Empty, stop);
            if (!found.IsReachable)
            {
                return new NetworkRows<Giver>(false, []);
            }

            if (found.Rows is not [var published])
            {
                return null;
            }

            owners.Add(FigureGiving.OwnerOf(published));
        }

        return new NetworkRows<Giver>(true, [.. owners]);
    }

    /// <summary>A list, of all organisations or of one.</summary>
    private static Task ListAsync(HttpContext context, string[] parameters, Func<OrganisationId?, Task> read)
    {
        const string Organisation = "organisation";
        OrganisationId? only = OrganisationId.TryParse(context.Request.Query[Organisation], out var one) ? one : null;
        return only is null && context.Request.Query.ContainsKey(Organisation) ? AccessAnswers.RefuseAsync(context, Refusal.UnknownParameter) : ReadAsync(context, [.. parameters, Organisation], () => read(only));
    }

    /// <summary>Every parameter once and of those that are served, each a code or a few; an identifier that is no code is nothing that there is.</summary>
    private static Task ReadAsync(HttpContext context, string[] parameters, Func<Task> read, string id = "-") =>
        context.Request.Query.Any(pair => !parameters.Contains(pair.Key) || pair.Value is not [{ } value] || !Codes().IsMatch(value)) ? AccessAnswers.RefuseAsync(context, Refusal.UnknownParameter)
        : Code().IsMatch(id) ? read()
        : AccessAnswers.RefuseAsync(context, Refusal.NotFound);

    /// <summary>The system of the token; the door has recognised it before this is asked.</summary>
    private static SystemId SystemOf(HttpContext context) => context.GetCaller() is Caller.System system ? system.Id : throw new InvalidOperationException("A caller that is no system.");

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}(?:,[A-Za-z0-9._-]{1,64}){0,3}\z")]
    private static partial Regex Codes();
}
