// A guardianship as a register told it.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Minors;

/// <summary>One version of what is told of a child and a guardian. Never changed once written.</summary>
internal sealed record Guardianship
{
    public const string Sole = "sole";
    public const string Joint = "joint";

    /// <summary>A limit that leaves the guardian nothing.</summary>
    public const string Everything = "all";

    public required ClientId Child { get; init; }

    public required ClientId Guardian { get; init; }

    /// <summary>The keys under which the row stands: those of the identities that the register named. <see cref="Child"/> and <see cref="Guardian"/> stand for the persons.</summary>
    public required (ClientId Child, ClientId Guardian) Row { get; init; }

    public required int Version { get; init; }

    public required SystemId Source { get; init; }

    public required string Custody { get; init; }

    public required ImmutableArray<string> Limits { get; init; }

    public required DateTimeOffset From { get; init; }

    public DateTimeOffset? To { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string EntryId { get; init; }

    /// <summary>What the child is called.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the guardian is one at an instant.</summary>
    public bool IsInForce(DateTimeOffset at) => From <= at && !(To < at);

    /// <summary>Whether a court left the context to the guardian; null = a context that nobody knows, which any limit closes.</summary>
    public bool Reaches(string? context) => Limits.IsEmpty || (context is not null && !Limits.Contains(context) && !Limits.Contains(Everything));

    /// <summary>
    /// What holds of one child and one guardian who were told under several identities; null where it does not hold at the instant. INVARIANT: no identity opens what another closed: the limits in force are
    /// taken together, joint custody goes before sole, and an end that was told after a row ends that row too.
    /// </summary>
    public static Guardianship? Fold(IReadOnlyCollection<Guardianship> rows, DateTimeOffset at)
    {
        var ended = rows.Where(row => row.To < at).Select(static row => row.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        var holding = rows.Where(row => row.IsInForce(at) && row.At >= ended).OrderByDescending(static row => row.At).ToList();
        return holding.Count == 0 ? null : holding[0] with
        {
            Custody = holding.Exists(static row => row.Custody == Joint) ? Joint : holding[0].Custody,
            Limits = [.. holding.SelectMany(static row => row.Limits).Distinct().Order(StringComparer.Ordinal)],
            Name = holding.Find(static row => row.Name is not null)?.Name,
        };
    }

    /// <summary>Whether this leaves the guardian more than what was told before, at an instant: a guardian who was none, fewer limits, a longer time, or the say alone instead of together.</summary>
    public bool Opens(Guardianship? before, DateTimeOffset at) =>
        !(To < at) && (before is null || before.To < at || From < before.From || (before.To is { } end && (To is null || To > end)) || before.Limits.Except(Limits).Any() || (before.Custody == Joint && Custody == Sole));

    /// <summary>Whether another version says the same.</summary>
    public bool SaysAs(Guardianship other) =>
        (Source, Custody, From, To, Name) == (other.Source, other.Custody, other.From, other.To, other.Name) && Limits.SequenceEqual(other.Limits);
}
