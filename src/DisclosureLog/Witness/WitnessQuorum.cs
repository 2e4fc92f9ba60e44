// How many of the trusted witnesses must have cosigned.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Checkpoints;

namespace Sisote.DisclosureLog.Witness;

/// <summary>Witnesses that somebody trusts, and how many of them a checkpoint needs.</summary>
public sealed record WitnessQuorum
{
    /// <summary>No witness is asked for.</summary>
    public static WitnessQuorum None { get; } = new() { Witnesses = [], Needed = 0 };

    /// <summary>The witnesses.</summary>
    public required ImmutableArray<WitnessVerifier> Witnesses { get; init; }

    /// <summary>How many of them must have cosigned.</summary>
    public required int Needed { get; init; }

    /// <summary>Who of them cosigned this note, and when. A witness counts once, with its newest line; a line that does not verify counts nothing.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> FindCosigners(Note note)
    {
        var found = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var witness in Witnesses)
        {
            var newest = note.Signatures.Select(line => witness.FindTime(note.Text, line)).Max();
            if (newest is { } time)
            {
                found[witness.ToString()] = time;
            }
        }

        return found;
    }

    /// <summary>
    /// Whether enough of them cosigned this note. A line under a trusted witness's name and key that does not verify makes the note unusable: C2SP signed-note has it rejected whole.
    /// </summary>
    public bool IsMetBy(Note note) => !HasFalseLine(note) && FindCosigners(note).Count >= Needed;

    private bool HasFalseLine(Note note) =>
        Witnesses.Any(witness => note.Signatures.Any(line => line.Name == witness.Name && line.KeyId == witness.KeyId && witness.FindTime(note.Text, line) is null));
}
