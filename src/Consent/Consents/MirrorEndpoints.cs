// Where another register's permissions and prohibitions are told.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary><c>POST /clients/consents</c></summary>
internal static class MirrorEndpoints
{
    private const int Most = 200;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static void MapMirror(this IEndpointRouteBuilder app) => app.MapPost("/clients/consents", MirrorAsync).RequireAuthorization(Admission.FactTellers);

    private static async Task<IResult> MirrorAsync(MirrorConsents message, HttpContext context, MirrorLife life, FormRules rules, LegalCatalogue catalogue, Deployment deployment, Notices notices, TimeProvider clock)
    {
        if (!Hetu.TryParse(message.Identifier, out var identifier))
        {
            return Problems.InvalidRequest("identifier", "A national identifier of 11 characters.");
        }

        if (Fault(message, clock.GetUtcNow()) is var (field, whatToDo))
        {
            return Problems.InvalidRequest(field, whatToDo);
        }

        if (message.Consents.Select(consent => Check(consent, rules, catalogue) ?? CheckOrganisations(consent, rules, deployment)).FirstOrDefault(static problem => problem is not null) is { } problem)
        {
            return problem;
        }

        var from = new LogParty { System = context.GetCaller() is Caller.System system ? system.Id : null };
        if (await life.TakeOverAsync(new MirrorTelling(message, identifier, from, context.TraceIdentifier)) is not { } mirrored)
        {
            return Problems.MirrorOutdated();
        }

        await notices.TellDueAsync(CancellationToken.None);
        return TypedResults.Ok(mirrored);
    }

    private static (string Field, string WhatToDo)? Fault(MirrorConsents message, DateTimeOffset now) => message switch
    {
        _ when !SystemId.TryParse(message.Source, out _) => ("source", "1 to 64 letters, digits, '-', '_' or '.'."),
        _ when message.AsOf > now + Skew => ("asOf", "It lies in the future."),
        { Consents: { IsDefault: true } or { Length: > Most } } => ("consents", $"At most {Most}."),
        _ when message.Consents.DistinctBy(static consent => consent.Id).Count() != message.Consents.Length => ("consents.id", "Each has an identifier of its own."),
        _ when !message.Consents.All(static consent => SystemId.TryParse(consent.Id, out _)) => ("consents.id", "1 to 64 letters, digits, '-', '_' or '.'."),
        _ when message.Consents.Any(static consent => consent.Items.IsDefault || consent.AllItems != consent.Items.IsEmpty) => ("consents.items", "Either items, or allItems."),
        _ when message.Consents.Any(static consent => consent.To < consent.From) => ("consents.to", "Not before the beginning."),
        _ when !message.Consents.All(static consent => ConsentGiving.Givers.Contains(consent.GivenBy)) => ("consents.givenBy", string.Join(", ", ConsentGiving.Givers) + "."),
        _ => null,
    };

    /// <summary>INVARIANT: what is not understood is not taken in: a prohibition with an unknown code would close nothing.</summary>
    private static ProblemHttpResult? Check(MirroredConsent consent, FormRules rules, LegalCatalogue catalogue) => consent switch
    {
        _ when rules.CheckWay(consent.Form, ConsentWay.Mirrored) is { } problem => problem,
        _ when !consent.Items.All(catalogue.Items.ContainsKey) => Problems.ConsentNotInLaw("consents.items", "Name items of the catalogue in use."),
        { RecipientSector: { } sector } when !catalogue.Sectors.ContainsKey(sector) => Problems.ConsentNotInLaw("consents.recipientSector", "Name a sector of the catalogue in use."),
        { RecipientRole: { } role } when !catalogue.Roles.ContainsKey(role) => Problems.ConsentNotInLaw("consents.recipientRole", "Name a role of the catalogue in use."),
        { Purpose: { } purpose } when !catalogue.Purposes.ContainsKey(purpose) => Problems.ConsentNotInLaw("consents.purpose", "Name a purpose of the catalogue in use."),
        _ => null,
    };

    /// <summary>A permission towards, or of, an organisation that is not here opens nothing; a prohibition towards one that nobody here goes by would close nothing.</summary>
    private static ProblemHttpResult? CheckOrganisations(MirroredConsent consent, FormRules rules, Deployment deployment) => consent switch
    {
        _ when !rules.Closes(consent.Form) => null,
        { RecipientOrganisation: { } recipient } when deployment.FindOrganisation(recipient) is null =>
            Problems.ConsentNotInLaw("consents.recipientOrganisation", "Name an organisation of this installation, or leave it out: a prohibition that is told wider closes more."),
        { SourceOrganisations: not null } => Problems.ConsentNotInLaw("consents.sourceOrganisations", "A prohibition closes every source; leave them out."),
        _ => null,
    };
}
