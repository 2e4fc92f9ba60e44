// The agreements' door for administrators and the operator.
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
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
        app.MapPost("/agreements/{id}/change", ChangeAsync).RequireAuthorization(Admission.Operator);
        app.MapGet("/agreements/{id}", ShowAsync).RequireAuthorization(Admission.AdministratorOrOperator);
        app.MapGet("/agreements/{id}/figures", CountAsync).RequireAuthorization(Admission.AdministratorOrOperator);
        app.MapPost("/agreements/{id}/end", EndAsync).RequireAuthorization(Admission.AdministratorOrOperator);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Database database, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var revision = await LogTransaction.ReadAgreementsRevisionAsync(session, cancellation);
        var agreements = await AgreementStore.AllAsync(session, cancellation);
        var party = PartyOf(context);
        var shown = agreements.Where(agreement => party is not { } own || agreement.Parties.Contains(own)).ToImmutableArray();
        var terms = await AgreementVersions.NewestAsync(session, cancellation);
        return TypedResults.Ok(new AgreementList { Revision = revision, Agreements = shown, Terms = [.. shown.Select(agreement => terms.GetValueOrDefault(agreement.Id)).OfType<AgreementTerms>()] });
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, Database database, AgreementEffects effects, TimeProvider clock, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var all = await AgreementStore.AllAsync(session, cancellation);
        return all.FirstOrDefault(one => one.Id == id && (PartyOf(context) is not { } own || one.Parties.Contains(own))) is not { } agreement
            ? Problems.NotFound()
            : TypedResults.Ok(new AgreementShown
            {
                Agreement = agreement,
                State = AgreementEffects.StateOf(agreement, clock.GetUtcNow()),
                Versions = [.. await AgreementVersions.OfAsync(session, id, cancellation)],
                Flows = effects.Of(agreement, all, clock.GetUtcNow()),
            });
    }

    private static async Task<IResult> CountAsync(string id, string? month, HttpContext context, Database database, AgreementCounting counting, TimeProvider clock, CancellationToken cancellation)
    {
        List<AgreementTerms> versions;
        Agreement? kept;
        await using (var session = await database.ReadAsync(cancellation))
        {
            versions = [.. (await AgreementVersions.OfAsync(session, id, cancellation)).Where(one => PartyOf(context) is not { } own || one.Agreement.Parties.Contains(own))];
            kept = await AgreementStore.FindAsync(session, id, cancellation);
        }

        return versions is [] || kept is null ? Problems.NotFound()
            : !DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) || !IsCounted(first, versions.Min(static one => one.Agreement.From), kept.To, clock.GetUtcNow())
                ? Problems.InvalidRequest("month", "A month that is over and on a day of which the agreement was in force, for example 2026-10.")
            : TypedResults.Ok(await counting.CountAsync(versions[0], first, cancellation));
    }

    /// <summary>Whether a month is over and the agreement was in force in it.</summary>
    private static bool IsCounted(DateOnly first, DateTimeOffset from, DateTimeOffset? to, DateTimeOffset now)
    {
        var today = FinnishTime.DateOf(now);
        return (first.Year, first.Month).CompareTo((today.Year, today.Month)) < 0 && first.AddMonths(1) > FinnishTime.DateOf(from) && !(to is { } end && first > FinnishTime.DateOf(end));
    }

    private static async Task<IResult> RecordAsync(
        RecordAgreement command, HttpContext context, AgreementLife life, Deployment deployment, LegalCatalogue catalogue, [FromServices] NoteSigner signer)
    {
        var terms = TermsOf(command);
        return Fault(command, terms.Agreement, deployment, catalogue) is { } field ? Problems.InvalidRequest(field, WhatFits) : Show(await life.RecordAsync(terms, command.Offer, context.TraceIdentifier), signer);
    }

    private static async Task<IResult> ChangeAsync(
        string id, RecordAgreement command, HttpContext context, AgreementLife life, Deployment deployment, LegalCatalogue catalogue, [FromServices] NoteSigner signer)
    {
        var terms = TermsOf(command);
        return (id == command.Id ? Fault(command, terms.Agreement, deployment, catalogue) : "id") is { } field ? Problems.InvalidRequest(field, WhatFits) : Show(await life.ChangeAsync(terms, command.Offer, context.TraceIdentifier), signer);
    }

    /// <summary>Days are Finnish: in force from midnight to midnight.</summary>
    private static AgreementTerms TermsOf(RecordAgreement command) => new()
    {
        Id = command.Id,
        Version = 1,
        RecordedAt = default,
        Agreement = new Agreement
        {
            Id = command.Id,
            Kind = command.Kind,
            Parties = command.Parties,
            Flows = command.Flows,
            From = command.From ?? (command.FirstDay is { } first ? FinnishTime.StartOf(first) : default),
            To = command.To ?? (command.LastDay is { } last ? FinnishTime.EndOf(last) : null),
        },
        Roles = command.Roles,
        Signatures = command.Signatures,
        Figures = command.Figures,
        AnswerDays = command.AnswerDays,
    };

    private static async Task<IResult> EndAsync(string id, HttpContext context, AgreementLife life, [FromServices] NoteSigner signer) =>
        Show(await life.EndAsync(id, PartyOf(context), context.TraceIdentifier), signer);

    /// <summary>The organisation on whose behalf an administrator calls; null for the operator, who acts for all.</summary>
    private static OrganisationId? PartyOf(HttpContext context) =>
        context.GetCaller() is Caller.Person person ? person.Organisation ?? throw new InvalidOperationException("An administrator without organisation.") : null;

    private const string WhatFits =
        "Identifier, kind and offices are codes; parties stand in the deployment file, flows in the catalogue; it begins at an instant or on a day and ends after that; roles, signatures and figures are of its parties and of the known kinds.";

    private static readonly string[] PartyRoles = ["controller", "joint-controller", "processor"];

    private static string? Fault(RecordAgreement command, Agreement agreement, Deployment deployment, LegalCatalogue catalogue) => Fault(agreement, deployment, catalogue) ?? command switch
    {
        _ when command.From is null == command.FirstDay is null => "firstDay",
        { To: not null, LastDay: not null } => "lastDay",
        _ when command.Roles.Any(role => !command.Parties.Contains(role.Party) || !PartyRoles.Contains(role.Role)) || command.Roles.DistinctBy(static role => role.Party).Count() != command.Roles.Length => "roles",
        _ when command.Signatures.Any(signature => !command.Parties.Contains(signature.Party) || !SystemId.TryParse(signature.Office, out _)) => "signatures",
        _ when command.Figures.Any(figure => !AgreementCounting.Known.Contains(figure)) || command.Figures.Distinct().Count() != command.Figures.Length => "figures",
        _ when command.Figures.Contains(AgreementCounting.AnsweredInTime) != command.AnswerDays is not null || command.AnswerDays is < 1 or > 366 => "answerDays",
        _ => null,
    };

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
        AgreementOutcome.NoSuchOffer => Problems.InvalidRequest("offer", "An offer of one of the parties that is published now; `GET /network/offers` at the gateway lists them."),
        _ => throw new InvalidOperationException($"{outcome} is no outcome."),
    };
}
