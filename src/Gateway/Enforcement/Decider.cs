// Asks the decision point, and asks the consent service again before anything is refused on an old state.
using System.Collections.Immutable;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Clients;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Enforcement;

/// <summary>A client with what was decided about them.</summary>
internal sealed record Judged(KnownClient Known, Decided Decided)
{
    internal AccessRequest Request => Decided.Request;

    internal Decision Decision => Decided.Decision;

    internal IReadOnlySet<DataItemId> Permitted { get; init; } = Decided.Decision.Permits.Select(static permit => permit.Item).ToHashSet();

    /// <summary>Elements that must stay although their item may go.</summary>
    internal IEnumerable<string> Masked => Decision.Permits.SelectMany(static permit => permit.Masked);
}

/// <summary>Decides on items of one client.</summary>
internal sealed class Decider(PolicyDecisionPoint point, ClientStates states, TimeProvider clock)
{
    /// <summary>The question about items of one client, without labels.</summary>
    internal static AccessRequest MakeRequest(Asker asker, Direction direction, IEnumerable<DataItemId> items, IEnumerable<string>? labels = null)
    {
        var (from, to) = asker.Ends(direction);
        return new AccessRequest
        {
            From = from,
            To = to,
            Direction = direction,
            Purpose = asker.Purpose,
            Items = items is ImmutableArray<DataItemId> ready ? ready : [.. items],
            Attestations = asker.Attestations,
            ItemLabels = labels is null ? [] : [.. labels],
            Atomic = direction != Direction.Read,
        };
    }

    /// <summary>Decides on the state as it is known, for an instant that the log can write down exactly.</summary>
    internal Judged Decide(AccessRequest request, KnownClient known) => new(known, Decided.Make(point, request, known.State, CanonicalTime.Cut(clock.GetUtcNow())));

    /// <summary>Decides on a document with labels.</summary>
    internal (Decided Whole, Decision Document) DecideOnDocument(Decided decided, IReadOnlyCollection<string> labels) => decided.With(point, labels);

    /// <summary>Decides; a denial that the client's state could change is made only on a state read just now. Null = the consent service cannot be asked.</summary>
    internal async Task<Judged?> DecideAsync(AccessRequest request, KnownClient known, CancellationToken cancellation)
    {
        var judged = Decide(request, known);
        // INVARIANT: nothing to give takes one question whether a state was kept or not: who gets nothing does not learn by time that somebody else asks about this client.
        if (known.IsFresh || (!judged.Decision.DeniesAll && judged.Decision.Denials.All(static denial => DependsOnLawAlone(denial.Reason))))
        {
            return judged;
        }

        return await RefreshAsync(known, cancellation) is { } fresh ? Decide(request, fresh) : null;
    }

    /// <summary>The client as on record now, asked for by the identity that was named: who stands for it may have changed. Null = the consent service cannot be asked.</summary>
    internal async Task<KnownClient?> RefreshAsync(KnownClient known, CancellationToken cancellation) =>
        await states.RefreshAsync(known.Named, cancellation) is { } fresh ? fresh with { Identifier = fresh.Identifier ?? known.Identifier } : null;

    /// <summary>Whether nothing on record could change it. Not yet valid may be a consent as well as a rule, so it does not count.</summary>
    private static bool DependsOnLawAlone(ReasonClass reason) => reason is ReasonClass.NoRule or ReasonClass.WrongDirection or ReasonClass.NoLongerValid;
}
