// A giver or receiver as the rule pages name them.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Portal.Rules;

/// <summary>A role of a sector.</summary>
internal sealed record RuleSide(SectorId Sector, RoleId Role)
{
    /// <summary>How it stands in an address: <c>education/teacher</c>.</summary>
    internal string Code => $"{Sector}/{Role}";

    /// <summary>The roles of a party; none where it is anybody.</summary>
    internal static IEnumerable<RuleSide> Of(RuleParty party) => IsAnybody(party) ? [] : party.Roles.Select(role => new RuleSide(party.Sector, role));

    /// <summary>Whether a party is anybody at all.</summary>
    internal static bool IsAnybody(RuleParty party) => party.Sector.Value == RuleParty.AnyCode;

    /// <summary>Whether this side is meant by a party of a rule.</summary>
    internal bool IsIn(RuleParty party) => IsAnybody(party) || (party.Sector == Sector && party.Roles.Contains(Role));
}
