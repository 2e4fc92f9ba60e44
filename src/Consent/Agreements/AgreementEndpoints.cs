// The agreements' door for administrators and the operator.
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Agreements;

/// <summary><c>/agreements</c></summary>
internal static class AgreementEndpoints
{
    public static void MapAgreements(this IEndpointRouteBuilder app)
    {
        app.MapGet("/agreements", ListAsync).RequireAuthorization(Admission.AdministratorOrOperator);
        app.MapPost("/agreements", RecordAsync).RequireAuthorization(Admission.Operator);
        app.MapPost("/agreements/{id}/end", EndAsync).RequireAuthorization(Admission.AdministratorOrOperator);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Database database, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var revision = await LogTransaction.ReadAgreementsRevisionAsync(session, cancellation);
        var agreements = await AgreementStore.AllAsync(session, cancellation);
        var party = PartyOf(context);
        return TypedResults.Ok(new AgreementList { Revision = revision, Agreements = [.. agreements.Where(agreement => party is not { } own || agreement.Parties.Contains(own))] });
    }

    private static async Task<IResult> RecordAsync(
        Agreement agreement, HttpContext context, AgreementLife life, Deployment deployment, LegalCatalogue catalogue, [FromServices] NoteSigner signer)
    {
        if (Fault(agreement, deployment, catalogue) is { } field)
        {
            return Problems.InvalidRequest(field, "Identifier and kind are codes; parties stand in the deployment file, flows in the catalogue; it ends after it begins.");
        }

        return Show(await life.RecordAsync(agreement, context.TraceIdentifier), signer);
    }

    private static async Task<IResult> EndAsync(string id, HttpContext context, AgreementLife life, [FromServices] NoteSigner signer) =>
        Show(await life.EndAsync(id, PartyOf(context), context.TraceIdentifier), signer);

    /// <summary>The organisation on whose behalf an administrator calls; null for the operator, who acts for all.</summary>
    private static OrganisationId? PartyOf(HttpContext context) =>
        context.GetCaller() is Caller.Person person ? person.Organisation ?? throw new InvalidOperationException("An administrator without organisation.") : null;

    private static string? Fault(Agreement agreement, Deployment deployment, LegalCatalogue catalogue) => agreement switch
    {
        _ when !SystemId.TryParse(agreement.Id, out _) => "id",
        _ when !SystemId.TryParse(agreement.Kind, out _) => "kind",
        _ when agreement.Parties.IsDefaultOrEmpty || agreement.Parties.Any(party => deployment.FindOrganisation(party) is null) => "parties",
        _ when agreement.Flows.IsDefault || agreement.Flows.Any(flow => !catalogue.Rules.ContainsKey(flow)) => "flows",
        { To: { } to } when to < agreement.From => "to",
        _ => null,
    };

    private static IResult Show(AgreementOutcome outcome, NoteSigner signer) => outcome switch
    {
        AgreementOutcome.Changed changed => TypedResults.Ok(new AgreementChanged
        {
            Agreement = changed.Agreement,
            Revision = changed.Revision,
            Receipt = changed.Logged.Receipt(signer),
            Index = changed.Logged.Index,
        }),
        AgreementOutcome.Absent => Problems.NotFound(),
        AgreementOutcome.HasEnded => Problems.WrongState("The agreement has ended already."),
        AgreementOutcome.IdTaken => Problems.IdTaken(),
        _ => throw new InvalidOperationException($"{outcome} is no outcome."),
    };
}
