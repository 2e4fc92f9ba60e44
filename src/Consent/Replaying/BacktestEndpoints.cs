// The operator's door to back-tests.
using System.Text.Json;
using Sisote.Consent.Review;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;

namespace Sisote.Consent.Replaying;

/// <summary><c>POST /log/backtests</c>: the catalogue comes in, counts come out. What is on record about clients is opened here and stays here.</summary>
internal static class BacktestEndpoints
{
    private static readonly byte[] NewLine = [(byte)'\n'];

    public static void MapBacktests(this IEndpointRouteBuilder app) => app.MapPost("/log/backtests", RunAsync).RequireAuthorization(Admission.Operator);

    private static async Task<IResult> RunAsync(BacktestRequest request, HttpContext context, Backtest backtest, LogReads reads)
    {
        if (request.Catalogue.IsDefaultOrEmpty || request.Catalogue.Any(static text => text is null) || CatalogueReader.Read(request.Catalogue.Select(static text => (text.Name, text.Text))) is not CatalogueReading.Loaded { Catalogue: var catalogue })
        {
            return Problems.InvalidRequest("catalogue", "Send a catalogue without faults; `sisote catalogue check` tells of all of them.");
        }

        if (request.Narrowing is { } narrowing && (narrowing.RulesOff.IsDefault || narrowing.RoleScopes.IsDefault || narrowing.RoleScopes.Any(static scope => scope.Items.IsDefault)))
        {
            return Problems.InvalidRequest("narrowing", "Name the rules switched off and the access classes, or leave the narrowing out.");
        }

        await reads.RecordAsync(context.GetCaller(), "backtest", null, context.TraceIdentifier);
        return TypedResults.Stream(output => WriteAsync(output, backtest.RunAsync(catalogue, request.Narrowing, request.Since, context.RequestAborted), context.RequestAborted), "application/jsonl");
    }

    private static async Task WriteAsync(Stream output, IAsyncEnumerable<BacktestLine> lines, CancellationToken cancellation)
    {
        await foreach (var line in lines)
        {
            await JsonSerializer.SerializeAsync(output, line, SisoteJson.Options, cancellation);
            await output.WriteAsync(NewLine, cancellation);
            await output.FlushAsync(cancellation);
        }
    }
}
