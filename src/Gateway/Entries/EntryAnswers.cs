// What becomes of an entry once it is decided.
using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Adapters;
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Recording;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Entries;

/// <summary>What a decided entry becomes: a request to the target, or an answer to the sender.</summary>
internal sealed class EntryAnswers(LegalCatalogue catalogue, Deployment deployment, HandleRing ring, Beginnings beginnings, TimeProvider clock)
{
    /// <summary>The refusal as the sender may see it: a missing agreement and the rules that work without it, or one neutral no.</summary>
    internal Refusal WhyNot(Callers.Asker asker, EntryDraft draft, EntryResource refused, Judged judged)
    {
        var (from, to) = asker.Ends(draft.Direction);
        string? Missing(DisclosureRule rule) => AgreementCheck.FindMissing(catalogue, rule, from, to, judged.Known.State.Agreements, clock.GetUtcNow());
        var carrying = draft.Sight.Rules.Where(rule => refused.Items.All(item => rule.Items.Contains(item))).ToArray();
        var lacks = carrying.Select(Missing).ToArray();
        return lacks is [{ } kind, ..] && lacks.All(static lack => lack is not null)
            ? Refusal.AgreementMissing(kind, draft.Sight.Rules.Except(carrying).Where(rule => Missing(rule) is null).Select(static rule => rule.Id.Value))
            : Refusal.EntryNotPermitted;
    }

    /// <summary>The entry on its way, once its intents are on record.</summary>
    internal Prepared.Forward Forward(Call call, PreparedEntry entry, ImmutableArray<Judged> judged, ImmutableArray<(LogEntry Entry, string? Receipt)> intents, MovedRelationship? moves)
    {
        var asker = call.Asker;
        var key = IdempotencyKey(call, entry, judged[0].Known.Named, intents[0].Entry);
        var begins = beginnings.Find(asker, entry.Draft, key); // the key that the target keeps with the entry, so that both sides can be joined
        var exchange = new WriteExchange(call)
        {
            Client = judged[0].Known.Client,
            Sent = [.. intents.Select((intent, place) => new SentResource(
                entry.Draft.Resources[place].Shape.Name, intent.Entry, intent.Receipt, begins?.Place == place ? begins.Value.Relationship : null, moves))],
            IsTransaction = entry.IsTransaction,
            Handles = ring.For(asker.System.Id),
            Step = entry.Step,
            Origin = entry.Origin is { } origin ? origin with { DeliveryKey = key } : null,
        };
        return new Prepared.Forward(exchange, MakeRequest(entry, asker.Other.Id.Value, [(WritePreparation.IdempotencyHeader, key), (SenderInfo.Header, Sender(asker, judged).ToHeader())]));
    }

    /// <summary>What may wait under the sender's own key; null where the sender gave none, and for an attempt out of the outbox.</summary>
    internal Repetition? FindRepetition(Call call, EntryOrigin? origin, KnownClient known) =>
        origin is { CallersKey: { } key, DeliveryKey: null } ? new Repetition(origin with { DeliveryKey = KeyOf(call, known.Named, key) }, known.Client, call.Asker.System.Id, call.Asker.Other.Id) : null;

    private static UpstreamRequest MakeRequest(PreparedEntry entry, string target, (string, string)[] headers) => new()
    {
        Method = entry.Step is null ? HttpMethods.Post : HttpMethods.Patch,
        Path = entry.Step is { } step ? $"/{target}/Task/{step.Task}" : entry.IsTransaction ? $"/{target}" : $"/{target}/{entry.Draft.Resources[0].Shape.Name}",
        ContentType = UpstreamRequest.FhirJson,
        Body = entry.MakeBody(),
        Headers = entry.Step is { Version: { } version } ? [.. headers, (HeaderNames.IfMatch, $"W/\"{version}\"")] : headers,
    };

    /// <summary>What the target knows a repeated entry by: the sender's own key for this client under a keyed hash, else the intent's id. A key that its sender uses again for another client is another entry's.</summary>
    /// <remarks>INVARIANT: a client is here the identity that the entry names, not the one that stands for it: a merge between two attempts makes no second entry of one.</remarks>
    private string IdempotencyKey(Call call, PreparedEntry entry, ClientId named, LogEntry intent) =>
        entry.Origin?.DeliveryKey ?? entry.Step?.Key ?? (entry.CallersKey is { } key ? KeyOf(call, named, key) : intent.Id);

    private string KeyOf(Call call, ClientId named, string key) => ring.EntryName(call.Asker.System.Id, call.Asker.Other.Id, $"{named.Reveal()}\n{key}", "entry").ToString();

    /// <summary>The rule is the one that carries most of the delivery.</summary>
    private SenderInfo Sender(Callers.Asker asker, ImmutableArray<Judged> judged) => new()
    {
        System = asker.System.Id,
        Organisation = asker.System.Organisation,
        OrganisationName = deployment.FindOrganisation(asker.System.Organisation)?.Name.Fi ?? asker.System.Organisation.Value,
        Role = asker.Business.SubjectRole,
        Professional = asker.Business.SubjectId,
        ProfessionalName = asker.Business.SubjectName,
        Rule = judged.SelectMany(static one => one.Decision.Permits).GroupBy(static permit => permit.Rule).OrderByDescending(static group => group.Count()).First().Key,
    };
}
