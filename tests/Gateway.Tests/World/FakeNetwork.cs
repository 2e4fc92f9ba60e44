// The network's registers as the gateway sees them.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sisote.Doors.Json;
using Sisote.Doors.Network;

namespace Sisote.Tests.Gateway.World;

/// <summary>Gives the rows it was told to give, and keeps what it was asked and told.</summary>
public sealed class FakeNetwork
{
    /// <summary>The rows of every answer.</summary>
    public List<NetworkRow> Rows { get; } = [];

    /// <summary>Whether there are more rows than it gives.</summary>
    public bool HasMore { get; set; }

    /// <summary>What was asked, told and ended, in order.</summary>
    public List<object> Calls { get; } = [];

    /// <summary>The indicator whose figures are asked for; null = there is none.</summary>
    public IndicatorFigures? Figures { get; set; }

    /// <summary>The statements of every answer.</summary>
    public List<StatementShown> Statements { get; } = [];

    /// <summary>The phenomena of every answer.</summary>
    public List<PhenomenonRow> Phenomena { get; } = [];

    /// <summary>The answer to every change.</summary>
    public NetworkAnswer Answer { get; set; } = new() { Outcome = NetworkOutcome.Done, Id = "one", Version = 1, Receipt = "receipt-of-a-change" };

    internal void Map(WebApplication app)
    {
        app.MapPost("/network/find", (NetworkQuestion question) => Keep(question, new NetworkFound([.. Rows.Where(row => row.Kind == question.Kind && (question.Id is null || row.Id == question.Id))], HasMore)));
        app.MapPost("/network/put", (NetworkPut put) => Keep(put, Answer));
        app.MapPost("/network/places", (NetworkPlaces places) => Keep(places, Answer));
        app.MapPost("/network/end", (NetworkEnd end) => Keep(end, Answer));
    }

    internal void MapFigures(WebApplication app)
    {
        app.MapGet("/network/indicators/{id}/figures", (string id, string period, string? by) => Figures is null ? Results.NotFound() : Keep($"{id} {period} {by}", Figures));
        app.MapGet("/network/statements", (string system, string? id) => Keep($"{system} {id}", new StatementList([.. Statements])));
        app.MapGet("/network/phenomena", (string? reportedBy) => Keep($"phenomena {reportedBy}", new PhenomenonRows([.. Phenomena])));
        app.MapPost("/network/indicators/deliver", (NetworkCommand<DeliverCounts> command) => Keep(command, Answer));
        app.MapPost("/network/statements/ask", (NetworkCommand<AskStatement> command) => Keep(command, Answer));
        app.MapPost("/network/phenomena/report", (NetworkCommand<ReportPhenomenon> command) => Keep(command, Answer));
    }

    private IResult Keep<T>(object call, T answer)
    {
        Calls.Add(call);
        return Results.Json(answer, SisoteJson.Options);
    }
}
