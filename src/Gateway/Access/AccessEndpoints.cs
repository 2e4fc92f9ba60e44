// The access door: a decision for systems that carry their data themselves.
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Requests;

namespace Sisote.Gateway.Access;

/// <summary>OpenID AuthZEN Authorization API 1.0: evaluation and evaluations for connected systems, metadata for anybody. There is no search: it would list whom one may ask about.</summary>
internal static class AccessEndpoints
{
    internal const string Evaluation = "access/v1/evaluation";
    internal const string Evaluations = "access/v1/evaluations";

    internal static void MapAccess(this WebApplication app)
    {
        app.MapGet("/.well-known/authzen-configuration", static (HttpContext context, RoomSettings settings) => AccessAnswers.DescribeAsync(context, settings)).AllowAnonymous();
        app.MapPost($"/{Evaluation}", (HttpContext context, Door door) => door.AnswerAsync(context, mayBeMany: false)).RequireAuthorization(TokenDoor.Exchange);
        app.MapPost($"/{Evaluations}", (HttpContext context, Door door) => door.AnswerAsync(context, mayBeMany: true)).RequireAuthorization(TokenDoor.Exchange);
        app.Map("/access/{**rest}", static (HttpContext context) => AccessAnswers.RefuseAsync(context, RefusalFor(context.Request.Path))).RequireAuthorization(TokenDoor.Exchange).WithOrder(2);
    }

    private static Refusal RefusalFor(PathString path) =>
        path.Value is $"/{Evaluation}" or $"/{Evaluations}" ? Refusal.MethodNotAllowed(HttpMethods.Post) : Refusal.NotServed;

    /// <summary>Takes a call: who asks, is it JSON that can be read in one way, one evaluation or many.</summary>
    internal sealed class Door(AskerReader askers, Evaluations evaluations, Evaluator evaluator, GatewayOptions options)
    {
        internal async Task AnswerAsync(HttpContext context, bool mayBeMany)
        {
            var caller = context.GetCaller();
            if (askers.Recognise(caller) is not { } registered)
            {
                await AccessAnswers.WriteAsync(context, await evaluator.RefuseAsync(Refusal.NotConnected, (caller as Caller.System)?.Id, context.TraceIdentifier));
                return;
            }

            var (body, unreadable) = await ReadAsync(context.Request, context.RequestAborted);
            if (body is null)
            {
                await AccessAnswers.RefuseAsync(context, unreadable!);
                return;
            }

            using (body)
            {
                await AnswerAsync(context, new AccessCall(registered, context.TraceIdentifier), body.RootElement, mayBeMany);
            }
        }

        private async Task AnswerAsync(HttpContext context, AccessCall call, JsonElement root, bool mayBeMany)
        {
            if (!mayBeMany || !root.TryGetProperty("evaluations", out var many) || IsNone(many))
            {
                await AccessAnswers.WriteAsync(context, await evaluations.EvaluateAsync(call, root, default, context.RequestAborted));
                return;
            }

            if (many.ValueKind != JsonValueKind.Array || Access.Evaluations.SemanticOf(root) is not { } semantic)
            {
                await AccessAnswers.RefuseAsync(context, Refusal.Malformed with { Expression = many.ValueKind == JsonValueKind.Array ? "options" : "evaluations" });
                return;
            }

            if (many.GetArrayLength() > options.Access.MostEvaluations)
            {
                await AccessAnswers.RefuseAsync(context, Refusal.TooManyEvaluations);
                return;
            }

            await AccessAnswers.WriteAsync(context, await evaluations.EvaluateAllAsync(call, root, many, semantic, context.RequestAborted));
        }

        private static bool IsNone(JsonElement many) => many.ValueKind == JsonValueKind.Null || (many.ValueKind == JsonValueKind.Array && many.GetArrayLength() == 0);

        private static bool IsJson(string? contentType) =>
            MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

        private async Task<(JsonDocument? Body, Refusal? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellation)
        {
            if (request.QueryString.HasValue) // an identifier in an address would stand in every log on the way
            {
                return (null, Refusal.Malformed);
            }

            if (!IsJson(request.ContentType))
            {
                return (null, Refusal.WrongMediaType);
            }

            if (await CappedBody.ReadAsync(request, options.Access.LargestRequest, cancellation) is not { } bytes)
            {
                return (null, Refusal.TooLarge);
            }

            return AccessJson.Read(bytes) is { } body ? (body, null) : (null, Refusal.Malformed);
        }
    }
}
