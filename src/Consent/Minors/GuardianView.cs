// What of a child's matters a guardian sees.
using System.Collections.Immutable;
using Sisote.Consent.Consents;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Consent.Minors;

/// <summary>
/// One viewing rule for each context, asked at the instant of looking: what was open when it happened is closed as soon as the child bars it. An event or consent belongs to every context that its ends
/// and its items name; all of them must be open.
/// </summary>
internal sealed class GuardianView(LegalCatalogue catalogue, Deployment deployment, ConsentScope scope)
{
    private const string TellsGuardian = "inform-guardian";
    private static readonly LogEntryKind[] Given = [LogEntryKind.Disclosure, LogEntryKind.Use, LogEntryKind.WriteIntent];

    private readonly PolicyDecisionPoint point = new(catalogue, deployment);

    // What the law asks before a guardian sees anything: under age, and a guardian. Both were looked up before this is asked.
    private readonly ImmutableArray<Attestation> verified =
    [
        .. catalogue.Rules.Values.Where(static rule => rule.Pairs.Any(static pair => pair.To.Sector == ActingGuardian.Party.Sector && pair.To.Roles.Contains(ActingGuardian.Party.Role!.Value)))
            .SelectMany(static rule => rule.Conditions).Distinct().Select(static condition => new Attestation { Condition = condition, BySystem = true, Reference = "guardianship" }),
    ];

    /// <summary>Whether all of some contexts are open to the guardian.</summary>
    public bool IsOpen(ActingGuardian acting, IReadOnlyCollection<string?> contexts, DateTimeOffset at) =>
        contexts.All(context => acting.Guardianship.Reaches(context) && GuardianReach.IsOpen(catalogue.MinorsPolicies.Values, acting.Facts, context, at));

    /// <summary>Whether any context is open to the guardian: where none is, no event and no consent is.</summary>
    public bool OpensAny(ActingGuardian acting, DateTimeOffset at) => Contexts.Any(context => IsOpen(acting, [context], at));

    /// <summary>The items whose own context is closed to the guardian: whatever names one of them is not shown.</summary>
    public IEnumerable<DataItemId> ClosedItems(ActingGuardian acting, DateTimeOffset at)
    {
        var closed = Contexts.Where(context => !IsOpen(acting, [context], at)).OfType<string>().ToHashSet();
        return catalogue.Items.Values.Where(item => ContextOf(item.Sector) is { } context && closed.Contains(context)).Select(static item => item.Id);
    }

    /// <summary>Whether the guardian sees an event.</summary>
    public bool Shows(ActingGuardian acting, LogEntry entry, DateTimeOffset at) =>
        Given.Contains(entry.Kind)
        && entry.Items.Any(static item => item.Released)
        && entry.Visibility.Client && !(entry.Visibility.From > at)
        && !entry.Items.Any(item => item.Rule is { } rule && IsSecretNotice(rule))
        && IsOpen(acting, ContextsOf(entry), at)
        && MayGo(acting, entry, at);

    /// <summary>Whether the guardian sees a consent: one that guardians gave, alone or with the child, in contexts that are open.</summary>
    public bool Shows(ActingGuardian acting, ConsentRecord consent, DateTimeOffset at) =>
        consent.GivenBy is "guardian" or "guardians" or "client-and-guardian" && IsOpen(acting, ContextsOf(consent), at);

    /// <summary>The contexts of a consent: those in which its rules ask who decides, its recipient's and its items'.</summary>
    public IReadOnlyCollection<string?> ContextsOf(ConsentRecord consent) => Known(
        [
            .. scope.FlowsOn(consent).SelectMany(static flow => flow.Rule.Consents).Where(asked => asked.Form == consent.Form).Select(static asked => asked.MinorsContext).OfType<string>()
                .Select(context => catalogue.MinorsPolicies[context].CapacityContext),
            ContextOf(consent.RecipientSector),
        ],
        consent.Items);

    /// <summary>Every context that an event or a consent can belong to; null = one that nobody knows.</summary>
    private IEnumerable<string?> Contexts => [null, .. catalogue.MinorsPolicies.Values.Select(static policy => policy.CapacityContext).Distinct()];

    private IReadOnlyCollection<string?> ContextsOf(LogEntry entry) => Known([ContextOf(entry.From?.Sector), ContextOf(entry.To?.Sector)], entry.Items.Select(static item => item.Item));

    /// <summary>Items of no sector in particular follow the others; where nothing names a context, or an item is not known any more, the context is unknown.</summary>
    private HashSet<string?> Known(IEnumerable<string?> ends, IEnumerable<DataItemId> items)
    {
        var named = items.ToList();
        var contexts = ends.Concat(named.Select(item => ContextOf(catalogue.Items.GetValueOrDefault(item)?.Sector))).Where(static context => context is not null).ToHashSet();
        if (contexts.Count == 0 || !named.All(catalogue.Items.ContainsKey))
        {
            contexts.Add(null);
        }

        return contexts;
    }

    private string? ContextOf(SectorId? sector) => sector is { } known ? catalogue.MinorsPolicies.GetValueOrDefault(known.Value)?.CapacityContext : null;

    /// <summary>A statutory notice is not shown to a guardian unless the law has the guardian told; one of a rule that is not known any more neither.</summary>
    private bool IsSecretNotice(RuleId id) =>
        !catalogue.Rules.TryGetValue(id, out var rule) || (rule.StatutoryNotification && !rule.Obligations.Contains(TellsGuardian));

    /// <summary>What the decision point would say if the guardian read these items now. That an item of no sector has no context of its own was judged above.</summary>
    private bool MayGo(ActingGuardian acting, LogEntry entry, DateTimeOffset at)
    {
        if (entry.From is not { Sector: { } sector, Role: { } role })
        {
            return false;
        }

        var request = new AccessRequest
        {
            From = new Party { Sector = sector, Role = role, Organisation = entry.From.Organisation },
            To = new Party { Sector = ActingGuardian.Party.Sector!.Value, Role = ActingGuardian.Party.Role!.Value },
            Direction = Direction.Read,
            Items = [.. entry.Items.Select(static item => item.Item).Distinct()],
            Attestations = verified,
        };
        var state = new ConsentState { Client = acting.Child, Revision = 0, AgreementsRevision = 0, Facts = acting.Facts };
        return point.Decide(request, state, at).Denials.All(deny => deny.Reason == ReasonClass.Guardian && ContextOf(catalogue.Items[deny.Item].Sector) is null);
    }
}
