// What the operator may ask about consents.
using Sisote.Consent.Relationships;
using Sisote.Consent.Review;
using Sisote.Consent.States;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Consent.Consents;

/// <summary><c>POST /consents/query</c>, <c>POST /consents/check</c>, <c>POST /relationships/query</c></summary>
/// <remarks>In bodies: a client is named by national identifier. Asking is an entry of the log, durable before anything is shown.</remarks>
internal static class QuestionEndpoints
{
    private const int Most = 100;

    public static void MapConsentQuestions(this IEndpointRouteBuilder app)
    {
        app.MapPost("/consents/query", ListAsync).RequireAuthorization(Admission.Operator);
        app.MapPost("/consents/check", CheckAsync).RequireAuthorization(Admission.Operator);
        app.MapPost("/relationships/query", RelationshipsAsync).RequireAuthorization(Admission.Operator);
    }

    private static async Task<IResult> ListAsync(ConsentQuestion question, HttpContext context, ConsentAnswers answers, LogReads reads, CancellationToken cancellation)
    {
        if (!Hetu.TryParse(question.Identifier, out var identifier))
        {
            return Problems.InvalidRequest("identifier", "A national identifier of 11 characters.");
        }

        var client = answers.KeyOf(identifier);
        await reads.RecordAsync(context.GetCaller(), "consents", client, context.TraceIdentifier);
        return TypedResults.Ok(new RecordedConsents { Consents = await answers.ListAsync(client, cancellation) });
    }

    private static async Task<IResult> RelationshipsAsync(ConsentQuestion question, HttpContext context, Database database, ConsentAnswers answers, LogReads reads, CancellationToken cancellation)
    {
        if (!Hetu.TryParse(question.Identifier, out var identifier))
        {
            return Problems.InvalidRequest("identifier", "A national identifier of 11 characters.");
        }

        var client = answers.KeyOf(identifier);
        await reads.RecordAsync(context.GetCaller(), "relationships", client, context.TraceIdentifier);
        await using var session = await database.ReadAsync(cancellation);
        var kept = await RelationshipStore.OfClientAsync(session, await Clients.Identities.StandsForAsync(session, client, cancellation), cancellation);
        return TypedResults.Ok(new RelationshipList
        {
            Relationships = [.. kept.Select(static one => one.Relationship)],
            Sources = [.. kept.Select(static one => new RelationshipSource(one.Relationship.Id, one.Origin.Source, one.Origin.Organisation, one.Origin.Professional, one.Origin.Follows))],
        });
    }

    private static async Task<IResult> CheckAsync(CheckConsents question, HttpContext context, ConsentCheckDesk desk, LogReads reads, CancellationToken cancellation)
    {
        if (!Hetu.TryParse(question.Identifier, out var identifier))
        {
            return Problems.InvalidRequest("identifier", "A national identifier of 11 characters.");
        }

        if (question.Items.IsDefaultOrEmpty || question.Items.Length > Most)
        {
            return Problems.InvalidRequest("items", $"Name 1 to {Most} items.");
        }

        await reads.RecordAsync(context.GetCaller(), "consents check", desk.KeyOf(identifier), context.TraceIdentifier);
        return TypedResults.Ok(await desk.CheckAsync(question, identifier, cancellation));
    }
}

/// <summary>Looks for consents with the search that decides.</summary>
internal sealed class ConsentCheckDesk(StateReader states, Clients.ClientKeys keys, LegalCatalogue catalogue, Deployment deployment, TimeProvider clock)
{
    private readonly PolicyDecisionPoint point = new(catalogue, deployment);

    public ClientId KeyOf(Hetu identifier) => keys.KeyOf(identifier);

    public async Task<ConsentsChecked> CheckAsync(CheckConsents question, Hetu identifier, CancellationToken cancellation)
    {
        var state = (await states.ReadAsync([identifier], [], cancellation)).States[0].State;
        var request = new AccessRequest { From = question.From, To = question.To, Direction = question.Direction, Purpose = question.Purpose, Items = question.Items };
        return new ConsentsChecked
        {
            Checks = [.. point.LookForConsents(request, state, clock.GetUtcNow()).Select(static look => new ConsentCheck
            {
                Item = look.Item,
                Rule = look.Rule,
                Forms = look.Forms,
                Stands = look.Missing is null,
                Consents = look.Consents,
                Missing = look.Missing,
            })],
        };
    }
}
