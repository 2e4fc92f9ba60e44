// Who may consent for whom: the person of age alone, for a minor as the recorded capacity decision says.
using Sisote.Policy.Catalogues;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>What a professional recorded about a minor's ability to decide.</summary>
internal enum Ability
{
    Unknown,
    NotAble,
    Able,
    AbleAndForbids,
}

/// <summary>Whose consent is needed.</summary>
[Flags]
internal enum Givers
{
    Nobody = 0,
    Client = 1,
    Guardian = 2,
    Both = Client | Guardian,
    Either = 4,
}

/// <summary>Never the birth date alone: a minor's consent counts as a professional recorded.</summary>
internal static class MinorsConsent
{
    /// <summary>Full age in Finland.</summary>
    internal const int FullAge = 18;

    internal static Ability Meaning(CapacityDecision decision) => decision.Code switch
    {
        "1" => Ability.NotAble,
        "2" => Ability.Able,
        "3" => Ability.AbleAndForbids,
        _ => Ability.Unknown,
    };

    /// <summary>Of two decisions in force the narrower: the one that forbids; where one says able and the other not able, nobody knows.</summary>
    internal static Ability Narrower(Ability? one, Ability other) => (one, other) switch
    {
        (null, _) => other,
        (Ability.Able, Ability.AbleAndForbids) or (Ability.AbleAndForbids, Ability.Able) => Ability.AbleAndForbids,
        _ => one == other ? other : Ability.Unknown,
    };

    /// <summary>Whose consent a requirement needs for this client now; unknown age or capacity = nobody's will do.</summary>
    internal static Givers Needed(Requirement requirement, in Circumstances circumstances, ref Holding holding)
    {
        if (circumstances.AgeInYears is not { } years)
        {
            return Givers.Nobody;
        }

        if (years >= FullAge)
        {
            return Givers.Client;
        }

        holding.EndsAt(circumstances.EndOfMinority);
        if (requirement.Minors is not { } policy)
        {
            return Givers.Client;
        }

        var capacity = circumstances.CapacityIn(policy.CapacityContext);
        holding.EndsAt(capacity.Until);
        if (capacity.Ability is null && years < policy.AssumedNotAbleBelow)
        {
            holding.EndsWith(circumstances.LastDayBelow(policy.AssumedNotAbleBelow.Value));
        }

        return NeededOf(policy, years, capacity.Ability);
    }

    /// <summary>Whose consent a minor's matter needs.</summary>
    internal static Givers NeededOf(MinorsPolicy policy, int years, Ability? recorded) =>
        Needed(policy.Decider, recorded ?? (years < policy.AssumedNotAbleBelow ? Ability.NotAble : Ability.Unknown));

    /// <summary>Whether the giver of a consent is the client (or a representative of a client of age) or a guardian.</summary>
    internal static Givers GiverOf(ConsentRecord consent) => GiverOf(consent.GivenBy);

    /// <summary>On whose side a giver's word stands.</summary>
    internal static Givers GiverOf(string givenBy) => givenBy switch
    {
        "client" or "representative" => Givers.Client,
        "guardian" or "guardians" => Givers.Guardian,
        "client-and-guardian" => Givers.Both,
        _ => Givers.Nobody,
    };

    private static Givers Needed(MinorsDecider decider, Ability ability) => (decider, ability) switch
    {
        (MinorsDecider.Minor, _) => Givers.Client,
        (MinorsDecider.Guardian, _) => Givers.Guardian,
        (MinorsDecider.MinorOrGuardian, _) => Givers.Either,
        (_, Ability.Able or Ability.AbleAndForbids) => Givers.Client,
        (MinorsDecider.MinorAndGuardianUnlessMature, Ability.NotAble) => Givers.Both,
        (MinorsDecider.MinorIfCapableElseGuardian, Ability.NotAble) => Givers.Guardian,
        _ => Givers.Nobody,
    };
}
