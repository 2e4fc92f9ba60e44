// Many evaluations in one call.
using System.Text.Json;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;

namespace Sisote.Gateway.Access;

/// <summary>When a call of many evaluations ends.</summary>
internal enum EvaluationsSemantic
{
    ExecuteAll,
    DenyOnFirstDeny,
    PermitOnFirstPermit,
}

/// <summary>One call: who asks and under which correlation id.</summary>
internal sealed record AccessCall(Registered Caller, string CorrelationId);

/// <summary>Evaluates one or many; the members at the top of a call are defaults for each of its evaluations.</summary>
internal sealed class Evaluations(EvaluationReader reader, EvaluationMapping mapping, Evaluator evaluator)
{
    /// <summary>The semantic of a call; null where it names another.</summary>
    internal static EvaluationsSemantic? SemanticOf(JsonElement root)
    {
        if (!root.TryGetProperty("options", out var options) || options.ValueKind == JsonValueKind.Null)
        {
            return EvaluationsSemantic.ExecuteAll;
        }

        if (options.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return !options.TryGetProperty("evaluations_semantic", out var named) || named.ValueKind == JsonValueKind.Null ? EvaluationsSemantic.ExecuteAll
            : named.ValueKind != JsonValueKind.String ? null
            : named.GetString() switch
            {
                "execute_all" => EvaluationsSemantic.ExecuteAll,
                "deny_on_first_deny" => EvaluationsSemantic.DenyOnFirstDeny,
                "permit_on_first_permit" => EvaluationsSemantic.PermitOnFirstPermit,
                _ => null,
            };
    }

    /// <summary>One evaluation.</summary>
    internal async Task<Evaluated> EvaluateAsync(AccessCall call, JsonElement evaluation, JsonElement defaults, CancellationToken cancellation)
    {
        if (evaluation.ValueKind != JsonValueKind.Object)
        {
            return Malformed("evaluations");
        }

        var (text, fault) = reader.Read(evaluation, defaults);
        if (text is null)
        {
            return Malformed(fault!);
        }

        return mapping.Map(text, call.Caller) switch
        {
            { Asked: { } asked } => await evaluator.EvaluateAsync(asked, call.CorrelationId, cancellation),
            { Refusal: { Status: StatusCodes.Status403Forbidden } stranger } => await evaluator.RefuseAsync(stranger, call.Caller.System.Id, call.CorrelationId),
            var refused => new Evaluated.Failed(refused.Refusal!),
        };
    }

    /// <summary>All evaluations of a call in their order, up to the one that ends it.</summary>
    internal async Task<IReadOnlyList<Evaluated>> EvaluateAllAsync(AccessCall call, JsonElement root, JsonElement evaluations, EvaluationsSemantic semantic, CancellationToken cancellation)
    {
        if (semantic == EvaluationsSemantic.ExecuteAll)
        {
            return await Task.WhenAll(evaluations.EnumerateArray().Select(one => EvaluateAsync(call, one, root, cancellation)));
        }

        var outcomes = new List<Evaluated>();
        foreach (var one in evaluations.EnumerateArray())
        {
            outcomes.Add(await EvaluateAsync(call, one, root, cancellation));
            if (outcomes[^1] is Evaluated.Permitted == (semantic == EvaluationsSemantic.PermitOnFirstPermit))
            {
                break;
            }
        }

        return outcomes;
    }

    private static Evaluated.Failed Malformed(string member) => new(Refusal.Malformed with { Expression = member });
}
