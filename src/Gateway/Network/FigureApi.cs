// The gateway's side of indicators, phenomena and statements.
using System.Collections.Immutable;
using Sisote.Doors.Network;
using Sisote.Gateway.Clients;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Network;

/// <summary>Calls the room that keeps them. What is put into an address here is a code.</summary>
internal sealed class FigureApi(ConsentApi consent)
{
    /// <summary>Hands a change on. Not to be cancelled: what was written is written, whoever hangs up. Null = it could not be asked.</summary>
    internal Task<NetworkAnswer?> SayAsync<TSaid>(string door, NetworkWriter by, string id, TSaid said) =>
        consent.PostAsync<NetworkCommand<TSaid>, NetworkAnswer>("network/" + door, new NetworkCommand<TSaid>(by, id, said), CancellationToken.None);

    internal Task<NetworkRows<IndicatorShown>> IndicatorsAsync(string? id, CancellationToken cancellation) =>
        RowsAsync<IndicatorList, IndicatorShown>("network/indicators" + (id is null ? string.Empty : "?id=" + id), static list => list.Indicators, cancellation);

    internal Task<NetworkRows<IndicatorFigures>> FiguresAsync(string id, string period, string? by, CancellationToken cancellation) =>
        RowsAsync<IndicatorFigures, IndicatorFigures>($"network/indicators/{id}/figures?period={period}" + (by is null ? string.Empty : "&by=" + by), static one => [one], cancellation);

    internal Task<NetworkRows<PhenomenonRow>> PhenomenaAsync(SystemId? reportedBy, CancellationToken cancellation) =>
        RowsAsync<PhenomenonRows, PhenomenonRow>("network/phenomena" + (reportedBy is { } system ? "?reportedBy=" + system.Value : string.Empty), static list => list.Phenomena, cancellation);

    internal Task<NetworkRows<StatementShown>> StatementsAsync(SystemId viewer, string? id, CancellationToken cancellation) =>
        RowsAsync<StatementList, StatementShown>($"network/statements?system={viewer.Value}" + (id is null ? string.Empty : "&id=" + id), static list => list.Statements, cancellation);

    private async Task<NetworkRows<TRow>> RowsAsync<TAnswer, TRow>(string path, Func<TAnswer, ImmutableArray<TRow>> rows, CancellationToken cancellation)
        where TAnswer : class
    {
        var (isReachable, found) = await consent.GetAsync<TAnswer>(path, cancellation);
        return new NetworkRows<TRow>(isReachable, found is null ? [] : rows(found));
    }
}
