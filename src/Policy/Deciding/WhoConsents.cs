// Who may give a consent, asked before it is recorded.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>Whose word counts for a client at an instant: what a decision would say of a giver, without a request.</summary>
/// <param name="Counts">Whether the giver's word counts, alone or together with another's.</param>
/// <param name="Alone">Whether it is enough alone.</param>
/// <param name="CapacityDecisions">The decisions on a minor's capacity that it rests on, those with an identifier.</param>
public sealed record WhoConsents(bool Counts, bool Alone, ImmutableArray<string> CapacityDecisions)
{
    /// <summary>What a giver's word is worth.</summary>
    /// <param name="givenBy">client, guardian, guardians, client-and-guardian or representative.</param>
    /// <param name="policy">Who decides for a minor in the matter; null = the client alone.</param>
    /// <param name="facts">The client's facts.</param>
    /// <param name="at">When.</param>
    public static WhoConsents Of(string givenBy, MinorsPolicy? policy, ClientFacts facts, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var giver = MinorsConsent.GiverOf(givenBy);
        if (Lifetime.YearsOn(facts, FinnishTime.DateOf(at)) is not { } years || giver == Givers.Nobody)
        {
            return new WhoConsents(false, false, []);
        }

        if (years >= MinorsConsent.FullAge || policy is null)
        {
            return new WhoConsents((giver & Givers.Client) != 0, (giver & Givers.Client) != 0, []);
        }

        // A minor has guardians; only a person of age has a representative in this sense.
        var needed = givenBy == "representative" ? Givers.Nobody : MinorsConsent.NeededOf(policy, years, Capacity.Of(facts, policy.CapacityContext, at).Ability);
        var counts = needed == Givers.Either || (needed & giver) != Givers.Nobody;
        var alone = needed == Givers.Either || (counts && (giver & needed) == needed);
        return new WhoConsents(counts, alone, [.. facts.Capacity.Where(decision => IsRelied(decision, policy, at)).Select(static decision => decision.Id).OfType<string>()]);
    }

    /// <summary>The last instant at which a guardian's word can count; null where the client is of age or the birth date is not known.</summary>
    public static DateTimeOffset? EndOfMinority(ClientFacts facts, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Lifetime.YearsOn(facts, FinnishTime.DateOf(at)) < MinorsConsent.FullAge ? Holding.EndOf(Lifetime.LastDayBelow(facts, MinorsConsent.FullAge)) : null;
    }

    private static bool IsRelied(CapacityDecision decision, MinorsPolicy policy, DateTimeOffset at) =>
        decision.Context == policy.CapacityContext && !(decision.From > at) && !(decision.To < at);
}
