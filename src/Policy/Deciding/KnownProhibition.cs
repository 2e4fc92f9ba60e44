// A never rule or mask, ready to be asked whether it concerns a request.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>A prohibition with its recipients and purposes as tables: most are ruled out by two look-ups, before anything about the client is asked.</summary>
internal sealed class KnownProhibition
{
    private readonly bool[] towards;
    private readonly bool[] notFor;
    private readonly int roles;

    internal KnownProhibition(Prohibition rule, Vocabularies words, IReadOnlyDictionary<ConditionId, KnownCondition> conditions)
    {
        Rule = rule;
        Unless = [.. rule.Unless.Select(id => conditions[id])];
        notFor = words.Purposes.Mark(rule.OnlyPurposes.Select(static purpose => purpose.Value));
        roles = words.Roles.Count;
        towards = Towards(rule, words);
    }

    internal Prohibition Rule { get; }

    /// <summary>Conditions, any one of which lifts it.</summary>
    internal KnownCondition[] Unless { get; }

    /// <summary>Whether it speaks of this recipient (also of one whose codes nobody knows) and does not except the purpose (-1 = not known).</summary>
    internal bool Concerns(Ends ends, int purpose) => towards[(ends.ToSector * roles) + ends.ToRole] && !(purpose > 0 && notFor[purpose]);

    private static bool[] Towards(Prohibition rule, Vocabularies words)
    {
        var onlySectors = words.Sectors.Mark(rule.OnlySectors.Select(static sector => sector.Value));
        var toSectors = words.Sectors.Mark(rule.ToSectors.Select(static sector => sector.Value));
        var toRoles = words.Roles.Mark(rule.ToRoles.Select(static role => role.Value));
        var table = new bool[words.Sectors.Count * words.Roles.Count];
        for (var sector = 0; sector < words.Sectors.Count; sector++)
        {
            for (var role = 0; role < words.Roles.Count; role++)
            {
                table[(sector * words.Roles.Count) + role] =
                    !onlySectors[sector] && (rule.ToSectors.IsEmpty || toSectors[sector]) && (rule.ToRoles.IsEmpty || toRoles[role]);
            }
        }

        foreach (var party in rule.OnlyRecipients)
        {
            foreach (var role in party.Roles)
            {
                table[(words.Sectors.NumberOf(party.Sector.Value) * words.Roles.Count) + words.Roles.NumberOf(role.Value)] = false;
            }
        }

        return table;
    }
}
