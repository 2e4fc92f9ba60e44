// Checks what professionals say of minors before it waits for the log.
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Audit;
using Sisote.Consent.Consents;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;

namespace Sisote.Consent.Minors;

/// <summary>Form, context, assessor and ground; what depends on the minor's record is checked with the record.</summary>
internal sealed class MinorDesk(LegalCatalogue catalogue, Deployment deployment, TimeProvider clock)
{
    private const int LongestScope = 200;
    private const int LongestReason = 500;
    private static readonly string[] Codes = ["1", "2", "4"];

    /// <summary>The policy of a context in which records are made here; null where the law names no assessor.</summary>
    public MinorsPolicy? PolicyOf(string context) =>
        catalogue.MinorsPolicies.TryGetValue(context, out var policy) && policy.CapacityContext == context && !policy.AssessorRoles.IsDefaultOrEmpty ? policy : null;

    /// <summary>Whether a record is that professional's business: of the own organisation, in a context in which the role assesses. A reason that student welfare wrote down is not health care's to read.</summary>
    public bool MayRead(MinorRecord record, Recorder recorder) => record.Organisation == recorder.Organisation && PolicyOf(record.Content.Context)?.AssessorRoles.Contains(recorder.Role) == true;

    /// <summary>The problem with what is said; null when there is none.</summary>
    public ProblemHttpResult? Check(MinorSaying saying) => (saying, PolicyOf(saying.Content.Context)) switch
    {
        _ when !FreshId.Is(saying.Id) => Problems.InvalidRequest("id", "A fresh identifier: 32 hexadecimal digits."),
        (_, null) => Problems.InvalidRequest("context", "A context of the minors' policy that names assessors."),
        (_, { } policy) when !policy.AssessorRoles.Contains(saying.Content.Role) || !IsAtWork(saying.Recorder) => Problems.MinorAssessor(),
        ({ Content.Kind: MinorRecordContent.Capacity }, _) => CheckCapacity(saying.Content),
        (_, { } policy) => CheckBar(policy, saying.Content),
    };

    private ProblemHttpResult? CheckCapacity(MinorRecordContent content) => content switch
    {
        _ when !Codes.Contains(content.Code) => Problems.InvalidRequest("code", "1, 2 or 4. A minor who is able and forbids is recorded as able (2), and the bar with POST /minors/bars."),
        _ when !IsText(content.Scope, LongestScope) => Problems.InvalidRequest("scope", $"What was assessed: 1 to {LongestScope} characters, no national identifier."),
        _ when content.To <= clock.GetUtcNow() || content.To < content.From => Problems.InvalidRequest("to", "The end lies in the future, after the beginning."),
        _ => null,
    };

    private static ProblemHttpResult? CheckBar(MinorsPolicy policy, MinorRecordContent content) => (policy.Bar?.Ground, content) switch
    {
        (null, _) => Problems.InvalidRequest("context", "A context in which the law knows a minor's bar on the guardian."),
        (BarGround.MinorAble, { Reason: not null }) => Problems.InvalidRequest("reason", "The act asks for no reason here; leave it out."),
        (BarGround.WeightyReason or BarGround.WeightyReasonNotAgainstInterest, _) when !IsText(content.Reason, LongestReason) =>
            Problems.InvalidRequest("reason", $"The weighty reason: 1 to {LongestReason} characters, no national identifier."),
        (BarGround.WeightyReasonNotAgainstInterest, { NotAgainstInterest: not true }) =>
            Problems.InvalidRequest("notAgainstInterest", "The assessor says that the bar is not plainly against the minor's interest; else it is not accepted."),
        _ => null,
    };

    /// <summary>Whether the organisation has a system in which this role works.</summary>
    private bool IsAtWork(Recorder recorder) =>
        deployment.Systems.Any(system => system.Organisation == recorder.Organisation && (system.ActsAs == recorder.Role || system.Roles.Contains(recorder.Role)));

    private static bool IsText(string? text, int longest) => !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl) && !PersonalCodes.AreIn(text);
}
