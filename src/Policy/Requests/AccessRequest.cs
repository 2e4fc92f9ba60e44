// The question that the decision point answers.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Requests;

/// <summary>May these items of this client go from one party to the other, for this purpose, now?</summary>
/// <remarks><see cref="From"/> always holds and discloses, <see cref="To"/> always receives: in a write the sender is From and the record is To.</remarks>
public sealed record AccessRequest
{
    /// <summary>Who holds and discloses.</summary>
    public required Party From { get; init; }

    /// <summary>Who receives.</summary>
    public required Party To { get; init; }

    /// <summary>Read, write or notify.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The purpose of use; null for non-personal flows and the client's own view.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>The items asked for; the decision has one outcome for each.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>The channel; a standing interface unless said otherwise.</summary>
    public Channel Channel { get; init; } = Channel.StandingApi;

    /// <summary>What the caller states about this call.</summary>
    public ImmutableArray<Attestation> Attestations { get; init; } = [];

    /// <summary>Security labels on the document in question, as codes (for example PSY, TURVAKIELTO); empty in a search that has not seen it yet.</summary>
    public ImmutableArray<string> ItemLabels { get; init; } = [];

    /// <summary>Labels on the source document of single items, by item (for example family-mediation).</summary>
    public ImmutableDictionary<DataItemId, ImmutableArray<string>> ItemTags { get; init; } = ImmutableDictionary<DataItemId, ImmutableArray<string>>.Empty;

    /// <summary>Whether one refused item refuses the whole request (every write).</summary>
    public bool Atomic { get; init; }
}
