// Who gives a row of the network's registers, and what is left of it where not all of them may.
using System.Collections.Immutable;
using Sisote.Gateway.Answers;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Network;

/// <summary>An organisation that gives something of a kind.</summary>
/// <param name="Type">FHIR type by which the catalogue describes the item (<see cref="NetworkItems"/>).</param>
/// <param name="Organisation">The organisation.</param>
internal readonly record struct Giver(string Type, OrganisationId Organisation);

/// <summary>How rows are given.</summary>
/// <param name="Givers">All whose words or figures are in a row.</param>
/// <param name="Keep">What the caller sees of a row where only these may give; null = nothing.</param>
internal sealed record Giving<TRow, TShown>(Func<TRow, IEnumerable<Giver>> Givers, Func<TRow, IReadOnlySet<Giver>, TShown?> Keep)
    where TShown : class;

/// <summary>What was decided of givers.</summary>
/// <param name="Permitted">Who may give.</param>
/// <param name="Receipts">The log's receipts of it.</param>
/// <param name="IsCut">Whether there were more than one call is answered from.</param>
/// <param name="Failed">Why nothing could be decided; null = it was.</param>
internal sealed record Given(IReadOnlySet<Giver> Permitted, ImmutableArray<string> Receipts, bool IsCut, Refusal? Failed = null);

/// <summary>Ways of giving.</summary>
internal static class Giving
{
    /// <summary>A row that is one organisation's.</summary>
    internal static Giving<TRow, TRow> Whole<TRow>(string type, Func<TRow, OrganisationId> owner)
        where TRow : class =>
        new(row => [new Giver(type, owner(row))], (row, permitted) => permitted.Contains(new Giver(type, owner(row))) ? row : null);
}
