// Where professionals of a giver see what waits for them, and decide.
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Consents;
using Sisote.Consent.Review;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Releases;

/// <summary><c>/releases</c> and <c>/decisions</c>, for the giver's professionals; <c>/releases/all</c> for the operator.</summary>
internal static class ReleaseEndpoints
{
    private const int MostItems = 100;

    private const string Looked = "releases";

    public static void MapReleases(this IEndpointRouteBuilder app)
    {
        app.MapGet("/releases/all", AllAsync).RequireAuthorization(Admission.Operator);
        var releases = app.MapGroup("/releases").RequireAuthorization(Admission.Recorders);
        releases.MapGet("/", ListAsync);
        releases.MapPost("/{id}/release", ReleaseAsync);
        releases.MapPost("/{id}/decline", DeclineAsync);
        var decisions = app.MapGroup("/decisions").RequireAuthorization(Admission.Recorders);
        decisions.MapGet("/", DecisionsAsync);
        decisions.MapPost("/", RecordAsync);
        decisions.MapPost("/{id}/withdraw", WithdrawAsync);
    }

    public static void AddReleases(this IServiceCollection services)
    {
        services.AddSingleton<DecisionRules>();
        services.AddSingleton<DecisionTerms>();
        services.AddSingleton<DecisionLife>();
        services.AddSingleton<DecisionUse>();
        services.AddSingleton<ReleaseLife>();
        services.AddSingleton<ReleaseReader>();
        services.AddSingleton<ReleaseRaising>();
        services.AddSingleton<ReleaseFollowing>();
        services.AddSingleton<ReleaseFollower>();
        services.AddHostedService(static provider => provider.GetRequiredService<ReleaseFollower>());
    }

    private static async Task<IResult> AllAsync(ReleaseReader reader, CancellationToken cancellation) => TypedResults.Ok(await reader.AllAsync(cancellation));

    /// <summary>Looking at it is an entry of the log for each client whose identifier is shown, durable before it is.</summary>
    private static async Task<IResult> ListAsync(HttpContext context, ConsentDesk desk, ReleaseReader reader, LogReads reads, CancellationToken cancellation)
    {
        if (desk.RecorderIn(context.GetCaller()) is not { } who)
        {
            return Problems.DecisionRecorder();
        }

        var (waiting, clients) = await reader.OfAsync(who, cancellation);
        await (clients.Count > 0 ? reads.RecordEachAsync(who.Party, Looked, clients, context.TraceIdentifier) : reads.RecordNobodyAsync(who.Party, Looked, context.TraceIdentifier));
        return TypedResults.Ok(waiting);
    }

    private static async Task<IResult> ReleaseAsync(string id, ReleaseItems command, HttpContext context, ConsentDesk desk, ReleaseLife life, [FromServices] NoteSigner signer) =>
        desk.RecorderIn(context.GetCaller()) is not { } who ? Problems.DecisionRecorder()
            : command.Items is { IsDefaultOrEmpty: true } ? Problems.InvalidRequest("items", "Name items, or leave the list out for all.")
            : Show(await life.ReleaseAsync(id, command, who, context.TraceIdentifier), signer);

    private static async Task<IResult> DeclineAsync(string id, DeclineItems command, HttpContext context, ConsentDesk desk, ReleaseLife life, [FromServices] NoteSigner signer) =>
        desk.RecorderIn(context.GetCaller()) is not { } who ? Problems.DecisionRecorder() : Show(await life.DeclineAsync(id, command, who, context.TraceIdentifier), signer);

    private static async Task<IResult> DecisionsAsync(HttpContext context, ConsentDesk desk, ReleaseReader reader, CancellationToken cancellation) =>
        desk.RecorderIn(context.GetCaller()) is not { } who ? Problems.DecisionRecorder() : TypedResults.Ok(await reader.DecisionsAsync(who, cancellation));

    private static async Task<IResult> RecordAsync(RecordDecision command, HttpContext context, ConsentDesk desk, DecisionRules rules, DecisionLife life, [FromServices] NoteSigner signer)
    {
        if (desk.RecorderIn(context.GetCaller()) is not { } who)
        {
            return Problems.DecisionRecorder();
        }

        if (FaultIn(command, rules, who) is var (field, whatToDo))
        {
            return Problems.InvalidRequest(field, whatToDo);
        }

        var scope = new DecisionScope { Items = command.Items, Sector = command.ToSector, Role = command.ToRole, Purpose = command.Purpose };
        return rules.MayDecide(command.Condition, scope, who) ? Show(await life.RecordAsync(command, Hetu.Parse(command.Identifier), who, context.TraceIdentifier), signer) : Problems.DecisionRecorder();
    }

    private static async Task<IResult> WithdrawAsync(string id, HttpContext context, ConsentDesk desk, DecisionLife life, [FromServices] NoteSigner signer) =>
        desk.RecorderIn(context.GetCaller()) is not { } who ? Problems.DecisionRecorder() : Show(await life.WithdrawAsync(id, who, context.TraceIdentifier), signer);

    private static (string Field, string WhatToDo)? FaultIn(RecordDecision command, DecisionRules rules, Recorder who) => command switch
    {
        _ when !FreshId.Is(command.Id) => ("id", "A fresh identifier: 32 hexadecimal digits."),
        _ when !Hetu.TryParse(command.Identifier, out _) => ("identifier", "A national identifier of 11 characters."),
        { Items: { IsDefaultOrEmpty: true } or { Length: > MostItems } } => ("items", $"Name 1 to {MostItems} items."),
        _ when command.ToOrganisation == who.Organisation || !rules.IsRecipient(command.ToOrganisation, command.ToSector) => ("toOrganisation", "Another organisation that has a system in that sector here."),
        _ when !rules.Conditions.Contains(command.Condition) => ("condition", "A condition of the catalogue on which decisions are recorded."),
        _ when !rules.IsReason(command.Condition, command.Reason, releases: true) => ("reason", "A reason of the catalogue that decides for."),
        _ => null,
    };

    private static IResult Show(ReleaseOutcome outcome, NoteSigner signer) => outcome switch
    {
        ReleaseOutcome.Done done => TypedResults.Ok(new DecisionStands { Decisions = done.Decisions, Receipt = done.Logged.Receipt(signer), Index = done.Logged.Index }),
        ReleaseOutcome.Absent => Problems.NotFound(),
        ReleaseOutcome.WrongState => Problems.WrongState("Read the list again: it was decided, or its time is over."),
        ReleaseOutcome.IdTaken => Problems.IdTaken(),
        ReleaseOutcome.Unfit unfit => Problems.InvalidRequest(unfit.Field, unfit.WhatToDo),
        _ => throw new InvalidOperationException($"{outcome} is no outcome."),
    };
}
