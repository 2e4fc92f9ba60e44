// Receipts: what a recipient can show with one.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Receipts;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Tests.DisclosureLog;

public sealed class ReceiptTests
{
    private const string EntryId = "019aa000-0000-7000-8000-000000000001";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void AReceiptFitsIntoAHeaderAndIsCheckedOffline()
    {
        using var log = NoteSigner.Generate("loki.hyvinvointialue.example.fi/".PadRight(100, 'x'));
        var leaf = SmallLog.Leaf(9_007_199_254_740_000);
        var header = Receipt.Sign(log, leaf, EntryId).ToString();

        Assert.True(header.Length < 400, $"{header.Length} characters.");
        Assert.All(header, static c => Assert.InRange(c, ' ', '~'));
        Assert.True(Receipt.TryParse(header, out var receipt));
        Assert.True(receipt.IsSignedBy(log.Verifier));
        Assert.Equal((leaf.Seq, leaf.Hash(), EntryId), (receipt.Index, receipt.LeafHash, receipt.EntryId));
    }

    [Fact]
    public void NoChangedCharacterOfAReceiptPassesTheCheck()
    {
        using var log = NoteSigner.Generate("sisote.example/log");
        var header = Receipt.Sign(log, SmallLog.Leaf(7), EntryId).ToString();
        for (var at = 0; at < header.Length; at++)
        {
            for (var bit = 0; bit < 7; bit++)
            {
                var changed = $"{header[..at]}{(char)(header[at] ^ (1 << bit))}{header[(at + 1)..]}";
                Assert.False(Receipt.TryParse(changed, out var receipt) && receipt.IsSignedBy(log.Verifier), $"Character {at} may change.");
            }
        }
    }

    [Fact]
    public async Task AReceiptIsHeldAgainstALaterCheckpoint()
    {
        using var log = NoteSigner.Generate("sisote.example/log");
        var leaves = Enumerable.Range(0, 20).Select(static i => SmallLog.Leaf(i)).ToArray();
        var tree = new KeptTree(leaves.Select(static leaf => leaf.ToArray()));
        var checkpoint = new Checkpoint { Origin = "sisote.example/log", Size = 20, Root = tree.Root };
        var receipt = Receipt.Sign(log, leaves[13], EntryId);
        var proof = await InclusionProof.MakeAsync(13, 20, tree.Source, Cancel);
        var other = await InclusionProof.MakeAsync(12, 20, tree.Source, Cancel);

        Assert.True(receipt.IsIncluded(proof, checkpoint));
        Assert.False(receipt.IsIncluded(other, checkpoint));
        Assert.False(receipt.IsIncluded(proof, checkpoint with { Origin = "sisote.example/other" }));
        Assert.False(receipt.IsIncluded(proof, checkpoint with { Size = 21 }));
        Assert.False(receipt.IsIncluded(proof, checkpoint with { Root = MerkleHash.Empty }));
        Assert.False(Receipt.Sign(log, leaves[13] with { Time = leaves[13].Time.AddMilliseconds(1) }, EntryId).IsIncluded(proof, checkpoint));
    }

    [Fact]
    public async Task AReceiptAndAProofThatWereKeptShowTogetherThatTheLogHoldsTheEntry()
    {
        using var signer = NoteSigner.Generate("sisote.example/log");
        using var other = NoteSigner.Generate("sisote.example/log");
        var log = SmallLog.Of(signer, 11);
        var tree = new KeptTree(log.Leaves.Select(static leaf => leaf.ToArray()));
        for (var index = 0; index < 11; index++)
        {
            var receipt = Receipt.Sign(signer, log.Leaves[index], EntryId);
            var path = (await InclusionProof.MakeAsync(index, 11, tree.Source, Cancel)).Path;
            var kept = new LogProof { Index = index, Path = path, Checkpoint = log.Checkpoints[^1] }.ToString();

            Assert.True(LogProof.TryParse(kept, out var proof));
            Assert.True(receipt.IsKeptBy(proof, signer.Verifier));
            Assert.False(receipt.IsKeptBy(proof, other.Verifier));
            Assert.False(receipt.IsKeptBy(proof with { Index = index + 1 }, signer.Verifier));
            Assert.False(receipt.IsKeptBy(proof with { Checkpoint = log.Checkpoints[^2] }, signer.Verifier));
            Assert.False(Receipt.Sign(other, log.Leaves[index], EntryId).IsKeptBy(proof, signer.Verifier));
            AssertNoChangePasses(kept, receipt, signer.Verifier);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\n")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 1\n\no\n\n\u2014 n AAAAAAA=\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 01\n\no\n\n\u2014 n AAAAAAA=\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\no\n\n\u2014 n AAAAAAA=\n")]
    [InlineData("c2sp.org/tlog-proof@v1\n\no\n\n\u2014 n AAAAAAA=\n")]
    public void AMalformedProofIsRefused(string text)
    {
        Assert.True(LogProof.TryParse("c2sp.org/tlog-proof@v1\nindex 1\n\no\n\n\u2014 n AAAAAAA=\n", out _));
        Assert.False(LogProof.TryParse(text, out _));
    }

    [Fact]
    public void AReceiptOfAnotherKeyIsNotTheLogs()
    {
        using var log = NoteSigner.Generate("sisote.example/log");
        using var impostor = NoteSigner.Generate("sisote.example/log");
        var receipt = Receipt.Sign(impostor, SmallLog.Leaf(1), EntryId);

        Assert.False(receipt.IsSignedBy(log.Verifier));
        Assert.False((receipt with { KeyId = log.Verifier.KeyId }).IsSignedBy(log.Verifier));
        Assert.True(receipt.IsSignedBy(impostor.Verifier));
    }

    [Fact]
    public void AReceiptIsNeverACheckpointNorACheckpointAReceipt()
    {
        using var log = NoteSigner.Generate("sisote.example/log");
        var receipt = Receipt.Sign(log, SmallLog.Leaf(1), EntryId);
        var note = new Note { Text = receipt.SignedText, Signatures = [new NoteSignature(log.Verifier.Name, log.Verifier.KeyId, receipt.Signature)] };
        var checkpoint = new Checkpoint { Origin = log.Verifier.Name, Size = 1, Root = receipt.LeafHash }.Sign(log);

        Assert.False(Checkpoint.TryParse(note.Text, out _));
        Assert.False(Checkpoint.TryOpen(note.ToString(), log.Verifier, out _));
        Assert.False((receipt with { Signature = checkpoint.Signatures[0].Signature }).IsSignedBy(log.Verifier));
    }

    private static void AssertNoChangePasses(string kept, Receipt receipt, NoteVerifier log)
    {
        for (var at = 0; at < kept.Length; at++)
        {
            var changed = $"{kept[..at]}{(char)(kept[at] ^ 1)}{kept[(at + 1)..]}";
            Assert.False(LogProof.TryParse(changed, out var proof) && receipt.IsKeptBy(proof, log), $"Character {at} may change.");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("\u00e4")]
    public void AnIdentifierThatCouldBreakTheHeaderIsRefused(string entryId)
    {
        using var log = NoteSigner.Generate("sisote.example/log");

        Assert.Throws<FormatException>(() => Receipt.Sign(log, SmallLog.Leaf(1), entryId));
    }
}
