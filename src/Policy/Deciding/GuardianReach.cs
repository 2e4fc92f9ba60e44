// What of a minor's matters a guardian reaches, context by context.
using Sisote.Policy.Catalogues;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>
/// The viewing rule of guardians: whether a context of a minor's matters is open to a guardian at an instant, by age, capacity, bar and safety. It asks what the never rules on guardians ask, so
/// that no page shows what a decision would keep; whose guardian it is, and until when, the consent service knows.
/// </summary>
/// <remarks>A doubt closes: an unknown birth date, an unknown protection, decisions that contradict each other, a context that nobody knows.</remarks>
public static class GuardianReach
{
    /// <summary>Whether a context is open.</summary>
    /// <param name="policies">The minors' policies of the catalogue.</param>
    /// <param name="facts">The minor's facts.</param>
    /// <param name="context">A context of capacity decisions; null = not known, so that whatever closes any context closes it.</param>
    /// <param name="at">When.</param>
    public static bool IsOpen(IEnumerable<MinorsPolicy> policies, ClientFacts facts, string? context, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return IsMinor(facts, at)
            && facts is { Deceased: false, SafetyProhibition: false, GuardianSafetyProhibition: false }
            && !IsBarred(facts, context)
            && IsCapacityKnown(policies, facts, context, at);
    }

    /// <summary>Whether the client is known to be under age; at the first instant of the eighteenth birthday in Finland no more.</summary>
    public static bool IsMinor(ClientFacts facts, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Lifetime.YearsOn(facts, FinnishTime.DateOf(at)) < MinorsConsent.FullAge;
    }

    /// <summary>Whether a minor is on record as able to decide in a context.</summary>
    public static bool IsAble(ClientFacts facts, string context, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Capacity.Of(facts, context, at).Ability is Ability.Able or Ability.AbleAndForbids;
    }

    /// <summary>Whether the guardian is barred: by a bar of the context, by one told without a context, or by the code of a capable minor who forbids, whatever its context and time.</summary>
    internal static bool IsBarred(ClientFacts facts, string? context)
    {
        if (facts.GuardianBar || (facts.GuardianBars is { IsDefaultOrEmpty: false } bars && (context is null || bars.Contains(context))))
        {
            return true;
        }

        foreach (var decision in facts.Capacity)
        {
            if (MinorsConsent.Meaning(decision) == Ability.AbleAndForbids)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCapacityKnown(IEnumerable<MinorsPolicy> policies, ClientFacts facts, string? context, DateTimeOffset at) =>
        Capacity.Of(facts, context, at).Ability is { } ability
            ? ability != Ability.Unknown
            : Lifetime.YearsOn(facts, FinnishTime.DateOf(at)) < policies.Min(static policy => policy.AssumedNotAbleBelow);
}
