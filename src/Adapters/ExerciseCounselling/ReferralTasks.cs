// The product's referrals as FHIR tasks, and steps of tasks as the product's handling.
using System.Globalization;
using Hl7.Fhir.Model;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using FhirTask = Hl7.Fhir.Model.Task;

namespace Sisote.Adapters.ExerciseCounselling;

/// <summary>
/// A referral stands somewhere in its life: the Task of HL7 Physical Activity, with the referral's id and the product's version of it. Free words of the product's own screens (its reason) are
/// not told; a coded reason and the closing feedback are.
/// </summary>
internal sealed class ReferralTasks(CodeMapping codes)
{
    private const string FeedbackSystem = "https://sisote.example/fhir/CodeSystem/task-output";
    private const string FeedbackCode = "feedback";
    private const int LongestFeedback = 1000;

    /// <summary>The task of a referral.</summary>
    public FhirTask ToTask(CrmReferral row, CrmPerson person) => new()
    {
        Id = FacadeId.Accept(row.Id),
        Meta = new Meta { VersionId = VersionOf(row) },
        Identifier = [new Identifier(CrmToFhir.DeliverySystem, row.ExternalReference)],
        StatusElement = new Code<FhirTask.TaskStatus> { JsonValue = codes["taskStates"].FromNative(row.State).Code },
        StatusReason = row.ReasonCode is { } reason ? codes["referralReasons"].FromNative(reason).ToConcept() : null,
        Intent = FhirTask.TaskIntent.Order,
        Code = new CodeableConcept("http://hl7.org/fhir/CodeSystem/task-code", "fulfill"),
        Focus = new ResourceReference($"ServiceRequest/{row.Id}"),
        For = CrmToFhir.Subject(person),
        AuthoredOn = Time(row.Authored),
        LastModified = row.Changed is { } changed ? Time(changed) : null,
        Output = row.Feedback is null ? [] : [new FhirTask.OutputComponent { Type = new CodeableConcept(FeedbackSystem, FeedbackCode), Value = new FhirString(row.Feedback) }],
    };

    /// <summary>The product's handling, or why there is none.</summary>
    public (CrmHandling? Handling, string? Refusal) Read(TaskToChange change)
    {
        var task = change.Task;
        if (codes["taskStates"].FromFhir(null, task.StatusElement?.JsonValue as string) is not { } state)
        {
            return (null, "The receiving system does not know this status.");
        }

        CodeRow? reason = null;
        if (task.StatusReason is not null && (reason = codes["referralReasons"].Find(task.StatusReason)) is null)
        {
            return (null, "The receiving system does not know this reason.");
        }

        if (!TryReadFeedback(task, out var feedback))
        {
            return (null, "The receiving system takes one output, a feedback of at most 1,000 characters.");
        }

        return (new CrmHandling
        {
            Key = change.IdempotencyKey,
            Version = NumberOf(change.Version),
            State = state.Native,
            Counsellor = change.Sender.Professional.Value,
            ReasonCode = reason?.Native,
            Feedback = feedback,
        }, null);
    }

    /// <summary>The version as the facade gives it.</summary>
    public static string VersionOf(CrmReferral row) => string.Create(CultureInfo.InvariantCulture, $"v{row.Version}");

    /// <summary>The product's number of a version; 0, which none has, for anything else.</summary>
    private static int NumberOf(string version) => version is ['v', .. var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static bool TryReadFeedback(FhirTask task, out string? feedback)
    {
        feedback = task.Output is [{ Value: FhirString { Value: var text }, Type: { } type }] && type.Coding.Exists(static coding => coding is { System: FeedbackSystem, Code: FeedbackCode }) ? text : null;
        return task.Output.Count == 0 || feedback is { Length: > 0 and <= LongestFeedback };
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);
}
