// The disclosure log of the officer's organisation. Finnish: Luovutusloki.
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Portal.Backends;
using Sisote.Portal.LogViews;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.DataProtectionOfficer))]
internal sealed class LogModel(ConsentApi consent, PageTexts texts, Names names, TimeProvider clock) : PortalPage
{
    public LogQuery Filter { get; private set; } = new();

    public LogPage? Found { get; private set; }

    /// <summary>The facets that narrow the list: title, and for each value its name, count and address.</summary>
    public IEnumerable<(string Title, IReadOnlyList<(string Name, long Count, string Address)> Values)> Facets =>
    [
        (texts["log.outcome"], [.. Found!.Facets.Outcomes.Select(each => (texts.Code("outcome", each.Value), each.Count, (First with { Outcome = each.Value }).Address))]),
        (texts["log.kind"], [.. Found.Facets.Kinds.Select(each => (texts.Code("kind", each.Value), each.Count, (First with { Kind = KindOf(each.Value) }).Address))]),
        (texts["log.system"], [.. Found.Facets.Systems.Select(each => (names.Of(SystemId.Parse(each.Value)), each.Count, (First with { System = SystemId.Parse(each.Value) }).Address))]),
        (texts["log.item"], [.. Found.Facets.Items.Select(each => (names.Of(DataItemId.Parse(each.Value)), each.Count, (First with { Item = DataItemId.Parse(each.Value) }).Address))]),
        (texts["log.rule"], [.. Found.Facets.Rules.Select(each => ($"{each.Value} {names.Of(RuleId.Parse(each.Value))}", each.Count, (First with { Rule = RuleId.Parse(each.Value) }).Address))]),
    ];

    /// <summary>What narrows the list now, each with the address without it.</summary>
    public IEnumerable<(string Text, string Without)> Chosen
    {
        get
        {
            if (Filter.Outcome is { } outcome)
            {
                yield return ($"{texts["log.outcome"]}: {texts.Code("outcome", outcome)}", (First with { Outcome = null }).Address);
            }

            if (Filter.Kind is { } kind)
            {
                yield return ($"{texts["log.kind"]}: {texts.Code("kind", LogFilter.KindText(kind))}", (First with { Kind = null }).Address);
            }

            if (Filter.System is { } system)
            {
                yield return ($"{texts["log.system"]}: {names.Of(system)}", (First with { System = null }).Address);
            }

            if (Filter.Item is { } item)
            {
                yield return ($"{texts["log.item"]}: {names.Of(item)}", (First with { Item = null }).Address);
            }

            if (Filter.Rule is { } rule)
            {
                yield return ($"{texts["log.rule"]}: {rule}", (First with { Rule = null }).Address);
            }
        }
    }

    private LogQuery First => Filter with { Cursor = null };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Filter = LogQuery.Read(Request.Query);
        var answer = await consent.GetLogAsync(Filter.ToFilter(clock.GetUtcNow()), cancellation);
        Found = answer.ValueOrDefault;
        return Found is null ? Ended(answer) : Page();
    }

    private static LogEntryKind? KindOf(string code) => Enum.GetValues<LogEntryKind>().Cast<LogEntryKind?>().FirstOrDefault(kind => LogFilter.KindText(kind!.Value) == code);
}
