// Why a decision came out as it did.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Replaying;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Tracing;

/// <summary>Puts an entry's codes beside the law's words of that day, and makes the decision again where the catalogue still is the one that decided.</summary>
internal sealed class Tracer(LegalCatalogue catalogue, ClientKeys keys)
{
    /// <summary>The trace as far as an organisation sees the entry; null where the entry tells of no decision.</summary>
    public async Task<DecisionTrace?> TraceAsync(Session session, LoggedEntry logged, OrganisationId viewer, CancellationToken cancellation)
    {
        if (logged.Entry() is not { Items.IsEmpty: false } whole)
        {
            return null;
        }

        var entry = Sight.Of(whole, viewer);

        var texts = entry.Catalogue is { } version ? await KeptLawTexts.FindAsync(session, version, CodesOf(entry), cancellation) : [];
        return new DecisionTrace
        {
            Index = logged.Index,
            DecidedAt = entry.DecidedAt ?? entry.Time,
            Catalogue = entry.Catalogue,
            CatalogueKeptSince = entry.Catalogue is { } known ? await KeptLawTexts.SinceAsync(session, known, cancellation) : null,
            Items = [.. entry.Items.Select(item => Show(item, texts))],
            Replay = await ReplayAsync(session, logged, whole, cancellation),
        };
    }

    private static IEnumerable<string> CodesOf(LogEntry entry) => entry.Items
        .SelectMany(static item => new[] { item.Item.Value, item.Rule?.Value, item.Prohibition?.Value, item.MissingCondition?.Value }.Concat(item.Conditions.Select(static held => held.Condition.Value)))
        .OfType<string>().Distinct();

    private static TracedItem Show(LogItem item, Dictionary<(string Kind, string Id), LawText> texts)
    {
        var traced = new TracedItem
        {
            Entry = item,
            Name = texts.GetValueOrDefault(("item", item.Item.Value))?.Text,
            Rule = item.Rule is { } rule ? texts.GetValueOrDefault(("rule", rule.Value)) : null,
            Prohibition = item.Prohibition is { } never ? texts.GetValueOrDefault(("prohibition", never.Value)) : null,
            Conditions = [.. item.Conditions.Select(static held => held.Condition.Value).Append(item.MissingCondition?.Value ?? string.Empty).Select(code => texts.GetValueOrDefault(("condition", code))).OfType<LawText>().DistinctBy(static text => text.Id)],
            Why = new LocalisedText { Fi = string.Empty, Sv = string.Empty, En = string.Empty },
        };
        return traced with { Why = TraceWords.Of(traced) };
    }

    private async Task<string> ReplayAsync(Session session, LoggedEntry logged, LogEntry entry, CancellationToken cancellation)
    {
        if (entry.Inputs is null || entry.Deployment is not { } deployment)
        {
            return "without-inputs";
        }

        if (entry.Catalogue != catalogue.Version)
        {
            return "older-catalogue";
        }

        var read = ReplayableEntry.Read(logged);
        var replayer = new Replayer(catalogue, null, keys);
        replayer.Bring(deployment, await KeptNarrowings.FindAsync(session, deployment, cancellation));
        var inputs = read.Inputs is { } where ? (await InputStore.FindAsync(session, [where], cancellation)).GetValueOrDefault(where) : null;
        return replayer.Replay(read, inputs) switch
        {
            Replayed.Same => "same",
            Replayed.InputsMissing => "inputs-missing",
            Replayed.InputsChanged => "inputs-changed",
            Replayed.DeploymentUnknown => "deployment-unknown",
            Replayed.NoDecision or Replayed.WithoutInputs => "without-inputs",
            _ => "otherwise",
        };
    }
}
