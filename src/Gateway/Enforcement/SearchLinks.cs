// The addresses in the answers to searches.
using System.Collections.Concurrent;
using Sisote.Doors;
using Sisote.Gateway.Recording;
using Sisote.Gateway.Requests;
using Sisote.Gateway.Searching;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Enforcement;

/// <summary>Writes links anew: in the caller's own accepted words, or with a cursor that only the gateway can read. A national identifier never stands in an address.</summary>
internal sealed class SearchLinks(RoomSettings settings, CursorSeal cursors)
{
    private readonly ConcurrentDictionary<SystemId, string> bases = new();

    /// <summary>The type that is asked for.</summary>
    internal static string TypeOf(Interaction interaction) => interaction switch
    {
        Interaction.FindPatient => "Patient",
        Interaction.Search search => search.Type,
        Interaction.Read read => read.Type,
        _ => throw new InvalidOperationException("Not a read."),
    };

    /// <summary>The address of the source at this gateway, ending with a slash.</summary>
    internal string Base(Call call) => bases.GetOrAdd(call.Asker.Other.Id, static (source, gateway) => new Uri(gateway, $"fhir/{source}/").AbsoluteUri, settings.Gateway);

    /// <summary>The address of this answer.</summary>
    internal string Self(Call call, Interaction interaction)
    {
        var address = Base(call) + TypeOf(interaction);
        return interaction switch
        {
            Interaction.Search { Terms.CursorText: { } cursor } => $"{address}?{SearchReader.PageParameter}={cursor}",
            Interaction.Search { Terms.Words: { IsEmpty: false } words } => $"{address}?{string.Join('&', words.Select(static word => $"{word.Key}={Uri.EscapeDataString(word.Value)}"))}",
            _ => address,
        };
    }

    /// <summary>The address of the page after a place.</summary>
    internal string Next(ReadExchange exchange, SearchTerms terms, Position last) =>
        $"{Base(exchange.Call)}{exchange.Shape.Name}?{SearchReader.PageParameter}={cursors.Seal(exchange.Call.Asker, exchange.Shape.Name, new Cursor(terms.Asked, terms.Words, exchange.Ground, last))}";
}
