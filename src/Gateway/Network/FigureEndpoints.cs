// The network's face: indicators, phenomena and statements.
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
            ReadAsync(context, [], () => door.ReadAsync(context, NetworkItems.Figures, stop => api.IndicatorsAsync(null, stop), static one => one.Owner, static rows => new IndicatorList(rows))));
        face.MapGet("/indicators/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) =>
            ReadAsync(context, [], () => door.ReadAsync(context, NetworkItems.Figures, stop => api.IndicatorsAsync(id, stop), static one => one.Owner, static rows => rows.FirstOrDefault()), id));
        face.MapGet("/indicators/{id}/figures", ShowFiguresAsync);
        face.MapPut("/indicators/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) => door.WriteAsync<DefineIndicator>(context, (by, said) =>
            said.Id == id ? api.SayAsync("indicators/define", by, id, said) : Task.FromResult<NetworkAnswer?>(new NetworkAnswer { Outcome = NetworkOutcome.Malformed, Field = "id" })));
        Write<DeliverCounts>(face, HttpMethods.Post, "/indicators/{id}/counts", "indicators/deliver");
        Write<PublishFigures>(face, HttpMethods.Post, "/indicators/{id}/publications", "indicators/publish");
        face.MapGet("/phenomena", ListPhenomenaAsync);
        Write<ReportPhenomenon>(face, HttpMethods.Put, "/phenomena/{id}", "phenomena/report");
        Write<EscalatePhenomenon>(face, HttpMethods.Post, "/phenomena/{id}/escalations", "phenomena/escalate");
        Write<AnswerPhenomenon>(face, HttpMethods.Post, "/phenomena/{id}/answers", "phenomena/answer");
        face.MapGet("/statements", (HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) => ReadAsync(context, [], () =>
            door.ReadAsync(context, NetworkItems.Agreement, stop => api.StatementsAsync(SystemOf(context), null, stop), static one => one.From, static rows => new StatementList(rows))));
        face.MapGet("/statements/{id}", (string id, HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) => ReadAsync(context, [], () =>
            door.ReadAsync(context, NetworkItems.Agreement, stop => api.StatementsAsync(SystemOf(context), id, stop), static one => one.From, static rows => rows.FirstOrDefault()), id));
        Write<AskStatement>(face, HttpMethods.Put, "/statements/{id}", "statements/ask");
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
            : door.ReadAsync(context, NetworkItems.Figures, stop => api.FiguresAsync(id, period, by, stop), static one => one.Definition.Owner, static rows => rows.FirstOrDefault());
    }, id);

    private static Task ListPhenomenaAsync(HttpContext context, [FromServices] NetworkDoor door, [FromServices] FigureApi api) => ReadAsync(context, ["own"], () =>
        door.ReadAsync(
            context,
            NetworkItems.Agreement,
            stop => api.PhenomenaAsync(context.Request.Query["own"] == "true" ? SystemOf(context) : null, stop),
            static one => one.From,
            static rows => new PhenomenonList(rows)));

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
