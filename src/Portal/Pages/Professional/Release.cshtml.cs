// One request that waits: the professional releases some of it, or nothing. Nothing is chosen beforehand.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sisote.Doors;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Portal.Backends;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Pages;

[Authorize(nameof(PersonKind.Professional))]
internal sealed class ReleaseModel(ConsentApi consent, RoomSettings settings, PageTexts texts, TimeProvider clock) : PortalPage
{
    public WaitingRelease? Waiting { get; private set; }

    [BindProperty]
    public IReadOnlyList<string> Items { get; set; } = [];

    /// <summary>What stood on the page when it was sent: what joined meanwhile is not decided with it.</summary>
    [BindProperty]
    public IReadOnlyList<string> Shown { get; set; } = [];

    [BindProperty]
    public IReadOnlyList<string> Why { get; set; } = [];

    [BindProperty]
    public string? Time { get; set; }

    [BindProperty]
    public string? LastDay { get; set; }

    [BindProperty]
    public string? Decline { get; set; }

    /// <summary>The conditions to decide on, in the order of the form.</summary>
    public ImmutableArray<ConditionId> Conditions => [.. Waiting!.Items.SelectMany(static item => item.Decisions).Distinct()];

    /// <summary>The items that a condition is decided for; empty where it is all of them.</summary>
    public IEnumerable<DataItemId> LimitedTo(ConditionId condition) => Waiting!.Items.All(item => item.Decisions.Contains(condition)) ? [] : Waiting.Items.Where(item => item.Decisions.Contains(condition)).Select(static item => item.Item);

    /// <summary>What stands beside the field of a ground; null where nothing does.</summary>
    public string? DescribedBy(int place) =>
        string.Join(' ', new[] { LimitedTo(Conditions[place]).Any() ? $"why-{place}-hint" : null, FaultOf($"why-{place}") is null ? null : $"why-{place}-fault" }.OfType<string>()) is { Length: > 0 } found ? found : null;

    /// <summary>Reasons to decline all of it.</summary>
    public IEnumerable<DecisionReason> Declining => Conditions.SelectMany(condition => ReasonsFor(condition, releases: false)).DistinctBy(static reason => reason.Code);

    private ImmutableArray<DataItemId> Seen => [.. Waiting!.Items.Select(static item => item.Item).Where(item => Shown.Contains(item.Value))];

    private DateOnly Today => PageTexts.DayIn(clock.GetUtcNow());

    /// <summary>The reasons of the catalogue for a condition.</summary>
    public IEnumerable<DecisionReason> ReasonsFor(ConditionId condition, bool releases) =>
        settings.Catalogue.Conditions.TryGetValue(condition, out var known) ? known.Reasons.Where(reason => reason.Releases == releases) : [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellation) => await FindAsync(id, cancellation) ?? Page();

    public async Task<IActionResult> OnPostReleaseAsync(string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is { } ended)
        {
            return ended;
        }

        var chosen = Seen.Where(item => Items.Contains(item.Value)).ToImmutableArray();
        var lastDay = PageTexts.ReadDay(LastDay);
        var needed = NeededFor(chosen);
        FindFaults(chosen.IsEmpty, needed, lastDay);
        return Faults.Count > 0 ? Page() : Done(
            await consent.ReleaseAsync(id, new ReleaseItems
            {
                Items = chosen,
                Shown = Seen,
                Reasons = Conditions.Select((condition, place) => (condition, place)).Where(pair => needed.Contains(pair.condition)).ToImmutableSortedDictionary(static pair => pair.condition.Value, pair => Why[pair.place], StringComparer.Ordinal),
                Once = Time == "once",
                Until = Time == "once" ? null : PageTexts.EndOf(lastDay!.Value),
            }, cancellation),
            "released");
    }

    public async Task<IActionResult> OnPostDeclineAsync(string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is { } ended)
        {
            return ended;
        }

        if (!Declining.Any(reason => reason.Code == Decline))
        {
            Faults.Add(new FieldFault("decline", texts["releases.fault.why"]));
            return Page();
        }

        return Done(await consent.DeclineAsync(id, new DeclineItems { Shown = Seen, Reason = Decline! }, cancellation), "declined");
    }

    /// <summary>Finds what waits; what to answer where it does not wait any more.</summary>
    private async Task<IActionResult?> FindAsync(string id, CancellationToken cancellation)
    {
        var answer = await consent.GetReleasesAsync(cancellation);
        if (answer is not Answer<WaitingReleases>.Ok { Value: var waiting })
        {
            return Ended(answer);
        }

        Waiting = waiting.Releases.FirstOrDefault(one => one.Id == id);
        return Waiting switch
        {
            null => NotFound(),
            { State: "open" } => null,
            _ => Redirect("/releases?done=late"),
        };
    }

    /// <summary>The conditions of the chosen items; as long as nothing is chosen, those of every item.</summary>
    private HashSet<ConditionId> NeededFor(ImmutableArray<DataItemId> chosen) => chosen.IsEmpty
        ? [.. Conditions.Where(condition => !LimitedTo(condition).Any())]
        : [.. Waiting!.Items.Where(item => chosen.Contains(item.Item)).SelectMany(static item => item.Decisions)];

    /// <summary>What is missing. A ground is asked for what the chosen items need, and for nothing else.</summary>
    private void FindFaults(bool isNothing, HashSet<ConditionId> needed, DateOnly? lastDay)
    {
        if (isNothing)
        {
            Faults.Add(new FieldFault("items-0", texts["releases.fault.items"]));
        }

        for (var place = 0; place < Conditions.Length; place++)
        {
            if (needed.Contains(Conditions[place]) && (place >= Why.Count || !ReasonsFor(Conditions[place], releases: true).Any(reason => reason.Code == Why[place])))
            {
                Faults.Add(new FieldFault($"why-{place}", texts["releases.fault.why"]));
            }
        }

        if (Time is not ("once" or "until"))
        {
            Faults.Add(new FieldFault("time-0", texts["releases.fault.time"]));
        }
        else if (Time == "until" && (lastDay is null || lastDay < Today || lastDay > Today.AddYears(1)))
        {
            Faults.Add(new FieldFault("last-day", texts["releases.fault.day"]));
        }
    }

    private IActionResult Done(Answer<DecisionStands> answer, string done) => answer switch
    {
        Answer<DecisionStands>.Ok => Redirect($"/releases?done={done}"),
        Answer<DecisionStands>.Refused { Status: StatusCodes.Status409Conflict } => Redirect("/releases?done=late"),
        _ => Ended(answer),
    };
}
