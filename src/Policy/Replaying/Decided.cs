// A decision with all that it was made from.
using System.Collections.Immutable;
using Sisote.Policy.Decisions;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Replaying;

/// <summary>What was asked, on which state, when, and what was decided; for an answer with labelled documents also what was decided for each set of labels.</summary>
public sealed record Decided
{
    /// <summary>The source's own label of a non-disclosure for personal safety (HL7 Finland base profiles): it counts as the fact, whatever is on record.</summary>
    private const string SafetyLabel = "TURVAKIELTO";

    /// <summary>What was asked.</summary>
    public required AccessRequest Request { get; init; }

    /// <summary>The state it was decided on.</summary>
    public required ConsentState State { get; init; }

    /// <summary>The instant it was decided for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was decided before any document was seen.</summary>
    public required Decision Decision { get; init; }

    /// <summary>What was decided for documents with labels, one for each different set.</summary>
    public ImmutableArray<LabelledDecision> Documents { get; init; } = [];

    /// <summary>Until when all of it holds: the earliest end.</summary>
    public DateTimeOffset? HoldsUntil => Documents.IsEmpty ? Decision.HoldsUntil : Documents.Select(static document => document.Decision.HoldsUntil).Prepend(Decision.HoldsUntil).Min();

    /// <summary>Obligations of all of it.</summary>
    public ImmutableArray<string> Obligations => Documents.IsEmpty ? Decision.Obligations : [.. Decision.Obligations.Concat(Documents.SelectMany(static document => document.Decision.Obligations)).Distinct()];

    /// <summary>Decides.</summary>
    public static Decided Make(PolicyDecisionPoint point, AccessRequest request, ConsentState state, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(point);
        return new Decided { Request = request, State = state, At = at, Decision = point.Decide(request, request.ItemLabels.IsDefaultOrEmpty ? state : AsLabelled(state, request.ItemLabels), at) };
    }

    /// <summary>Decides again what was decided, from what was kept of it.</summary>
    public static Decided Replay(PolicyDecisionPoint point, AccessRequest request, DecisionInputs inputs, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var whole = request with { Atomic = inputs.Atomic, ItemLabels = inputs.Labels, ItemTags = inputs.TagsByItem() };
        if (inputs.Impersonal)
        {
            whole = whole with { From = whole.From with { Professional = null }, To = whole.To with { Professional = null } };
        }

        return inputs.Documents.Aggregate(Make(point, whole, inputs.State, at), (decided, labels) => decided.With(point, labels).Whole);
    }

    /// <summary>Decides on a document with labels, for the same instant; labels close or mask, they never open.</summary>
    public (Decided Whole, Decision Document) With(PolicyDecisionPoint point, IReadOnlyCollection<string> labels)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (labels.Count == 0)
        {
            return (this, Decision);
        }

        if (Documents.FirstOrDefault(document => document.Labels.SequenceEqual(labels)) is { } known)
        {
            return (this, known.Decision);
        }

        var document = new LabelledDecision([.. labels], point.Decide(Request with { ItemLabels = [.. labels] }, AsLabelled(State, labels), At));
        return (this with { Documents = Documents.Add(document) }, document.Decision);
    }

    private static ConsentState AsLabelled(ConsentState state, IReadOnlyCollection<string> labels) =>
        labels.Contains(SafetyLabel) ? state with { Facts = state.Facts with { SafetyProhibition = true } } : state;

    /// <summary>Whether no person stands behind the request.</summary>
    public bool IsImpersonal => Request is { From.Professional: null, To.Professional: null };

    /// <summary>What must be kept beside the record for a replay.</summary>
    public DecisionInputs Inputs() => new()
    {
        State = State,
        Atomic = Request.Atomic,
        Impersonal = IsImpersonal,
        Labels = Request.ItemLabels.IsDefault ? [] : Request.ItemLabels,
        Tags = Request.ItemTags.ToImmutableSortedDictionary(static pair => pair.Key.Value, static pair => pair.Value, StringComparer.Ordinal),
        Documents = [.. Documents.Select(static document => document.Labels)],
    };
}

/// <summary>What was decided for documents with these labels.</summary>
/// <param name="Labels">Codes, as the source set them.</param>
/// <param name="Decision">The decision; its items are those of the request.</param>
public sealed record LabelledDecision(ImmutableArray<string> Labels, Decision Decision);
