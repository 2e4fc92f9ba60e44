// Decides on a read or search and narrows it.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Handles;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Requests;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Enforcement;

/// <summary>
/// Turns an understood read or search into the narrowest question that the decision allows. Where nothing may leave, the source is asked the same question about nobody: the caller
/// then cannot tell a refusal from an absence by time or by a source that is down, and no record is touched.
/// </summary>
internal sealed class ReadPreparation(ItemMasks masks, ClientStates states, Decider decider, HandleRing handles, SearchLinks links)
{
    /// <summary>An identifier and an id that no record has: individual numbers from 900 on are never given to a person.</summary>
    internal static readonly Hetu Nobody = Hetu.Parse("010100+999N");

    internal const string NoId = "nobody";

    private readonly Narrowing narrowing = new();

    internal async Task<Prepared> PrepareAsync(Call call, Interaction interaction, Sight sight, CancellationToken cancellation)
    {
        var own = handles.For(call.Asker.System.Id);
        var shape = masks.ShapeOf(SearchLinks.TypeOf(interaction)) ?? throw new InvalidOperationException("The request reader let an unknown type pass.");
        var (isReachable, known, upstreamId) = await FindClientAsync(call, interaction, own, cancellation);
        if (!isReachable)
        {
            return new Prepared.Answer(Refusal.LogDown);
        }

        var decided = known is null ? null : await decider.DecideAsync(Decider.MakeRequest(call.Asker, Direction.Read, masks.ItemsOf(shape.Name)), known, cancellation);
        if (known is not null && decided is null)
        {
            return new Prepared.Answer(Refusal.LogDown);
        }

        var judged = decided is null ? null : WithinGround(decided, interaction, shape);
        var listsAll = interaction is Interaction.Search { PatientHandle: null };
        var ground = judged is null ? 0 : shape.BitsOf(judged.Permitted);
        var isPermitted = listsAll ? sight.Items.Count > 0 : judged is { Permitted.Count: > 0 };
        var identifier = Hetu.TryParse(judged?.Known.Identifier, out var hetu) ? hetu : Nobody;
        var isBlind = !isPermitted || (!listsAll && identifier == Nobody);
        var exchange = new ReadExchange(call)
        {
            Interaction = interaction,
            Shape = shape,
            Sight = sight,
            Handles = own,
            Client = judged,
            IsBlind = isBlind,
            Ground = judged is null ? ulong.MaxValue : ground,
            UpstreamId = upstreamId,
            SelfAddress = interaction is Interaction.Read ? string.Empty : links.Self(call, interaction),
        };
        // About nobody it is asked for all that the law could give, as about somebody who permits it.
        var filters = interaction is not Interaction.Search ? string.Empty : narrowing.Filters(shape, isBlind || listsAll ? shape.BitsOf(sight.Items) : ground);
        return new Prepared.Forward(exchange, Narrowed(call, interaction, listsAll && !isBlind ? null : isBlind ? Nobody : identifier, filters, isBlind ? NoId : upstreamId));
    }

    /// <summary>INVARIANT: a later page shows nothing that could not have left when the search began. The decision itself is made anew for every page.</summary>
    private static Judged WithinGround(Judged judged, Interaction interaction, TypeShape shape) => interaction is Interaction.Search { Terms.After.Ground: var ground }
        ? judged with { Permitted = judged.Permitted.Where(item => (shape.BitsOf(new HashSet<DataItemId> { item }) & ground) != 0).ToHashSet() }
        : judged;

    private async Task<(bool IsReachable, KnownClient? Client, string UpstreamId)> FindClientAsync(Call call, Interaction interaction, Handles.Handles own, CancellationToken cancellation)
    {
        var (client, upstreamId) = interaction switch
        {
            Interaction.Search { PatientHandle: { } handle } => (own.ReadClient(handle), NoId),
            Interaction.Read read => own.ReadResource(call.Asker.Other.Id, read.Type, read.Handle) is { } content ? (content.Client, content.UpstreamId) : (null, NoId),
            _ => ((ClientId?)null, NoId),
        };
        if (interaction is Interaction.FindPatient find)
        {
            var found = await states.FindAsync(find.Identifier, cancellation);
            return (found is not null, found, NoId);
        }

        if (client is not { } key)
        {
            return (true, null, NoId);
        }

        var known = await states.FindAsync(key, cancellation);
        return (known is not null, known, upstreamId);
    }

    private static UpstreamRequest Narrowed(Call call, Interaction interaction, Hetu? identifier, string filters, string upstreamId)
    {
        var system = call.Asker.Other.Id.Value;
        var client = identifier is { } hetu ? $"{Hetu.System}|{hetu.Reveal()}" : null;
        return interaction switch
        {
            // A Patient has no id upstream that the gateway would know: it is found by the client.
            Interaction.FindPatient or Interaction.Read { Type: "Patient" } => UpstreamRequest.Search(system, "Patient", UpstreamRequest.Form([("identifier", client!)])),
            Interaction.Read read => UpstreamRequest.Read(system, read.Type, upstreamId),
            Interaction.Search search => UpstreamRequest.Search(system, search.Type, client is null ? filters : Join(UpstreamRequest.Form([("patient:identifier", client)]), filters)),
            _ => throw new InvalidOperationException("Not a read."),
        };
    }

    private static string Join(string one, string other) => other.Length == 0 ? one : $"{one}&{other}";
}
