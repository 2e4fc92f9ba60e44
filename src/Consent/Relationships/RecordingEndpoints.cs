// Where professionals record relationships by hand and hand them over.
using Microsoft.AspNetCore.Mvc;
using Sisote.Consent.Consents;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Relationships;

/// <summary><c>POST /relationships</c> and <c>POST /relationships/{id}/hand-over</c></summary>
internal static class RecordingEndpoints
{
    public static void MapRecordedRelationships(this IEndpointRouteBuilder app)
    {
        app.MapPost("/relationships", RecordAsync).RequireAuthorization(Admission.Recorders);
        app.MapPost("/relationships/{id}/hand-over", HandOverAsync).RequireAuthorization(Admission.Recorders);
    }

    private static async Task<IResult> RecordAsync(
        RecordRelationship command, HttpContext context, ConsentDesk desk, RecordingLife life, LegalCatalogue catalogue, Deployment deployment, TimeProvider clock, [FromServices] NoteSigner signer)
    {
        if (desk.RecorderIn(context.GetCaller()) is not { } who)
        {
            return Problems.RelationshipRecorder();
        }

        return FaultIn(command, catalogue, deployment, clock.GetUtcNow()) is var (field, whatToDo)
            ? Problems.InvalidRequest(field, whatToDo)
            : Show(await life.RecordAsync(command, Hetu.Parse(command.Identifier), who, context.TraceIdentifier), signer);
    }

    private static async Task<IResult> HandOverAsync(string id, HandOverRelationship command, HttpContext context, ConsentDesk desk, RecordingLife life, [FromServices] NoteSigner signer) =>
        desk.RecorderIn(context.GetCaller()) is not { } who ? Problems.RelationshipRecorder()
            : !FreshId.Is(command.Id) ? Problems.InvalidRequest("id", WhatIdIs)
            : await life.HandOverAsync(id, command, who, context.TraceIdentifier) is RecordingOutcome outcome and not RecordingOutcome.NotTheirs ? Show(outcome, signer)
            : Problems.NotFound();

    private const string WhatIdIs = "A fresh identifier: 32 hexadecimal digits.";

    private static (string Field, string WhatToDo)? FaultIn(RecordRelationship command, LegalCatalogue catalogue, Deployment deployment, DateTimeOffset now) => command switch
    {
        _ when !FreshId.Is(command.Id) => ("id", WhatIdIs),
        _ when !Hetu.TryParse(command.Identifier, out _) => ("identifier", "A national identifier of 11 characters."),
        _ when !catalogue.Relationships.ContainsKey(command.Kind) => ("kind", "A kind of the catalogue that is recorded by hand; others come from registers and from referrals."),
        { FromOrganisation: { } from } when deployment.FindOrganisation(from) is null => ("fromOrganisation", "An organisation of the deployment file."),
        { ToOrganisation: { } to } when deployment.FindOrganisation(to) is null => ("toOrganisation", "An organisation of the deployment file."),
        { Professional: null } when catalogue.Relationships[command.Kind].Person == "required" => ("professional", "It holds towards a professional: name that person."),
        { Professional: not null } when catalogue.Relationships[command.Kind].Person == "none" => ("professional", "It names no person: leave it out."),
        { To: { } end } when end <= now => ("to", "The end lies in the future."),
        _ => null,
    };

    private static IResult Show(RecordingOutcome outcome, NoteSigner signer) => outcome switch
    {
        RecordingOutcome.Stands stands => TypedResults.Ok(new RelationshipChanged { Relationship = stands.Relationship, Receipt = stands.Logged.Receipt(signer), Index = stands.Logged.Index }),
        RecordingOutcome.NotTheirs => Problems.RelationshipRecorder(),
        RecordingOutcome.WrongState => Problems.WrongState("Read the list: somebody else is named, or it has ended; one that holds is handed over."),
        RecordingOutcome.IdTaken => Problems.IdTaken(),
        _ => throw new InvalidOperationException($"{outcome} is no outcome."),
    };
}
