// What an opened link shows: read from the sender's own register and decided towards the recipient, both at this moment and both at the gateway.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Doors;
using Sisote.Doors.Contexts;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Portal.Backends;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Links;

/// <summary>
/// Fetches a client's items for the recipient of a link. The portal calls as the sender's portal system in the sender's name, who decided to hand over; the decision and the record name the recipient.
/// </summary>
/// <remarks>INVARIANT: an item is shown only after the gateway permitted it for this recipient in this opening, which means that the disclosure is on record.</remarks>
internal sealed class HandOver(RoomSettings settings, ExchangeApi exchange, AccessApi access)
{
    private const string NecessityKey = "necessity-statement";
    private const string LinkKey = "hand-over-link";

    /// <summary>What may be shown now; <see cref="Answer{T}.Missing"/> where nothing may, whatever the reason, <see cref="Answer{T}.Down"/> where a system did not answer.</summary>
    public async Task<Answer<HandedOver>> FetchAsync(string id, HandOverLink link, CancellationToken cancellation)
    {
        if (CallersOf(link) is not { } callers || HandOverWay.All(settings, callers.Reader).FirstOrDefault(way => way.Provider.Id == link.Provider && way.Purpose == link.Purpose) is not { } way)
        {
            return new Answer<HandedOver>.Missing(); // the deployment or the law has changed since
        }

        var (found, isWhole) = await ReadAsync(callers.Reader, link, way, cancellation);
        if (!isWhole || found.IsEmpty)
        {
            return isWhole ? new Answer<HandedOver>.Missing() : new Answer<HandedOver>.Down();
        }

        var question = new HandOverQuestion(link.Patient, [.. found.Select(static item => item.Item)], link.Provider, link.RecipientId,
        [
            new(NecessityKey, link.Necessity),
            new(LinkKey, string.Create(CultureInfo.InvariantCulture, $"{id} {link.MadeAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}")),
        ]);
        if (await access.AskAsync(callers.Asker, question, cancellation) is not Answer<ImmutableArray<ItemPermit>>.Ok { Value: var permits })
        {
            return new Answer<HandedOver>.Down();
        }

        var shown = found.Where(item => permits.Any(permit => permit.Item == item.Item)).ToImmutableArray();
        return shown.IsEmpty ? new Answer<HandedOver>.Missing() : new Answer<HandedOver>.Ok(new HandedOver(shown, [.. permits.Select(static permit => permit.Receipt).OfType<string>()]));
    }

    /// <summary>As whom the portal reads the own register and asks towards the recipient; null where the deployment does not serve the link any more.</summary>
    private (ExchangeCaller Reader, ExchangeCaller Asker)? CallersOf(HandOverLink link)
    {
        if (settings.Deployment.FindSystem(link.System) is not { Portal: true, Purposes: [var usual, ..] } system || settings.Deployment.FindSystem(link.Provider) is not { Link: true } || !IsServed(system, link))
        {
            return null;
        }

        ExchangeCaller For(PurposeId purpose) => new(system, new BusinessContext
        {
            SubjectId = link.Sender,
            SubjectName = link.SenderName,
            SubjectRole = link.Role,
            OrganisationId = system.Organisation,
            PurposeOfUse = [purpose],
        });
        return (For(usual), For(link.Purpose));
    }

    private static bool IsServed(SystemEntry system, HandOverLink link) => system.Purposes.Contains(link.Purpose) && (system.ActsAs == link.Role || system.Roles.Contains(link.Role));

    private async Task<(ImmutableArray<ShownItem> Items, bool IsWhole)> ReadAsync(ExchangeCaller reader, HandOverLink link, HandOverWay way, CancellationToken cancellation)
    {
        var context = new SisoteContext { Entries = [new(NecessityKey, new ContextValue.String(link.Necessity))] };
        var questions = ReadPlan.Make(settings, reader, reader.Business.OrganisationId)
            .Where(step => way.Items.Contains(step.Item))
            .GroupBy(static step => (step.System.Id, step.Selector.ResourceType, string.Join('&', step.Parameters))); // several items of one Patient are one question
        var answers = await Task.WhenAll(questions.Select(async steps => (Steps: steps, Answer: await Visiting.AskAsync(exchange, reader, steps.First(), link.Patient, context, cancellation))));
        if (Array.Exists(answers, static each => each.Answer is not (Answer<Released>.Ok or Answer<Released>.Missing or Answer<Released>.Refused { Status: StatusCodes.Status403Forbidden })))
        {
            return ([], false); // part of an answer is never handed over as if it were all
        }

        return ([
            .. from each in answers
               from step in each.Steps
               from resource in each.Answer.ValueOrDefault?.Resources ?? []
               let cut = Projection.Cut(resource, step.Selector)
               where cut is not null
               group cut by (step.Item, step.System.Id) into item
               select new ShownItem(item.Key.Item, item.Key.Id, [.. item.OrderByDescending(static resource => resource.Moment(), StringComparer.Ordinal)]),
        ], true);
    }
}

/// <summary>What a recipient sees.</summary>
/// <param name="Items">The items.</param>
/// <param name="Receipts">Receipts of the disclosures.</param>
internal sealed record HandedOver(ImmutableArray<ShownItem> Items, ImmutableArray<string> Receipts);
