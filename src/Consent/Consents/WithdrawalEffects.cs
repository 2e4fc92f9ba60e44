// What a withdrawal reaches and what it does not.
using System.Collections.Immutable;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Finds who already holds what was given on the strength of a consent, which flows stop, and which go on without it.</summary>
internal sealed class WithdrawalEffects(ConsentScope scope)
{
    /// <summary>Recipients of data that rested on any version of the consent, as the log has them.</summary>
    public static async Task<ImmutableArray<DataHolder>> HoldersAsync(Session session, ClientId client, string consentId, CancellationToken cancellation)
    {
        var received = new List<(LogParty To, DateTimeOffset Time, IEnumerable<DataItemId> Items)>();
        var rows = session.StreamAsync(
            $"SELECT {LogTable.Columns} FROM log_entry WHERE client = @client AND kind IN ('disclosure', 'use', 'write-intent') ORDER BY leaf_index",
            LogTable.Read,
            cancellation,
            ("client", client.Reveal()));
        await foreach (var logged in rows)
        {
            if (logged.Entry() is { To: { } to } entry && entry.Items.Where(item => RestsOn(item, consentId)).Select(static item => item.Item).ToArray() is { Length: > 0 } items)
            {
                received.Add((to, entry.Time, items));
            }
        }

        return [.. received.GroupBy(static one => DisclosureEnds.Of(one.To)).Select(static group => new DataHolder
        {
            Recipient = group.Key!,
            Items = [.. group.SelectMany(static one => one.Items).Distinct().OrderBy(static item => item.Value, StringComparer.Ordinal)],
            FirstTime = group.Min(static one => one.Time),
            LastTime = group.Max(static one => one.Time),
            Count = group.Count(),
        })];
    }

    /// <summary>Flows that rested on the consent and have nothing else to rest on.</summary>
    public ImmutableArray<AffectedFlow> Stops(ConsentRecord withdrawn, IReadOnlyCollection<ConsentRecord> others) =>
        [.. from flow in scope.FlowsOn(withdrawn)
            let items = flow.Items.Where(item => !others.Any(other => Carries(other, withdrawn, item))).ToImmutableArray()
            where items.Length > 0
            select new AffectedFlow { Rule = flow.Rule.Id, Items = items }];

    /// <summary>Flows of the same items to the same recipient that go on: on another consent in force, or by statute alone.</summary>
    public ImmutableArray<AffectedFlow> Continues(ConsentRecord withdrawn, IReadOnlyCollection<ConsentRecord> others) =>
        [.. from flow in scope.FlowsOn(withdrawn)
            from other in others
            let items = flow.Items.Where(item => Carries(other, withdrawn, item)).ToImmutableArray()
            where items.Length > 0
            select new AffectedFlow { Rule = flow.Rule.Id, Items = items, Consent = new ConsentReference { Id = other.Id, Version = other.Version, Form = other.Form } },
            .. scope.FlowsBeside(withdrawn).Select(static flow => new AffectedFlow { Rule = flow.Rule.Id, Items = flow.Items })];

    private static bool RestsOn(LogItem item, string consentId) => item.Released && item.Consents.Any(consent => consent.Id == consentId);

    private static bool Carries(ConsentRecord other, ConsentRecord withdrawn, DataItemId item) =>
        other.Id != withdrawn.Id
        && other.Form == withdrawn.Form
        && other.Type == ConsentType.Permit
        && other.Purpose == withdrawn.Purpose
        && other.RecipientSector == withdrawn.RecipientSector
        && other.RecipientOrganisation == withdrawn.RecipientOrganisation
        && (other.RecipientRole is null || other.RecipientRole == withdrawn.RecipientRole)
        && (other.AllItems || other.Items.Contains(item));
}
