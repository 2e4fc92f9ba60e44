// Decides on a read or search and narrows it.
using System.Globalization;
using Sisote.Doors;
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
internal sealed class ReadPreparation(ItemMasks masks, ClientStates states, Decider decider, HandleRing handles, RoomSettings settings)
{
    /// <summary>An identifier and an id that no record has: individual numbers from 900 on are never given to a person.</summary>
    internal static readonly Hetu Nobody = Hetu.Parse("010100+999N");

    internal const string NoId = "nobody";

    internal async Task<Prepared> PrepareAsync(Call call, Interaction interaction, Sight sight, CancellationToken cancellation)
    {
        var own = handles.For(call.Asker.System.Id);
        var shape = masks.ShapeOf(TypeOf(interaction)) ?? throw new InvalidOperationException("The request reader let an unknown type pass.");
        var (isReachable, known, upstreamId) = await FindClientAsync(call, interaction, own, cancellation);
        if (!isReachable)
        {
            return new Prepared.Answer(Refusal.LogDown);
        }

        var judged = known is null ? null : await decider.DecideAsync(Decider.MakeRequest(call.Asker, Direction.Read, masks.ItemsOf(shape.Name)), known, cancellation);
        if (known is not null && judged is null)
        {
            return new Prepared.Answer(Refusal.LogDown);
        }

        var listsAll = interaction is Interaction.Search { PatientHandle: null };
        var permitted = listsAll ? sight.Items : judged?.Permitted ?? new HashSet<DataItemId>();
        var filters = interaction is Interaction.Search search ? Narrowing.Narrow(search, [.. masks.SelectorsFor(shape.Name).Where(pair => permitted.Contains(pair.Item))]) : [];
        var identifier = Hetu.TryParse(judged?.Known.Identifier, out var hetu) ? hetu : Nobody;
        var isBlind = filters is null || permitted.Count == 0 || (!listsAll && identifier == Nobody);
        var exchange = new ReadExchange(call)
        {
            Interaction = interaction,
            Shape = shape,
            Sight = sight,
            Handles = own,
            Client = judged,
            IsBlind = isBlind,
            SelfAddress = interaction is Interaction.Read ? string.Empty : SelfAddress(call, interaction),
        };
        return new Prepared.Forward(exchange, Narrowed(call, interaction, listsAll && !isBlind ? null : isBlind ? Nobody : identifier, filters ?? [], isBlind ? NoId : upstreamId));
    }

    private static string TypeOf(Interaction interaction) => interaction switch
    {
        Interaction.FindPatient => "Patient",
        Interaction.Search search => search.Type,
        Interaction.Read read => read.Type,
        _ => throw new InvalidOperationException("Not a read."),
    };

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

    private static UpstreamRequest Narrowed(Call call, Interaction interaction, Hetu? identifier, IReadOnlyList<SearchFilter> filters, string upstreamId)
    {
        var system = call.Asker.Other.Id.Value;
        var token = identifier is { } hetu ? $"{Hetu.System}|{hetu.Reveal()}" : null;
        return interaction switch
        {
            // A Patient has no id upstream that the gateway would know: it is found by the client.
            Interaction.FindPatient or Interaction.Read { Type: "Patient" } => UpstreamRequest.Search(system, "Patient", [("identifier", token!)]),
            Interaction.Read read => UpstreamRequest.Read(system, read.Type, upstreamId),
            Interaction.Search search => UpstreamRequest.Search(system, search.Type, Parameters(token, filters)),
            _ => throw new InvalidOperationException("Not a read."),
        };
    }

    // The caller's _count is not among them: a source would count what stays here, and a page that comes back too short would tell of it.
    private static IEnumerable<(string, string)> Parameters(string? token, IReadOnlyList<SearchFilter> filters)
    {
        if (token is not null)
        {
            yield return ("patient:identifier", token);
        }

        foreach (var filter in filters)
        {
            yield return (filter.Name, string.Join(',', filter.Tokens));
        }
    }

    /// <summary>The search in the caller's own accepted words; a national identifier never stands in an address.</summary>
    private string SelfAddress(Call call, Interaction interaction)
    {
        var address = new Uri(settings.Gateway, $"fhir/{call.Asker.Other.Id}/{TypeOf(interaction)}").AbsoluteUri;
        if (interaction is not Interaction.Search search)
        {
            return address;
        }

        List<string> parts = search.PatientHandle is { } handle ? [$"patient={handle}"] : [];
        parts.AddRange(search.Filters.Select(static filter => $"{filter.Name}={Uri.EscapeDataString(string.Join(',', filter.Tokens))}"));
        if (search.Count is { } count)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"_count={count}"));
        }

        return parts.Count == 0 ? address : $"{address}?{string.Join('&', parts)}";
    }
}
