// What becomes of an entry once it is decided.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Adapters;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Recording;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;

namespace Sisote.Gateway.Entries;

/// <summary>What a decided entry becomes: a request to the target, or an answer to the sender.</summary>
internal sealed class EntryAnswers(LegalCatalogue catalogue, Deployment deployment, HandleRing ring, Beginnings beginnings, TimeProvider clock)
{
    /// <summary>The refusal as the sender may see it: a missing agreement and the rules that work without it, or one neutral no.</summary>
    internal Refusal WhyNot(Callers.Asker asker, EntryDraft draft, Judged judged)
    {
        var (from, to) = asker.Ends(draft.Direction);
        string? Missing(DisclosureRule rule) => AgreementCheck.FindMissing(catalogue, rule, from, to, judged.Known.State.Agreements, clock.GetUtcNow());
        var carrying = draft.Sight.Rules.Where(rule => draft.Items.All(item => rule.Items.Contains(item))).ToArray();
        var lacks = carrying.Select(Missing).ToArray();
        return lacks is [{ } kind, ..] && lacks.All(static lack => lack is not null)
            ? Refusal.AgreementMissing(kind, draft.Sight.Rules.Except(carrying).Where(rule => Missing(rule) is null).Select(static rule => rule.Id.Value))
            : Refusal.EntryNotPermitted;
    }

    /// <summary>The entry on its way, once its intent is on record.</summary>
    internal Prepared.Forward Forward(Call call, PreparedEntry entry, Judged judged, LogEntry intent, string? receipt)
    {
        var (asker, target) = (call.Asker, call.Asker.Other.Id.Value);
        var exchange = new WriteExchange(call)
        {
            Client = judged,
            Intent = intent,
            Receipt = receipt,
            Types = [.. entry.Draft.Resources.Select(static resource => resource.Shape.Name)],
            IsTransaction = entry.IsTransaction,
            Begins = beginnings.Find(asker, entry, IdempotencyKey(call, entry, intent)), // the key that the target keeps with the entry, so that both sides can be joined
            Handles = ring.For(asker.System.Id),
        };
        return new Prepared.Forward(exchange, new UpstreamRequest
        {
            Method = HttpMethods.Post,
            Path = entry.IsTransaction ? $"/{target}" : $"/{target}/{exchange.Types[0]}",
            ContentType = UpstreamRequest.FhirJson,
            Body = entry.MakeBody(),
            Headers = [(WritePreparation.IdempotencyHeader, IdempotencyKey(call, entry, intent)), (SenderInfo.Header, Sender(asker, judged).ToHeader())],
        });
    }

    /// <summary>What the target knows a repeated entry by: the sender's own key under a keyed hash, else the intent's id.</summary>
    private string IdempotencyKey(Call call, PreparedEntry entry, LogEntry intent) => entry.CallersKey is { } key ? EntryName(call, key, "entry") : intent.Id;

    private string EntryName(Call call, string key, string use) => ring.EntryName(call.Asker.System.Id, call.Asker.Other.Id, key, use).ToString();

    private SenderInfo Sender(Callers.Asker asker, Judged judged) => new()
    {
        System = asker.System.Id,
        Organisation = asker.System.Organisation,
        OrganisationName = deployment.FindOrganisation(asker.System.Organisation)?.Name.Fi ?? asker.System.Organisation.Value,
        Role = asker.Business.SubjectRole,
        Professional = asker.Business.SubjectId,
        ProfessionalName = asker.Business.SubjectName,
        Rule = judged.Decision.Permits.GroupBy(static permit => permit.Rule).OrderByDescending(static group => group.Count()).First().Key,
    };
}
