// What travels between a log and its witness, and evidence, as they were once written.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Tests.DisclosureLog;

public sealed class GoldenWitnessTests
{
    private const string WitnessSecret = "PRIVATE+KEY+witness.example/one+94987d11+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
    private const string WitnessKey = "witness.example/one+94987d11+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

    private static readonly DateTimeOffset At = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheFrozenRequestCosignatureAndEvidenceAreWrittenTodayByteForByteAsTheyWere()
    {
        using var signer = NoteSigner.Parse((await File.ReadAllTextAsync(PathOf("test-only-signing-key.txt"), Cancel)).Trim());
        Assert.True(WitnessSigner.TryParse(WitnessSecret, out var witness));
        var log = GoldenLog.Make(signer);
        var kept = Cosigned(log.Checkpoints[8], witness);
        var proof = await ConsistencyProof.MakeAsync(9, GoldenLog.Size, Hashes(log.Leaves.Select(static leaf => leaf.Hash())), Cancel);
        var request = new AddCheckpoint { OldSize = 9, Path = proof.Path, Note = log.Checkpoints[^1], Checkpoint = Open(log.Checkpoints[^1]) };

        await AssertFrozenAsync("add-checkpoint.txt", request.ToString());
        await AssertFrozenAsync("cosigned-checkpoint.txt", kept.ToString());
        await AssertFrozenAsync("evidence.json", (await ForkAsync(signer, log, kept)).ToString());
    }

    [Fact]
    public async Task TheFrozenFilesAreReadAndVerifiedToday()
    {
        var log = NoteVerifier.Parse(GoldenLog.Key);
        Assert.True(AddCheckpoint.TryParse(await File.ReadAllTextAsync(PathOf("add-checkpoint.txt"), Cancel), out var request));
        Assert.True(Note.TryParse(await File.ReadAllTextAsync(PathOf("cosigned-checkpoint.txt"), Cancel), out var kept));

        Assert.True(new WitnessQuorum { Witnesses = [WitnessVerifier.Parse(WitnessKey)], Needed = 1 }.IsMetBy(kept));
        Assert.IsType<WitnessVerdict.Continues>(WitnessJudge.Judge(request, log, kept, At));
        Assert.IsType<EvidenceOutcome.Proven>(EvidenceVerifier.Verify(await File.ReadAllBytesAsync(PathOf("evidence.json"), Cancel), log));
    }

    /// <summary>The golden log as its keeper would show it after replacing entry 5.</summary>
    private static async Task<LogEvidence> ForkAsync(NoteSigner signer, SmallLog log, Note kept)
    {
        var leaves = log.Leaves.Select(static (leaf, place) => place == 5 ? MerkleHash.OfLeaf("another"u8) : leaf.Hash()).ToArray();
        var (before, now) = (Root(leaves[..9]), Root(leaves));
        return new LogEvidence
        {
            Kind = EvidenceKind.Edited,
            Log = signer.Verifier,
            Kept = kept,
            Shown = new Checkpoint { Origin = signer.Verifier.Name, Size = leaves.Length, Root = now }.Sign(signer),
            SeenAt = At,
            Index = 5,
            OtherRoot = before,
            Path = (await ConsistencyProof.MakeAsync(9, leaves.Length, Hashes(leaves), Cancel)).Path,
        };
    }

    private static Note Cosigned(Note note, WitnessSigner witness) => note with { Signatures = [.. note.Signatures, witness.Cosign(Open(note), At)] };

    private static Checkpoint Open(Note note) => Checkpoint.TryParse(note.Text, out var checkpoint) ? checkpoint : throw new FormatException("No checkpoint.");

    private static Digest Root(IEnumerable<Digest> leaves)
    {
        var range = new CompactRange();
        leaves.ToList().ForEach(leaf => range.Append(leaf));
        return range.Root();
    }

    private static HashSource Hashes(IEnumerable<Digest> leaves)
    {
        var (range, nodes) = (new CompactRange(), new Dictionary<NodeAddress, Digest>());
        leaves.ToList().ForEach(leaf => range.Append(leaf, nodes.Add));
        return (node, _) => ValueTask.FromResult(nodes[node]);
    }

    private static async Task AssertFrozenAsync(string file, string content)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(PathOf(file), content, Cancel);
        }

        Assert.Equal(await File.ReadAllTextAsync(PathOf(file), Cancel), content);
    }

    private static string PathOf(string file) => GoldenLogTests.PathOf(file);
}
