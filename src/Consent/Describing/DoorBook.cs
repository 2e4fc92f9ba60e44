// All doors of the room with what is said of them.
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Sisote.Consent.Describing;

/// <summary>The book that the OpenAPI document is written from; tests hold it against the endpoints, docs/problems.md and real answers.</summary>
internal static partial class DoorBook
{
    private static readonly FrozenDictionary<string, Door> Doors =
        ConsentDoors.All.Concat(LogDoors.All).Concat(ReviewDoors.All).Concat(PersonDoors.All).Concat(GatewayDoors.All).ToFrozenDictionary(static door => door.Key);

    /// <summary>All doors.</summary>
    public static IEnumerable<Door> All => Doors.Values;

    /// <summary>Every problem of the room by its name, with words that hold whoever asks.</summary>
    public static FrozenDictionary<string, ProblemHttpResult> Problems { get; } = new[]
    {
        Consent.Problems.InvalidRequest("items", "Name 1 to 100 items."), Consent.Problems.ParameterUnknown(), Consent.Problems.NotAcceptable(), Consent.Problems.MediaTypeUnsupported(),
        Consent.Problems.NotFound(), Consent.Problems.WrongState("Read the list again."), Consent.Problems.ExportWanted(), Consent.Problems.EntryErased("2038-11-23", "period", "run"), Consent.Problems.RecordChanged(),
        Consent.Problems.IdTaken(), Consent.Problems.ConsentNotUnderstood(), Consent.Problems.ConsentNotInLaw("items", "Leave out the items that no rule of this form, recipient and purpose carries."),
        Consent.Problems.ConsentFormElsewhere(), Consent.Problems.ConsentWay("paper"), Consent.Problems.ConsentTime("case", "This form lasts as long as a case: name the relationship on record."),
        Consent.Problems.ConsentGiver(), Consent.Problems.ConsentRecorder(), Consent.Problems.MirrorOutdated(), Consent.Problems.CheckpointMalformed(), Consent.Problems.CheckpointNotSigned(),
        Consent.Problems.LogNotWatched(), Consent.Problems.CheckpointDoesNotContinue(), Consent.Problems.KeyInUse(), Consent.Problems.KeyNotWritten(), Consent.Problems.MergeWithItself(), Consent.Problems.MergeInCircle(), Consent.Problems.MergedAlready(), Consent.Problems.MergedElsewhere(), Consent.Problems.MergeOfStrangers(), Consent.Problems.NotMerged(),
        Consent.Problems.MinorAssessor(), Consent.Problems.NotAMinor(), Consent.Problems.MinorNotAble(), Consent.Problems.NothingToShow(), Consent.Problems.DecisionRecorder(), Consent.Problems.RelationshipRecorder(), Consent.Problems.ChangesGone(),
        Consent.Problems.LogUnavailable(), Consent.Problems.LogBusy(), Consent.Problems.StoreUnavailable(),
    }.ToFrozenDictionary(static problem => problem.ProblemDetails.Type!.Split('/')[^1]);

    /// <summary>What is said of an endpoint; null where nothing is.</summary>
    public static Door? Find(string method, string route) => Doors.GetValueOrDefault(KeyOf(method, route));

    /// <summary>The key of an endpoint.</summary>
    public static string KeyOf(string method, string route) => $"{method} /{Parameter().Replace(route.Trim('/'), "{$1}")}";

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
