// One rule of the catalogue with its statutes, for anybody to read. Finnish: Sääntö.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Portal.Rules;
using Sisote.Portal.SignIn;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

/// <summary>A rule: who gives what to whom, on which statutes, with which consents and conditions.</summary>
[AllowAnonymous, WithoutAccessToken]
internal sealed class RuleModel(RoomSettings settings, Names names, TimeProvider clock) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = string.Empty;

    /// <summary>The rule that the page shows.</summary>
    public DisclosureRule Rule { get; private set; } = null!;

    /// <summary>The day on which its term is told: today in Finland.</summary>
    public DateOnly On { get; } = PageTexts.DayIn(clock.GetUtcNow());

    /// <summary>Conditions that some pairs ask for besides those of the rule.</summary>
    public IEnumerable<ConditionId> OfSomePairs => Rule.Pairs.SelectMany(static pair => pair.Conditions).Distinct().Except(Rule.Conditions);

    /// <summary>The address that explains one item between the first pair that is not anybody; null where there is none.</summary>
    public string? Example => (
        from pair in Rule.Pairs
        from giver in RuleSide.Of(pair.From)
        from receiver in RuleSide.Of(pair.To)
        from item in pair.Items
        select $"/rules?from={Uri.EscapeDataString(giver.Code)}&to={Uri.EscapeDataString(receiver.Code)}&item={item}{((pair.Purpose ?? Rule.Purpose) is { } purpose ? $"&purpose={purpose}" : "")}").FirstOrDefault();

    public IActionResult OnGet()
    {
        if (settings.Catalogue.Rules.Values.FirstOrDefault(rule => rule.Id.Value == Id) is not { } rule)
        {
            return NotFound();
        }

        Rule = rule;
        return Page();
    }

    /// <summary>A party in words: its sector with the roles of it.</summary>
    public string Say(RuleParty party, PageTexts texts) =>
        RuleSide.IsAnybody(party) ? texts["rules.anybody"] : $"{names.Of(party.Sector)}: {texts.List([.. party.Roles.Select(names.Of)])}";
}
