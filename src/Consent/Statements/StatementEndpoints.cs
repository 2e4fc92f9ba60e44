// The statements' inner doors.
using Sisote.Consent.Storage;
using Sisote.Doors.Network;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Figures;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Statements;

/// <summary><c>/network/statements</c>: the gateway hands on what connected systems say and ask. To others than the two parties a statement is its public version.</summary>
internal static class StatementEndpoints
{
    private const int Most = 200;

    public static void MapStatements(this IEndpointRouteBuilder app)
    {
        app.MapPost("/network/statements/ask", AskAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/network/statements/answer", AnswerAsync).RequireAuthorization(Admission.Gateway);
        app.MapPost("/network/statements/public", PublishAsync).RequireAuthorization(Admission.Gateway);
        app.MapGet("/network/statements", ListAsync).RequireAuthorization(Admission.Gateway);
    }

    private static async Task<IResult> AskAsync(NetworkCommand<AskStatement> command, StatementLife life) => TypedResults.Ok(await life.AskAsync(command.By, command.Id, command.Said));

    private static async Task<IResult> AnswerAsync(NetworkCommand<StatementText> command, StatementLife life) => TypedResults.Ok(await life.AnswerAsync(command.By, command.Id, command.Said));

    private static async Task<IResult> PublishAsync(NetworkCommand<StatementText> command, StatementLife life) => TypedResults.Ok(await life.PublishAsync(command.By, command.Id, command.Said));

    private static async Task<IResult> ListAsync(string? system, string? id, Database database, Deployment deployment, LegalCatalogue catalogue, CancellationToken cancellation)
    {
        if (!SystemId.TryParse(system, out var caller) || deployment.FindSystem(caller) is not { Organisation: var viewer })
        {
            return Problems.InvalidRequest("system", "A system of the deployment file.");
        }

        await using var session = await database.ReadAsync(cancellation);
        return id is null
            ? TypedResults.Ok(new StatementList([.. await StatementStore.NewestAsync(session, viewer, Most, cancellation)]))
            : TypedResults.Ok(new StatementList(await StatementStore.FindAsync(session, id, cancellation) is { } one && ShownTo(one, viewer) is { } shown ? [WithoutSmaller(shown, SmallestFigure.Of(catalogue))] : []));
    }

    /// <summary>Without figures that were published under a laxer rule than today's.</summary>
    private static StatementShown WithoutSmaller(StatementShown one, int smallest) =>
        one with { Parts = [.. one.Parts.Select(part => part with { Figures = [.. part.Figures.Where(figures => figures.Smallest >= smallest)] })] };

    private static StatementShown? ShownTo(StatementShown one, OrganisationId viewer) =>
        one.From == viewer || one.To == viewer ? one
        : one.State == StatementLife.Public ? one with { Parts = [.. one.Parts.Where(static part => part.Kind == StatementLife.Public)] }
        : null;
}
