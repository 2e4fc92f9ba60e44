// What professionals recorded about a client's ability to decide.
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>What professionals recorded about the client's ability to decide, taken together.</summary>
/// <param name="Ability">What is recorded; null = nothing.</param>
/// <param name="Until">Until when no decision ends or begins that would change it.</param>
internal readonly record struct Capacity(Ability? Ability, DateTimeOffset? Until)
{
    /// <summary>What is in force at an instant in a context (null = any context), whatever the order on record.</summary>
    internal static Capacity Of(ClientFacts facts, string? context, DateTimeOffset at)
    {
        Ability? ability = null;
        var holding = new Holding();
        foreach (var decision in facts.Capacity)
        {
            if ((context is not null && decision.Context != context) || decision.To < at)
            {
                continue;
            }

            if (decision.From > at)
            {
                holding.EndsAt(decision.From.Value.AddTicks(-1));
            }
            else
            {
                ability = MinorsConsent.Narrower(ability, MinorsConsent.Meaning(decision));
                holding.EndsAt(decision.To);
            }
        }

        return new Capacity(ability, holding.Until);
    }
}
