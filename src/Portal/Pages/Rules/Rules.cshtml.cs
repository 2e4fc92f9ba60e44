// Who may get what from whom, and on which ground, for anybody to read. Finnish: Säännöt.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Explanations;
using Sisote.Policy.Ids;
using Sisote.Portal.Rules;
using Sisote.Portal.SignIn;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

/// <summary>The rules of the catalogue, narrowed by giver, receiver, item and purpose; with giver, receiver and item it explains. A word that the law does not know is told and never guessed at.</summary>
[AllowAnonymous, WithoutAccessToken]
internal sealed class RulesModel(RoomSettings settings, PageTexts texts, TimeProvider clock) : PortalPage
{
    private readonly LegalCatalogue catalogue = settings.Catalogue;

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Item { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Purpose { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Day { get; set; }

    /// <summary>The day on which the law is read.</summary>
    public DateOnly On { get; private set; } = PageTexts.DayIn(clock.GetUtcNow());

    /// <summary>The rules that fit what was chosen, in order of their codes.</summary>
    public ImmutableArray<DisclosureRule> Found { get; private set; } = [];

    /// <summary>The explanation for each purpose that comes into question.</summary>
    public ImmutableArray<(PurposeId? Purpose, ImmutableArray<ExplainedLine> Lines)> Explained { get; private set; } = [];

    public IEnumerable<IGrouping<SectorId, RuleSide>> Givers => SidesOf(static pair => pair.From);

    public IEnumerable<IGrouping<SectorId, RuleSide>> Receivers => SidesOf(static pair => pair.To);

    public IEnumerable<DataItem> Items => catalogue.Items.Values.OrderBy(item => texts.Say(item.Labels), Order);

    public IEnumerable<PurposeId> Purposes => catalogue.Purposes.Keys.OrderBy(purpose => texts.Say(catalogue.Purposes[purpose]), Order);

    private StringComparer Order => StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo(texts.Language), ignoreCase: true);

    public void OnGet()
    {
        var giver = Read("from", From, Givers.SelectMany(static sector => sector).FirstOrDefault(side => side.Code == From));
        var receiver = Read("to", To, Receivers.SelectMany(static sector => sector).FirstOrDefault(side => side.Code == To));
        var item = Read("item", Item, catalogue.Items.Values.FirstOrDefault(item => item.Id.Value == Item));
        var purpose = string.IsNullOrEmpty(Purpose) ? null : catalogue.Purposes.Keys.Where(known => known.Value == Purpose).Select(static known => (PurposeId?)known).FirstOrDefault();
        if (!string.IsNullOrEmpty(Purpose) && purpose is null)
        {
            Faults.Add(new FieldFault("purpose", texts["rules.unknown"]));
        }

        if (!string.IsNullOrWhiteSpace(Day))
        {
            if (PageTexts.ReadDay(Day) is { } day)
            {
                On = day;
            }
            else
            {
                Faults.Add(new FieldFault("day", texts["rules.day.fault"]));
            }
        }

        if (Faults.Count > 0)
        {
            return;
        }

        var fitting = (
            from rule in catalogue.Rules.Values
            from pair in rule.Pairs
            where giver?.IsIn(pair.From) != false && receiver?.IsIn(pair.To) != false && (item is null || pair.Items.Contains(item.Id)) && (purpose is null || (pair.Purpose ?? rule.Purpose) == purpose)
            select (Rule: rule, Purpose: pair.Purpose ?? rule.Purpose)).ToArray();
        Found = [.. fitting.Select(static found => found.Rule).Distinct().OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)];
        if (giver is not null && receiver is not null && item is not null)
        {
            var purposes = purpose is not null ? [purpose] : fitting.Select(static found => found.Purpose).Distinct();
            var explainer = new CatalogueExplainer(catalogue);
            Explained = [.. purposes.Select(asked => (asked, ExplainedLine.Read(explainer.Explain(Question(giver, receiver, item.Id, asked), texts.Language))))];
        }
    }

    private ExplanationQuestion Question(RuleSide giver, RuleSide receiver, DataItemId item, PurposeId? purpose) => new()
    {
        FromSector = giver.Sector,
        FromRole = giver.Role,
        ToSector = receiver.Sector,
        ToRole = receiver.Role,
        Item = item,
        Purpose = purpose,
        Day = On,
    };

    /// <summary>What a field chose; a fault where it names what there is not.</summary>
    private T? Read<T>(string field, string? typed, T? known)
        where T : class
    {
        if (!string.IsNullOrEmpty(typed) && known is null)
        {
            Faults.Add(new FieldFault(field, texts["rules.unknown"]));
        }

        return known;
    }

    private IEnumerable<IGrouping<SectorId, RuleSide>> SidesOf(Func<RulePair, RuleParty> side) => catalogue.Rules.Values
        .SelectMany(static rule => rule.Pairs)
        .SelectMany(pair => RuleSide.Of(side(pair)))
        .Distinct()
        .OrderBy(one => texts.Say(catalogue.Sectors[one.Sector]), Order).ThenBy(one => texts.Say(catalogue.Roles[one.Role].Labels), Order)
        .GroupBy(static one => one.Sector);
}
