// Every refusal of the gateway by its name.
using System.Collections.Frozen;
using Sisote.Gateway.Answers;

namespace Sisote.Gateway.Describing;

/// <summary>The refusals, for the document; where one name has several texts, the most general.</summary>
internal static class KnownProblems
{
    /// <summary>All of them but the hint, which never stands alone.</summary>
    internal static FrozenDictionary<string, Refusal> All { get; } = new[]
    {
        Refusal.Malformed, Refusal.UnknownParameter, Refusal.TooManyEvaluations, Refusal.ContextMalformed, Refusal.NotSignedIn, Refusal.NotConnected, Refusal.SubjectNotCaller, Refusal.EntryNotPermitted, Refusal.NotFound,
        Refusal.NotServed, Refusal.NotAcceptable, Refusal.IdTaken, Refusal.HasEnded, Refusal.StepImpossible, Refusal.TooLateToCancel, Refusal.EntryCancelled, Refusal.EntryExpired, Refusal.PageEnded, Refusal.VersionStale, Refusal.TooLarge, Refusal.WrongMediaType,
        Refusal.NotAPerson, Refusal.Incomplete, Refusal.KeyUsed, Refusal.SoteriMissing, Refusal.NamesAPerson, Refusal.NoNotifyAddress, Refusal.TooManySubscriptions, Refusal.TargetRefused, Refusal.VersionNeeded, Refusal.TooMany, Refusal.Fault, Refusal.NotImplemented, Refusal.SourceUnusable, Refusal.SourceDown, Refusal.Crowded,
        Refusal.OutcomeUnknown, Refusal.LogDown, Refusal.StateChanging, Refusal.MethodNotAllowed("GET"), Refusal.ElementNotPermitted("Communication.note"), Refusal.DateUnclear("ServiceRequest.occurrencePeriod.end"),
        Refusal.SubscriptionUnclear("Subscription.criteria", "It is no search of one client by handle."), Refusal.StepUnclear("Task.statusReason", "The step needs a reason."), Refusal.AgreementMissing("cooperation", []),
    }.ToFrozenDictionary(static refusal => refusal.Slug);
}
