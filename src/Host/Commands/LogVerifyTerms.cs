// What the one who verifies knows from elsewhere, as the command line gives it.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Host.Commands;

/// <summary>Keys, quorum and kept checkpoints.</summary>
internal sealed record LogVerifyTerms(string? Key, string[] Witnesses, int? Quorum, FileInfo[] Kept)
{
    /// <summary>What cannot be understood; null where all can.</summary>
    internal string? FindFault() =>
        Key is not null && !NoteVerifier.TryParse(Key, out _) ? NotAKey("--key", Key, "a log's", "consent.log.vkey")
        : Witnesses.FirstOrDefault(static witness => !WitnessVerifier.TryParse(witness, out _)) is { } wrong ? NotAKey("--witness", wrong, "a witness's", "consent.witness.vkey")
        : Witnesses.Distinct(StringComparer.Ordinal).Count() < Witnesses.Length ? "--witness names one witness twice."
        : Quorum is < 0 || Quorum > Witnesses.Length ? $"--quorum is a number from 0 to {Witnesses.Length}: how many of the witnesses named with --witness."
        : null;

    /// <summary>Reads what was given.</summary>
    /// <exception cref="InvalidDataException">A kept file holds no signed checkpoint.</exception>
    internal async Task<BundleTerms> ReadAsync(CancellationToken cancellation)
    {
        var notes = ImmutableArray.CreateBuilder<Note>();
        foreach (var file in Kept)
        {
            notes.Add(Note.TryParse(await File.ReadAllTextAsync(file.FullName, cancellation), out var note) ? note : throw new InvalidDataException($"{file.FullName} holds no signed checkpoint."));
        }

        return new BundleTerms
        {
            Log = Key is null ? null : NoteVerifier.Parse(Key),
            Quorum = new WitnessQuorum { Witnesses = [.. Witnesses.Select(WitnessVerifier.Parse)], Needed = Quorum ?? Witnesses.Length },
            Kept = notes.ToImmutable(),
        };
    }

    private static string NotAKey(string option, string given, string whose, string file) => File.Exists(given)
        ? $"{option} takes the key itself, not a file: {option} \"$(cat {given})\"."
        : $"{option} is not {whose} public key: it looks like name+1234abcd+base64, as the line in {file} does.";
}
