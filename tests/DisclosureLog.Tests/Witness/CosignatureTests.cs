// Cosignatures: what other programs wrote, and every way to get one wrong.
using System.Text;
using System.Text.RegularExpressions;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;
using Sisote.DisclosureLog.Witness;
using Sisote.Tests.Testing;

namespace Sisote.Tests.DisclosureLog;

public sealed class CosignatureTests
{
    // Made by another program (Python's cryptography package) from the seed 00 01 .. 1f by the words of C2SP tlog-cosignature.
    private const string Secret = "PRIVATE+KEY+witness.example/one+94987d11+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
    private const string Key = "witness.example/one+94987d11+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
    private const string Line = "\u2014 witness.example/one lJh9EQAAAABkGFDL9g7YCjwnl9prt9vXoyvFT8KVX5D1ez99jYBZHzWBbLBz7o8GnAQS4zmES1YUwB1OSsBIhRRAy6OvXzDf4ltnAw==\n";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_679_315_147);

    private static Checkpoint Checkpoint { get; } = new() { Origin = "sisote.example/log", Size = 20, Root = Digest.Parse("UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY=") };

    [Fact]
    public void AnotherProgramsCosignatureIsWrittenByteForByteAndVerified()
    {
        Assert.True(WitnessSigner.TryParse(Secret, out var signer));
        Assert.True(NoteSignature.TryParse(Line, out var line));

        Assert.Equal((Key, Secret), (signer.Verifier.ToString(), signer.RevealSecret()));
        Assert.Equal(Line, signer.Cosign(Checkpoint, At.AddMilliseconds(999)).ToString());
        Assert.Equal(At, WitnessVerifier.Parse(Key).FindTime(Checkpoint.Text, line));
    }

    [Fact]
    public void TheCosignaturePrintedInTheSpecificationCarriesTheTimePrintedBesideIt()
    {
        var text = File.ReadAllText(SharedData.Require("tlog-merkle", "c2sp-spec", "tlog-cosignature.md"));
        var line = Regex.Match(text, "^\u2014 witness\\.example\\.com/w1 [A-Za-z0-9+/=]+\\n", RegexOptions.Multiline).Value;
        var time = long.Parse(Regex.Match(text, "^    time ([0-9]+)$", RegexOptions.Multiline).Groups[1].Value);

        Assert.True(NoteSignature.TryParse(line, out var signature));
        Assert.Equal(line, signature.ToString());
        Assert.True(Cosignature.TrySplit(signature, out var seconds, out var bytes));
        Assert.Equal((time, 64), (seconds, bytes.Length));
        Assert.Equal($"cosignature/v1\ntime {time}\n{Checkpoint.Text}", Encoding.UTF8.GetString(Cosignature.MessageOf(Checkpoint.Text, time)));
    }

    [Fact]
    public void EveryFlippedBitOfACosignatureOrOfItsCheckpointIsFound()
    {
        Assert.True(NoteSignature.TryParse(Line, out var line));
        var key = WitnessVerifier.Parse(Key);
        for (var bit = 0; bit < line.Signature.Length * 8; bit++)
        {
            var bytes = line.Signature.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(key.FindTime(Checkpoint.Text, line with { Signature = [.. bytes] }));
        }

        for (var at = 0; at < Checkpoint.Text.Length; at++)
        {
            Assert.Null(key.FindTime($"{Checkpoint.Text[..at]}{(char)(Checkpoint.Text[at] ^ 1)}{Checkpoint.Text[(at + 1)..]}", line));
        }
    }

    [Fact]
    public void AKeyOfALogIsNoKeyOfAWitnessNorTheOtherWayRound()
    {
        using var log = NoteSigner.Generate("sisote.example/log");

        Assert.False(WitnessVerifier.TryParse(log.Verifier.ToString(), out _));
        Assert.False(WitnessSigner.TryParse(log.RevealSecret(), out _));
        Assert.False(NoteVerifier.TryParse(Key, out _));
        Assert.False(NoteSigner.TryParse(Secret, out _));
        Assert.False(WitnessVerifier.TryParse(Key.Replace("94987d11", "94987d12", StringComparison.Ordinal), out _));
        Assert.False(WitnessSigner.TryParse(Secret.Replace("94987d11", "94987d12", StringComparison.Ordinal), out _));
        Assert.Throws<FormatException>(static () => WitnessVerifier.Parse("name"));
    }

    [Fact]
    public void AWitnessCountsOnceHoweverOftenItSignsAndAFalseLineSpoilsTheNote()
    {
        using var log = NoteSigner.Generate(Checkpoint.Origin);
        using var one = WitnessSigner.Generate("witness.example/one");
        using var two = WitnessSigner.Generate("witness.example/two");
        var note = Checkpoint.Sign(log);
        var twice = note with { Signatures = [.. note.Signatures, one.Cosign(Checkpoint, At), one.Cosign(Checkpoint, At.AddDays(1))] };
        var both = twice with { Signatures = [.. twice.Signatures, two.Cosign(Checkpoint, At)] };
        var spoiled = both with { Signatures = [.. both.Signatures, two.Cosign(Checkpoint with { Size = 21 }, At)] };
        var quorum = new WitnessQuorum { Witnesses = [one.Verifier, two.Verifier], Needed = 2 };

        Assert.False(quorum.IsMetBy(twice));
        Assert.Equal(At.AddDays(1), Assert.Single(quorum.FindCosigners(twice)).Value);
        Assert.True(quorum.IsMetBy(both));
        Assert.False(quorum.IsMetBy(spoiled));
        Assert.True(both.IsSignedBy(log.Verifier));
    }
}
