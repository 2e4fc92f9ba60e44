// The indicators' inner doors.
using Sisote.Doors.Network;

namespace Sisote.Consent.Figures;

/// <summary><c>/network/indicators</c>: the gateway hands on what connected systems say and ask.</summary>
internal static class IndicatorEndpoints
{
    public static void MapIndicators(this IEndpointRouteBuilder app)
    {
        app.MapPost("/network/indicators/define", DefineAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/network/indicators/deliver", DeliverAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/network/indicators/publish", PublishAsync).RequireAuthorization(Admission.Gateway);
        app.MapGet("/network/indicators", ListAsync).RequireAuthorization(Admission.Gateway);
        app.MapGet("/network/indicators/{id}/figures", FiguresAsync).RequireAuthorization(Admission.Gateway);
    }

    private static async Task<IResult> DefineAsync(NetworkCommand<DefineIndicator> command, IndicatorLife life) => TypedResults.Ok(await life.DefineAsync(command.By, command.Said));

    private static async Task<IResult> DeliverAsync(NetworkCommand<DeliverCounts> command, IndicatorLife life) => TypedResults.Ok(await life.DeliverAsync(command.By, command.Id, command.Said));

    private static async Task<IResult> PublishAsync(NetworkCommand<PublishFigures> command, IndicatorLife life) => TypedResults.Ok(await life.PublishAsync(command.By, command.Id, command.Said));

    private static async Task<IResult> ListAsync(string? id, IndicatorReading reading, CancellationToken cancellation) => TypedResults.Ok(await reading.ListAsync(id, cancellation));

    private static async Task<IResult> FiguresAsync(string id, string? period, string? by, IndicatorReading reading, CancellationToken cancellation) =>
        period is null ? Problems.InvalidRequest("period", "A month or a year, for example 2026-10.")
        : await reading.FiguresAsync(id, period, by?.Split(',', StringSplitOptions.RemoveEmptyEntries), cancellation) is { } figures ? TypedResults.Ok(figures) : Problems.NotFound();
}
