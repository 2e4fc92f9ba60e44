// A decision in the words of the log, and back to the question.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Deciding;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.Requests;

namespace Sisote.DisclosureLog.Entries;

/// <summary>The one way to write what was decided into an entry. A replay writes its own decision the same way and compares the bytes.</summary>
public static class DecisionRecord
{
    /// <summary>An obligation under which the client and the guardian see the event only when its recipient allows.</summary>
    private const string Hidden = "hidden-until-recipient-releases";

    private const int FullAge = 18;

    /// <summary>Writes a decision into an entry.</summary>
    /// <param name="entry">The entry: who asked, when, in which call.</param>
    /// <param name="decided">What was decided.</param>
    /// <param name="deployment">The narrowing by which it was decided.</param>
    /// <param name="inputs">The commitment to <see cref="Decided.Inputs"/>.</param>
    /// <param name="released">The items that went.</param>
    public static LogEntry Write(LogEntry entry, Decided decided, DeploymentVersion deployment, Digest? inputs, IReadOnlySet<DataItemId> released)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(decided);
        var (request, state) = (decided.Request, decided.State);
        return entry with
        {
            Client = state.Client,
            AgeClass = AgeClassOf(state.Facts.BirthDate, FinnishTime.DateOf(decided.At)),
            From = PartyOf(request.From, entry.From?.Professional),
            To = PartyOf(request.To, entry.To?.Professional),
            Direction = request.Direction,
            Purpose = request.Purpose,
            Channel = request.Channel,
            Attestations = request.Attestations,
            Items = ItemsOf(decided, released),
            Obligations = decided.Obligations,
            Catalogue = decided.Decision.Catalogue,
            Deployment = deployment,
            DecidedAt = CanonicalTime.Cut(decided.At),
            HoldsUntil = decided.HoldsUntil is { } until ? CanonicalTime.Cut(until) : null,
            Inputs = inputs,
            ClientRevision = state.Revision,
            AgreementsRevision = state.AgreementsRevision,
            Visibility = decided.Obligations.Contains(Hidden) ? new LogVisibility { Client = false } : entry.Visibility,
        };
    }

    /// <summary>The question that an entry answers, without what <see cref="DecisionInputs"/> add; null where the entry tells of no decision.</summary>
    public static AccessRequest? RequestOf(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry is { From: { Sector: not null, Role: not null } from, To: { Sector: not null, Role: not null } to, Direction: { } direction, Channel: { } channel, Items.IsDefaultOrEmpty: false }
            ? new AccessRequest
            {
                From = PartyOf(from),
                To = PartyOf(to),
                Direction = direction,
                Purpose = entry.Purpose,
                Channel = channel,
                Items = [.. entry.Items.Select(static item => item.Item)],
                Attestations = entry.Attestations,
            }
            : null;
    }

    private static ImmutableArray<LogItem> ItemsOf(Decided decided, IReadOnlySet<DataItemId> released)
    {
        var items = ImmutableArray.CreateBuilder<LogItem>(decided.Decision.Items.Length);
        foreach (var item in decided.Decision.Items)
        {
            ImmutableArray<ItemDecision> labelled = decided.Documents.IsEmpty ? [] : [.. decided.Documents.Select(document => document.Decision.Items[items.Count])];
            items.Add(ItemOf(item, labelled, released.Contains(item.Item)));
        }

        return items.MoveToImmutable();
    }

    private static string? AgeClassOf(DateOnly? born, DateOnly day) => born is not { } birth ? null : birth.AddYears(FullAge) <= day ? "of-age" : "minor";

    /// <summary>The log names the person behind a call even where the decision did not count on one (703/2023 10 §).</summary>
    private static LogParty PartyOf(Party party, ProfessionalId? behind) => new()
    {
        Organisation = party.Organisation,
        System = party.System,
        Sector = party.Sector,
        Role = party.Role,
        Actor = party.Actor,
        Professional = party.Professional ?? behind,
    };

    private static Party PartyOf(LogParty party) => new()
    {
        Sector = party.Sector!.Value,
        Role = party.Role!.Value,
        Organisation = party.Organisation,
        System = party.System,
        Actor = party.Actor,
        Professional = party.Professional,
    };

    /// <summary>An item that went from some documents stands under what permitted it, with what their labels kept in others; one that stayed in all stands under what closed it.</summary>
    private static LogItem ItemOf(ItemDecision decision, ImmutableArray<ItemDecision> labelled, bool released)
    {
        ItemDecision.Deny[] closed = labelled.IsEmpty ? [] : [.. labelled.OfType<ItemDecision.Deny>()];
        return decision switch
        {
            ItemDecision.Permit when !released && closed.Length > 0 => ItemOf(closed[0]),
            ItemDecision.Permit permit => new LogItem
            {
                Item = permit.Item,
                Released = released,
                Rule = permit.Rule,
                Basis = permit.Basis,
                Consents = permit.Consents,
                Conditions = permit.Conditions,
                Masked = labelled.IsEmpty ? permit.Masked : [.. permit.Masked.Union(labelled.OfType<ItemDecision.Permit>().SelectMany(static document => document.Masked))],
                Withheld = closed.Length == 0 ? [] : [.. closed.Select(static deny => new LogWithholding { Reason = deny.Reason, Prohibition = deny.Prohibition }).Distinct()],
            },
            ItemDecision.Deny deny => ItemOf(deny),
            _ => throw new InvalidOperationException("A decision is a permit or a denial."),
        };
    }

    private static LogItem ItemOf(ItemDecision.Deny deny) => new()
    {
        Item = deny.Item,
        Released = false,
        Rule = deny.Rule,
        Reason = deny.Reason,
        Prohibition = deny.Prohibition,
        MissingCondition = deny.Condition,
    };
}
