// Evidence against a log: what it shows, and what it never shows.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Tests.DisclosureLog;

public sealed class EvidenceTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private readonly NoteSigner signer = NoteSigner.Generate("sisote.example/log");

    public void Dispose() => signer.Dispose();

    [Fact]
    public async Task EveryFlippedBitOfEvidenceIsFoundOrLeavesItProven()
    {
        var file = (await ForkAsync()).ToArray();
        Assert.IsType<EvidenceOutcome.Proven>(EvidenceVerifier.Verify(file, signer.Verifier));

        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var changed = file.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var outcome = EvidenceVerifier.Verify(changed, signer.Verifier);
            Assert.True(outcome is EvidenceOutcome.Broken || IsAside(changed, file), $"Bit {bit} of the file may change: {outcome}.");
        }
    }

    [Fact]
    public async Task AnHonestLogCannotBeAccused()
    {
        var log = new HistoryOfALog(signer, Enumerable.Range(0, 40));
        var honest = new LogEvidence { Kind = EvidenceKind.Forked, Log = signer.Verifier, Kept = log.Note(9), Shown = log.Note(20), SeenAt = Now };
        var proof = await ProofAsync(log, 9, 20);

        Assert.Equal(EvidenceFault.NoContradiction, Fault(honest));
        Assert.Equal(EvidenceFault.NoContradiction, Fault(honest with { OtherRoot = log.At(9).Root, Path = proof.Path }));
        Assert.Equal(EvidenceFault.Proof, Fault(honest with { OtherRoot = log.At(8).Root, Path = proof.Path }));
        Assert.Equal(EvidenceFault.NoContradiction, Fault(honest with { Shown = honest.Kept }));
        Assert.Equal(EvidenceFault.NoContradiction, Fault(honest with { Shown = honest.Kept, Kind = EvidenceKind.SplitView, Index = 3 }));
        Assert.Equal(EvidenceFault.NoContradiction, Fault(honest with { Shown = honest.Kept, Kind = EvidenceKind.Edited, Index = 9 }));
    }

    [Fact]
    public void AForgedCheckpointAccusesNobody()
    {
        using var forger = NoteSigner.Generate("sisote.example/log");
        var (log, forged) = (new HistoryOfALog(signer, Enumerable.Range(0, 40)), new HistoryOfALog(forger, Enumerable.Range(1, 40)));
        var evidence = new LogEvidence { Kind = EvidenceKind.SplitView, Log = signer.Verifier, Kept = log.Note(9), Shown = forged.Note(9), SeenAt = Now };

        Assert.Equal(EvidenceFault.Signature, Fault(evidence));
        Assert.Equal(new EvidenceOutcome.Broken(EvidenceFault.AnotherKey), EvidenceVerifier.Verify((evidence with { Kept = forged.Note(8), Log = forger.Verifier }).ToArray(), signer.Verifier));
    }

    [Fact]
    public void WhatIsAWitnesssWordIsNotCalledAProof()
    {
        var log = new HistoryOfALog(signer, Enumerable.Range(0, 40));
        var shorter = new LogEvidence { Kind = EvidenceKind.Truncated, Log = signer.Verifier, Kept = log.Note(20), Shown = log.Note(9), SeenAt = Now, Index = 9 };
        var below = shorter with { Kind = EvidenceKind.Edited, Shown = shorter.Kept, Index = 3 };

        Assert.IsType<EvidenceOutcome.Testimony>(EvidenceVerifier.Verify(shorter.ToArray(), signer.Verifier));
        Assert.IsType<EvidenceOutcome.Testimony>(EvidenceVerifier.Verify(below.ToArray(), null));
    }

    [Fact]
    public void TheDifferenceIsNamedWhereItBegins()
    {
        var seen = Hashes(0, 1, 2, 3, 4, 5);

        Assert.Null(LeafDifference.Find(256, seen, Hashes(0, 1, 2, 3, 4, 5)));
        Assert.Equal(new LeafDifference(258, EvidenceKind.Edited), LeafDifference.Find(256, seen, Hashes(0, 1, 9, 3, 4, 5)));
        Assert.Equal(new LeafDifference(257, EvidenceKind.Reordered), LeafDifference.Find(256, seen, Hashes(0, 2, 1, 3, 4, 5)));
        Assert.Equal(new LeafDifference(259, EvidenceKind.Forked), LeafDifference.Find(256, seen, Hashes(0, 1, 2, 7, 8, 9)));
        Assert.Equal(new LeafDifference(260, EvidenceKind.Truncated), LeafDifference.Find(256, seen, Hashes(0, 1, 2, 3)));
    }

    private async Task<LogEvidence> ForkAsync()
    {
        var (log, other) = (new HistoryOfALog(signer, Enumerable.Range(0, 40)), new HistoryOfALog(signer, Enumerable.Range(0, 40).Select(static leaf => leaf == 5 ? 99 : leaf)));
        return new LogEvidence { Kind = EvidenceKind.Edited, Log = signer.Verifier, Kept = log.Note(9), Shown = other.Note(20), SeenAt = Now, Index = 5, OtherRoot = other.At(9).Root, Path = (await ProofAsync(other, 9, 20)).Path };
    }

    private static async Task<ConsistencyProof> ProofAsync(HistoryOfALog log, int old, int size) => new() { OldSize = old, NewSize = size, Path = (await log.RequestAsync(old, size)).Path };

    /// <summary>Kind, place and time are the witness's words beside the proof.</summary>
    private static bool IsAside(byte[] changed, byte[] file) =>
        LogEvidence.TryRead(changed, out var now) && LogEvidence.TryRead(file, out var before)
        && (now with { Kind = before.Kind, Index = before.Index, SeenAt = before.SeenAt }).ToString() == before.ToString();

    private static EvidenceFault Fault(LogEvidence evidence) => Assert.IsType<EvidenceOutcome.Broken>(EvidenceVerifier.Verify(evidence)).Fault;

    private static Digest[] Hashes(params int[] leaves) => [.. leaves.Select(static leaf => MerkleHash.OfLeaf([(byte)leaf]))];
}
