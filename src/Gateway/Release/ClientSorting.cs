// Sorts resources by whose they are.
using System.Text;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Release;

/// <summary>Groups the resources of an answer by client, each with a decision on that client.</summary>
internal sealed class ClientSorting(ClientStates states, Decider decider, ItemMasks masks)
{
    /// <summary>Sorts resources by client. What names another client than was asked about, or no single one, stays here.</summary>
    internal async Task<IReadOnlyList<ClientPart>?> SortAsync(ReadExchange exchange, IReadOnlyList<ResourceIndex> resources, CancellationToken cancellation)
    {
        if (exchange.Client is { } client)
        {
            return [new ClientPart(client, client.Known.Identifier is { } identifier ? OfClient(Encoding.UTF8.GetBytes(identifier), resources) : [])];
        }

        var groups = resources.Where(static resource => resource.ClientIdentifier is not null).GroupBy(static resource => resource.ClientIdentifier!).ToArray();
        var known = await states.AskAsync([.. groups.Select(static group => group.Key)], [], cancellation);
        var request = Decider.MakeRequest(exchange.Call.Asker, Direction.Read, masks.ItemsOf(exchange.Shape.Name));
        return known is not { } clients ? null : [.. groups.Select((group, place) => new ClientPart(decider.Decide(request, clients[place]), [.. group]))];
    }

    private static IReadOnlyList<ResourceIndex> OfClient(byte[] identifier, IReadOnlyList<ResourceIndex> resources)
    {
        var own = new List<ResourceIndex>(resources.Count);
        foreach (var resource in resources)
        {
            if (resource.IsOf(identifier))
            {
                own.Add(resource);
            }
        }

        return own;
    }
}
